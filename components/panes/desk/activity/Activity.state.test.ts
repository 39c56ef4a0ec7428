import { expect, test } from 'vitest';
import { Role } from '../../../../engine/protocol/enums.ts';
import type { FillView } from '../../../../engine/protocol/views/account.ts';
import type { AuditRecord } from '../../../../engine/protocol/views/audit.ts';
import type { FirmView } from '../../../../engine/protocol/views/firm.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { activityOf, mayReadLog } from './Activity.state.ts';

const firm = {
  nodes: [
    { node: 0, parent: null, account: null, label: 'Firm' },
    { node: 2, parent: 0, account: 8, label: 'Macro / Basis' },
  ],
  members: [
    { label: 'Trader', role: Role.trader, wallets: ['0xa'], address: '0xa' },
    { label: 'Manager', role: Role.portfolioManager, wallets: ['0xb'], address: '0xb' },
  ],
} as unknown as FirmView;
const names = { firm, markets: [btcPerp], assets: [] };

const record = (seq: number, seconds: number, rest: Partial<AuditRecord>) =>
  ({
    seq,
    engineSeq: seq * 10,
    time: new Date(seconds * 1_000).toISOString(),
    actor: { address: '0xb', role: 'portfolioManager' },
    action: 'CancelAllOrders',
    params: { account: 8 },
    result: 'applied',
    ...rest,
  }) as AuditRecord;
const fill = (seconds: number) =>
  ({
    tradeId: 3,
    orderId: 4,
    account: 8,
    instrument: btcPerp.instrument,
    side: 'sell',
    lots: 5_000,
    priceTicks: 631_015,
    timeMs: seconds * 1_000,
    seq: 77,
  }) as FillView;

test('decisions and fills stand together, newest first, each with its account and who it was', () => {
  const deeds = activityOf([record(2, 20, {}), record(1, 10, { params: {} })], [fill(15)], names);
  expect(deeds.map(({ place, who, seq }) => [place, who, seq])).toEqual([
    ['Macro / Basis', 'Manager', 20],
    ['Macro / Basis', 'fill', 77],
    ['Firm', 'Manager', 10],
  ]);
  expect(deeds[1]!.what).toMatch(/^Sold .* BTC-PERP at 63,101\.5$/);
});

test('what one order traded at once is one line at its average price', () => {
  const more = { ...fill(15), tradeId: 9, lots: 15_000, priceTicks: 631_025 };
  const deeds = activityOf([], [fill(15), more, { ...fill(15), orderId: 6 }], names);
  expect(deeds).toHaveLength(2);
  expect(deeds[0]!.what).toMatch(/^Sold .* BTC-PERP at an average of 63,102\.3$/);
});

test('a refusal says its code, and who comes and goes is left out', () => {
  const deeds = activityOf(
    [
      record(3, 30, { action: 'SignIn' }),
      record(2, 20, { result: 'limit.hard' }),
      { seq: 1, hash: 'sealed: another firm’s' },
    ],
    [],
    names,
  );
  expect(deeds).toHaveLength(1);
  expect(deeds[0]).toMatchObject({ isRefused: true, what: expect.stringMatching(/, refused: limit\.hard$/) });
});

test('a trader does not ask for a log that is not theirs to read', () => {
  expect([mayReadLog(firm, '0xa'), mayReadLog(firm, '0xb'), mayReadLog(firm, '0xc')]).toEqual([
    false,
    true,
    false,
  ]);
  expect(mayReadLog(undefined, '0xb')).toBe(false);
});
