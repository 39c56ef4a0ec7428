import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { DraftPart, MoveDraft } from '../../../../lib/firm/changeSet.ts';
import { branchesIn } from '../../../../lib/firm/tree.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { useFirmTree } from '../../../../lib/hooks/firmRisk.ts';
import { useListing } from '../../../../lib/hooks/market.ts';
import type { Trial } from '../../../../lib/hooks/trial.ts';
import { editPart, movePart, removePart } from '../../../../lib/stores/changeSetStore.ts';
import { Button } from '../../../ui/Button.tsx';
import { classes } from '../../../ui/classes.ts';
import styles from './ChangeSetTray.module.css';
import { usePlaces } from './usePlaces.ts';

export interface SetPartsProps {
  parts: readonly DraftPart[];
  trial: Trial;
  isLocked: boolean;
  /** What has the focus once a part is gone. */
  afterRemoval: RefObject<HTMLButtonElement | null>;
}

type Deed = 'earlier' | 'later';

/** The parts in their order, each with what can be done to it. */
export function SetParts({ parts, trial, isLocked, afterRemoval }: SetPartsProps) {
  const list = useRef<HTMLOListElement>(null);
  /** A row that moves in the page loses the focus: it is given back to the same button. */
  const wanted = useRef<{ id: number; deed: Deed }>(undefined);
  const refused = trial.state === 'known' ? trial.view.refusal : null;
  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    const { id, deed } = wanted.current;
    list.current?.querySelector<HTMLElement>(`[data-id="${id}"] [data-deed="${deed}"]`)?.focus();
    wanted.current = undefined;
  });
  const move = (id: number, deed: Deed) => {
    wanted.current = { id, deed };
    movePart(id, deed === 'earlier' ? -1 : 1);
  };
  return (
    <ol ref={list} className={styles.parts} aria-label="Parts of the draft">
      {parts.map(({ id, draft }, at) => (
        <li
          key={id}
          data-id={id}
          className={classes(styles.part, refused?.part === at + 1 && styles.refusedPart)}
          onKeyDown={(event) => {
            const deed = deedOf(event);
            if (deed === undefined || isLocked) return;
            event.preventDefault();
            move(id, deed);
          }}
        >
          <span className={styles.number}>{at + 1}</span>
          <Part
            number={at + 1}
            draft={draft}
            isLocked={isLocked}
            onChange={(edited) => editPart(id, edited)}
          />
          <span className={styles.deeds}>
            <Button
              size="row"
              tone="quiet"
              data-deed="earlier"
              aria-label={`Part ${at + 1} earlier`}
              title="Alt ↑"
              isBlocked={isLocked || at === 0}
              onClick={() => move(id, 'earlier')}
            >
              ↑
            </Button>
            <Button
              size="row"
              tone="quiet"
              data-deed="later"
              aria-label={`Part ${at + 1} later`}
              title="Alt ↓"
              isBlocked={isLocked || at === parts.length - 1}
              onClick={() => move(id, 'later')}
            >
              ↓
            </Button>
            <Button
              size="row"
              tone="quiet"
              aria-label={`Remove part ${at + 1}`}
              isBlocked={isLocked}
              onClick={() => {
                removePart(id);
                afterRemoval.current?.focus();
              }}
            >
              ×
            </Button>
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Alt with the arrows, anywhere in a part. */
function deedOf({ altKey, key }: KeyboardEvent): Deed | undefined {
  if (!altKey) return undefined;
  if (key === 'ArrowUp') return 'earlier';
  return key === 'ArrowDown' ? 'later' : undefined;
}

interface PartProps {
  number: number;
  draft: MoveDraft;
  isLocked: boolean;
  onChange: (draft: MoveDraft) => void;
}

function Part(props: PartProps) {
  const { draft } = props;
  return draft.kind === 'MoveNode' ? (
    <PlacePart {...props} draft={draft} />
  ) : (
    <MoneyPart {...props} draft={draft} />
  );
}

/** A place of the tree that goes below another group, with all below it. */
function PlacePart({ number, draft, isLocked, onChange }: PartOf<'MoveNode'>) {
  const { labelOf } = usePlaces();
  const tree = useFirmTree();
  const groups = tree === undefined ? [] : branchesIn(tree).filter(({ node }) => node.account === null);
  const parent = useFirm()?.nodes.find(({ node }) => node === draft.node)?.parent;
  return (
    <div className={styles.words}>
      <p>Move {labelOf(draft.node)} with all below it</p>
      <p className={styles.way}>
        <span>{parent == null ? '' : labelOf(parent)}</span> →
        <select
          aria-label={`Group of part ${number}`}
          disabled={isLocked}
          value={draft.parent ?? ''}
          onChange={({ target }) =>
            onChange({ ...draft, parent: target.value === '' ? undefined : Number(target.value) })
          }
        >
          {draft.parent === undefined && <option value="">Choose …</option>}
          {groups.map(({ node }) => (
            <option key={node.node} value={node.node}>
              {node.label}
            </option>
          ))}
        </select>
      </p>
    </div>
  );
}

type PartOf<K extends MoveDraft['kind']> = PartProps & { draft: Extract<MoveDraft, { kind: K }> };

function MoneyPart({ number, draft, isLocked, onChange }: PartOf<'PortPosition' | 'Transfer'>) {
  const { accounts, accountLabel } = usePlaces();
  const { markets = [] } = useListing() ?? {};
  const input = useRef<HTMLInputElement>(null);
  const isWanting = useRef(draft.typed === '');
  // Collateral is put down without an amount: that is asked for next.
  useEffect(() => {
    if (isWanting.current) input.current?.focus();
  }, []);
  const isPort = draft.kind === 'PortPosition';
  const market = isPort ? markets.find(({ instrument }) => instrument === draft.instrument) : undefined;
  const receivers = accounts.filter(({ account }) => account !== draft.from);
  return (
    <div className={styles.words}>
      <p>
        {isPort ? `Port ${market?.name ?? ''}` : 'Transfer'}
        <input
          ref={input}
          aria-label={`${isPort ? 'Size' : 'Amount'} of part ${number}`}
          inputMode="decimal"
          autoComplete="off"
          disabled={isLocked}
          value={draft.typed}
          onChange={({ target }) => onChange({ ...draft, typed: target.value })}
        />
        <span className={styles.unit}>{isPort ? `${market?.underlying ?? ''} at mark` : draft.asset}</span>
      </p>
      <p className={styles.way}>
        <span>{accountLabel(draft.from)}</span> →
        <select
          aria-label={`Receiver of part ${number}`}
          disabled={isLocked}
          value={draft.to ?? ''}
          onChange={({ target }) =>
            onChange({ ...draft, to: target.value === '' ? undefined : Number(target.value) })
          }
        >
          {draft.to === undefined && <option value="">Choose …</option>}
          {receivers.map(({ account, label }) => (
            <option key={account} value={account}>
              {label}
            </option>
          ))}
        </select>
      </p>
    </div>
  );
}
