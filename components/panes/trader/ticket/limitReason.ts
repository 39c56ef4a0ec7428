import { formatPercent } from '../../../../lib/format.ts';
import type { Reason } from '../../../../lib/reasons/reason.ts';
import type { LimitReading } from './Ticket.limits.ts';

const PPM = 1_000_000;

const formulas: readonly (readonly [start: string, formula: string])[] = [
  ['initial', '(equity − free margin) ÷ equity once the order stands; free margin may not fall below zero'],
  [
    'leverage',
    '(notional of positions and of the worse side of open orders + what this opens) ÷ equity ÷ the cap',
  ],
  [
    'position',
    'what the owner holds and could come to hold on this side, in all accounts, ÷ the owner’s cap',
  ],
  ['open interest', 'notional of all long positions of the market after the fills of this ÷ its cap'],
  ['order size', 'size of the order ÷ the largest the market takes at once'],
  ['price band', '|price − mark| ÷ mark ÷ how far from the mark the market takes a price'],
  ['least worth', 'the least an order of the market is worth ÷ what this one is worth'],
  ['own', 'your own guard, kept in this browser’s settings'],
  [
    'day volume',
    'size of the order ÷ volume of the last 24 h; your own guard, kept in this browser’s settings',
  ],
];

/** Why so much of a limit is used: the rule, now and after the order. */
export function limitReason({ name, share, before, text, state }: LimitReading): Reason {
  const percent = (of: number) => (Number.isFinite(of) ? formatPercent(of * PPM) : 'no equity');
  return {
    formula: formulas.find(([start]) => name.startsWith(start))?.[1] ?? '',
    inputs: [
      ['used after the order', text],
      ...(before === undefined ? [] : [['share used now', percent(before)] as const]),
      ['share used after', percent(share)],
      ['hard', state === 'fail' ? 'over: refused' : 'refused above 100 %'],
    ],
  };
}
