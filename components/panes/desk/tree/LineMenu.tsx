import { useEffect, useRef } from 'react';
import type { FirmView } from '../../../../engine/protocol/views/firm.ts';
import { type ChangeDraft, callDraftsOf, nettingWindowDraft } from '../../../../lib/firm/change.ts';
import { carryTo } from '../../../../lib/firm/drop.ts';
import { limitDraft } from '../../../../lib/firm/limitDraft.ts';
import { withdrawalLimitsDraft } from '../../../../lib/firm/outflowDraft.ts';
import { isStrategy } from '../../../../lib/firm/strategies.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { useMarkets } from '../../../../lib/hooks/market.ts';
import { useIsPast } from '../../../../lib/hooks/past.ts';
import { openChange } from '../../../../lib/stores/changeStore.ts';
import { Popover } from '../../../ui/Popover.tsx';
import { carriedOf } from './carried.ts';
import styles from './Tree.module.css';
import type { TreeLine } from './Tree.state.ts';
import { nameOfLine } from './words.ts';

interface MenuItem {
  name: string;
  draft: ChangeDraft;
}

/** Everything a drag does and more, without a mouse. */
export function LineMenu({ line }: { line: TreeLine }) {
  const items = useItems(line);
  // Each of them asks for a change.
  if (useIsPast() || items.length === 0) return null;
  const name = `Actions of ${nameOfLine(line)}`;
  return (
    <span data-menu-of={line.key}>
      <Popover label={<MenuFace name={name} />} name={name} className={styles.menuButton}>
        {() => <Items items={items} />}
      </Popover>
    </span>
  );
}

function MenuFace({ name }: { name: string }) {
  return (
    <>
      <svg width="12" height="4" aria-hidden="true" data-menu="">
        <path d="M0 1h2v2H0zM5 1h2v2H5zM10 1h2v2h-2z" />
      </svg>
      <span className="visually-hidden">{name}</span>
    </>
  );
}

function Items({ items }: { items: readonly MenuItem[] }) {
  const list = useRef<HTMLUListElement>(null);
  // The panel is shown in the frame after it was asked for: only then can something in it have the focus.
  useEffect(() => {
    const frame = requestAnimationFrame(() => list.current?.querySelector('button')?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <ul ref={list} className={styles.items}>
      {items.map(({ name, draft }, place) => (
        <li key={name}>
          <button
            type="button"
            onClick={(event) => {
              const { currentTarget } = event;
              currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
              // The dialog gives the focus back to where it was: to the row, not to a menu that is gone.
              currentTarget.closest('tr')?.focus();
              openChange(draft);
            }}
            onKeyDown={(event) => {
              const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
              if (step === undefined) return;
              event.preventDefault();
              const buttons = list.current?.querySelectorAll('button');
              buttons?.[(place + step + items.length) % items.length]?.focus();
            }}
          >
            {name}
          </button>
        </li>
      ))}
    </ul>
  );
}

function useItems(line: TreeLine): MenuItem[] {
  const markets = useMarkets();
  const firm = useFirm();
  if (line.kind === 'branch' && isStrategy(line.branch.node)) return [];
  if (line.kind === 'branch') return [...placeItems(line), ...outflowItems(line, firm)];
  const carried = carriedOf(line, markets);
  if (carried === undefined || carried.is === 'node') return [];
  const name = carried.is === 'position' ? 'Port to another account…' : 'Transfer to another account…';
  return [{ name, draft: carryTo(carried, undefined) }];
}

/** What may leave: of the firm at its top, of a subaccount towards its sisters. */
function outflowItems(
  { branch: { node } }: Extract<TreeLine, { kind: 'branch' }>,
  firm: FirmView | undefined,
): MenuItem[] {
  const { parent, account, isSegregated } = node;
  if (parent === null && firm !== undefined)
    return [{ name: 'Withdrawal limits…', draft: withdrawalLimitsDraft(firm.withdrawals) }];
  if (account === null) return [];
  const name = isSegregated ? 'Keep apart no longer…' : 'Keep apart…';
  return [{ name, draft: { kind: 'SetSegregation', account, isSegregated: !isSegregated } }];
}

function placeItems({ branch: { node: place } }: Extract<TreeLine, { kind: 'branch' }>): MenuItem[] {
  const { node, parent, account, label, tags, state, callLevels } = place;
  const next = state === 'normal' ? 'reduceOnly' : 'normal';
  const inside: MenuItem[] = [
    { name: 'New subaccount…', draft: { kind: 'OpenNode', parent: node, label: '', isAccount: true } },
    { name: 'New group…', draft: { kind: 'OpenNode', parent: node, label: '', isAccount: false } },
  ];
  const moves: MenuItem[] = [
    { name: 'Move to another group…', draft: { kind: 'MoveNode', node, parent: undefined } },
    ...(account === null
      ? []
      : [
          {
            name: 'Transfer collateral…',
            draft: { kind: 'Transfer', from: account, to: undefined, asset: 'USDC', typed: '' } as const,
          },
        ]),
  ];
  const close: MenuItem = { name: 'Close for good…', draft: { kind: 'ArchiveNode', node } };
  return [
    ...(parent === null ? [] : moves),
    ...(account === null ? inside : []),
    { name: 'Rename…', draft: { kind: 'RenameNode', node, label } },
    { name: 'Tags…', draft: { kind: 'TagNode', node, typed: tags.join(', ') } },
    { name: 'Freeze or reduce only…', draft: { kind: 'SetNodeState', node, state: next } },
    { name: 'Limits…', draft: limitDraft(place) },
    {
      name: 'Margin calls…',
      draft: { kind: 'SetMarginCalls', node, levels: callDraftsOf(callLevels) },
    },
    ...(account === null
      ? [
          {
            name: 'Cross opposite positions…',
            draft: { kind: 'NetPositions', node, instrument: undefined },
          } as const,
          { name: 'Netting window…', draft: nettingWindowDraft(node, place.nettingWindow) },
        ]
      : []),
    { name: 'Flatten…', draft: { kind: 'Flatten', node, typed: '' } },
    ...(parent === null ? [] : [close]),
  ];
}
