import type { OperationWire } from '../../../../engine/protocol/wire/commands.ts';
import {
  flattenOperations,
  type HeldPosition,
  halveOperations,
  reverseOperations,
  reverseTitle,
} from '../../../../lib/flatten.ts';
import { useMayTrade } from '../../../../lib/hooks/mayTrade.ts';
import { requestOperations } from '../../../../lib/orderRequests.ts';
import { accounts } from '../../../../lib/stores/accountStore.ts';
import { worstPriceNow } from '../../../../lib/worstNow.ts';
import { Button } from '../../../ui/Button.tsx';
import type { PositionRow } from './Positions.state.ts';

interface Exit {
  label: string;
  name: string;
  title: (position: HeldPosition, operations: readonly OperationWire[]) => string;
  operations: (position: HeldPosition) => OperationWire[];
}

const exits: readonly Exit[] = [
  {
    label: '½',
    name: 'half',
    title: ({ market }) => `Halve ${market.name}`,
    operations: (position) => halveOperations([position]),
  },
  {
    label: 'flat',
    name: 'flat',
    title: ({ market }) => `Flatten ${market.name}`,
    operations: (position) => flattenOperations([position]),
  },
  {
    label: 'rev',
    name: 'rev: reverse',
    title: reverseTitle,
    operations: (position) => reverseOperations(position, worstPriceNow),
  },
];

/** Ways out of one position. Reviewed with their effect when safe, sent at once when armed. */
export function PositionActions({ row: { position, market } }: { row: PositionRow }) {
  const account = useMayTrade();
  if (account === undefined || market.stage !== 'trading') return null;
  const ask = ({ title, operations }: Exit) => {
    // What is held now, not when the row was drawn.
    const held = accounts
      .latest(account)
      ?.view.positions.find((each) => each.instrument === position.instrument);
    if (held === undefined) return;
    const now = { account, market, lots: held.lots };
    const wanted = operations(now);
    void requestOperations({ operations: wanted, title: title(now, wanted) });
  };
  return exits.map((exit) => (
    <Button key={exit.name} size="row" onClick={() => ask(exit)} aria-label={`${exit.name} ${market.name}`}>
      {exit.label}
    </Button>
  ));
}
