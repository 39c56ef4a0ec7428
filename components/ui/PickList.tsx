'use client';

import type { ReactNode, RefObject } from 'react';
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete';
import { Dialog } from 'react-aria-components/Dialog';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { SearchField } from 'react-aria-components/SearchField';
import { classes } from './classes.ts';
import styles from './PickList.module.css';
import { holdReactAriaStyle } from './reactAriaStyle.ts';

export interface PickListItem {
  id: string;
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
            items={items}
            onAction={(key) => onPick(String(key))}
            className={styles.list}
            renderEmptyState={() => <p className={styles.empty}>Nothing of that name.</p>}
          >
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
          </ListBox>
        </Autocomplete>
      </Dialog>
    </Popover>
  );
}
