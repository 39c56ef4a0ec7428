'use client';

import { useState } from 'react';
import { type ActionGroup, actionGroups, actions } from '../../lib/keys/keymap.ts';
import { closeOverlay } from '../../lib/stores/overlayStore.ts';
import { ActionKeys } from '../ui/ActionKeys.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { Keycap } from '../ui/Keycap.tsx';
import { PageLink } from '../ui/PageLink.tsx';
import styles from './KeySheet.module.css';

/** Keys nobody can give away: they mean the same everywhere. */
const fixed: readonly { name: string; keys: string[] }[] = [
  { name: 'Stop: make safe, close, put back', keys: ['Esc'] },
  { name: 'Next and last thing that can be used', keys: ['Tab', 'Shift Tab'] },
  { name: 'Move inside a grid, a list or a choice', keys: ['↑', '↓', '←', '→'] },
  { name: 'Press what has the focus', keys: ['Enter'] },
  { name: 'Why: on a number that has the focus', keys: ['?'] },
];

/** All keys as they are bound now, found by typing. */
export function KeySheet() {
  const [filter, setFilter] = useState('');
  const matches = (name: string) => name.toLowerCase().includes(filter.trim().toLowerCase());
  const groups = actionGroups
    .map((group) => ({ group, rows: rowsOf(group).filter(({ name }) => matches(name) || matches(group)) }))
    .filter(({ rows }) => rows.length > 0);
  const always = fixed.filter(({ name }) => matches(name));
  return (
    <Dialog
      title="Keys"
      isOpen
      onClose={closeOverlay}
      actions={
        <>
          <PageLink href="/settings#keys" onClick={closeOverlay}>
            Choose other keys
          </PageLink>
          <span className={styles.space} />
          <Button isLook onClick={closeOverlay}>
            Close <Keycap keys={['Esc']} />
          </Button>
        </>
      }
    >
      <Field label="Find a key" value={filter} onChange={(event) => setFilter(event.target.value)} />
      <div className={styles.groups}>
        {groups.map(({ group, rows }) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <dl>
              {rows.map(({ id, name }) => (
                <div key={id} className={styles.row}>
                  <dt>{name}</dt>
                  <dd>
                    <ActionKeys id={id} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        {always.length > 0 && (
          <section aria-label="Always">
            <h3>Always</h3>
            <dl>
              {always.map(({ name, keys }) => (
                <div key={name} className={styles.row}>
                  <dt>{name}</dt>
                  <dd>
                    <Keycap keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        )}
      </div>
      {groups.length === 0 && always.length === 0 && <p role="status">No key does that.</p>}
    </Dialog>
  );
}

function rowsOf(group: ActionGroup) {
  return actions.filter((action) => action.group === group);
}
