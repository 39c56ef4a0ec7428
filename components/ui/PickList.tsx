'use client';

import type { ReactNode, RefObject } from 'react';
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete';
import { Dialog } from 'react-aria-components/Dialog';
import { Input } from 'react-aria-components/Input';
import { Collection, Header, ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { SearchField } from 'react-aria-components/SearchField';
import { ListLayout, Virtualizer } from 'react-aria-components/Virtualizer';
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
  /** Beside the search: what changes the order. */
  tools?: ReactNode;
  onPick: (id: string) => void;
  onClose: () => void;
}

/** Pixels, as `PickList.module.css` draws them: only rows in sight are in the page, however long the list. */
const heights = { rowHeight: 24, headingHeight: 22 };

/** One of many, found by typing: search on top, arrows and Enter in the list. Load it when it is first opened. */
export function PickList({ label, trigger, items, current, tools, onPick, onClose }: PickListProps) {
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
          <div className={styles.top}>
            <SearchField aria-label={label} autoFocus className={styles.search}>
              <Input role="combobox" aria-expanded placeholder="type to search" />
            </SearchField>
            {tools}
          </div>
          <Virtualizer layout={ListLayout} layoutOptions={heights}>
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
                  <Collection items={group.items}>{(item) => itemOf(item, item.id === current)}</Collection>
                </ListBoxSection>
              )}
            </ListBox>
          </Virtualizer>
        </Autocomplete>
      </Dialog>
    </Popover>
  );
}

function itemOf({ id, text, row }: PickListItem, isCurrent: boolean): ReactNode {
  return (
    <ListBoxItem id={id} textValue={text} className={classes(styles.item, isCurrent && styles.current)}>
      {row}
      {isCurrent && <span className="visually-hidden">, open now</span>}
    </ListBoxItem>
  );
}

function groupsOf(items: readonly PickListItem[]): { id: string; items: PickListItem[] }[] {
  const groups = new Map<string, PickListItem[]>();
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
  return [...groups].map(([id, members]) => ({ id, items: members }));
}
