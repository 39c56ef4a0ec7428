'use client';

import type { ReactNode, RefObject } from 'react';
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete';
import { Dialog } from 'react-aria-components/Dialog';
import { Input } from 'react-aria-components/Input';
import { Collection, Header, ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { SearchField } from 'react-aria-components/SearchField';
import { classes } from './classes.ts';
import styles from './PickList.module.css';
import { holdReactAriaStyle } from './reactAriaStyle.ts';

export interface PickListItem {
  id: string;
  /** Items of one group stand under its name, next to each other. */
  group: string;
  /** What typing searches in, and what a screen reader says. */
  text: string;
  row: ReactNode;
}

export interface PickListProps {
  label: string;
  trigger: RefObject<HTMLElement | null>;
  items: readonly PickListItem[];
  /** Marked as the one that is open. */
  current: string;
  onPick: (id: string) => void;
  onClose: () => void;
}

/** One of many, found by typing: search on top, arrows and Enter in the list. Load it when it is first opened. */
export function PickList({ label, trigger, items, current, onPick, onClose }: PickListProps) {
  holdReactAriaStyle();
  const { contains } = useFilter({ sensitivity: 'base' });
  return (
    <Popover
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      triggerRef={trigger}
      placement="bottom start"
      offset={1}
      className={styles.popover}
    >
      <Dialog aria-label={label} className={styles.dialog}>
        <Autocomplete filter={contains}>
          <SearchField aria-label={label} autoFocus className={styles.search}>
            <Input placeholder="type to search" />
          </SearchField>
          <ListBox
            aria-label={label}
            items={groupsOf(items)}
            onAction={(key) => onPick(String(key))}
            className={styles.list}
            renderEmptyState={() => <p className={styles.empty}>Nothing of that name.</p>}
          >
            {(group) => (
              <ListBoxSection id={group.id}>
                <Header className={styles.group}>{group.id}</Header>
                <Collection items={group.items}>
                  {(item) => (
                    <ListBoxItem
                      id={item.id}
                      textValue={item.text}
                      className={classes(styles.item, item.id === current && styles.current)}
                    >
                      {item.row}
                      {item.id === current && <span className="visually-hidden">, open now</span>}
                    </ListBoxItem>
                  )}
                </Collection>
              </ListBoxSection>
            )}
          </ListBox>
        </Autocomplete>
      </Dialog>
    </Popover>
  );
}

function groupsOf(items: readonly PickListItem[]): { id: string; items: PickListItem[] }[] {
  const groups = new Map<string, PickListItem[]>();
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
  return [...groups].map(([id, members]) => ({ id, items: members }));
}
