import { describe, expect, test } from 'vitest';
import type { MarginCallLevel } from '../../engine/protocol/commands/actions.ts';
import { Role } from '../../engine/protocol/enums.ts';
import type { FirmNodeView } from '../../engine/protocol/views/firm.ts';
import type { AssetView, MarketView } from '../../engine/protocol/views/market.ts';
import { type ChangeDraft, callDraftsOf, NO_TIME, nettingWindowDraft, readChange } from './change.ts';
import { type Carried, dropAt } from './drop.ts';

const market = { instrument: 1, name: 'ETH-PERP', lotsPerUnit: 100, ticksPerUsd: 10 } as MarketView;
const names = { markets: [market], assets: [{ name: 'USDC', decimals: 6 } as AssetView] };
const port = { kind: 'PortPosition', from: 8, to: 9, instrument: 1, typed: '3.5' } as const;

test('sizes and amounts are read in the units of their market and asset', () => {
  expect(readChange(port, names)).toEqual({
    action: { kind: 'PortPosition', from: 8, to: 9, instrument: 1, lots: 350, priceTicks: 0 },
  });
  expect(readChange({ kind: 'Transfer', from: 8, to: 9, asset: 'USDC', typed: '400k' }, names)).toEqual({
    action: { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount: 400_000_000_000 },
  });
  expect(readChange({ kind: 'TagNode', node: 4, typed: ' basis, , carry' }, names)).toEqual({
    action: { kind: 'TagNode', node: 4, tags: ['basis', 'carry'] },
  });
});

test('a port goes at the mark, or at a price that was agreed', () => {
  expect(readChange({ ...port, typedPrice: '3,000.5' }, names)).toMatchObject({
    action: { lots: 350, priceTicks: 30_005 },
  });
  expect(readChange({ ...port, typedPrice: ' ' }, names)).toMatchObject({ action: { priceTicks: 0 } });
  expect(readChange({ ...port, typedPrice: '3000.05' }, names)).toEqual({
    missing: 'Not a price of ETH-PERP.',
  });
});

test('a crossing needs its instrument, and a window a time of the day; what changes nothing is not asked for', () => {
  const once = { kind: 'NetPositions', node: 1, instrument: undefined } as const;
  expect(readChange(once, names)).toEqual({
    missing: 'Choose the instrument whose opposite positions are crossed.',
  });
  expect(readChange({ ...once, instrument: 1 }, names)).toEqual({
    action: { kind: 'NetPositions', node: 1, instrument: 1 },
  });
  const draft = { ...nettingWindowDraft(1, null), everyMinutes: 30 };
  const written = (change: object) => readChange({ ...draft, ...change }, names);
  expect(written({ typedStart: ' 7:05' })).toEqual({
    action: { kind: 'SetNettingWindow', node: 1, everyMinutes: 30, startMinuteUtc: 425 },
  });
  for (const typedStart of ['', '24:00', '12:60', '0705', '7'])
    expect(written({ typedStart })).toEqual({ missing: NO_TIME });
  const off = { everyMinutes: 0, typedStart: 'nothing' };
  expect(written(off)).toHaveProperty('missing');
  const window = { everyMinutes: 60, startMinuteUtc: 425 };
  expect(readChange({ ...nettingWindowDraft(1, window), ...off }, names)).toEqual({
    action: { kind: 'SetNettingWindow', node: 1, everyMinutes: 0, startMinuteUtc: 0 },
  });
  expect(readChange(nettingWindowDraft(1, window), names)).toHaveProperty('missing');
});

test('levels of margin calls are read in percent of equity, mildest first', () => {
  const level: MarginCallLevel = { ratioPpm: 825_000, roles: [Role.risk], prepare: 'unwind' };
  const [draft] = callDraftsOf([level]);
  expect(draft).toEqual({ typed: '82.5', roles: [Role.risk], prepare: 'unwind' });
  const node = 4;
  expect(readChange({ kind: 'SetMarginCalls', node, levels: [draft!] }, names)).toEqual({
    action: { kind: 'SetMarginCalls', node, levels: [level] },
  });
  // None of its own: those above it hold again.
  expect(readChange({ kind: 'SetMarginCalls', node, levels: [] }, names)).toEqual({
    action: { kind: 'SetMarginCalls', node, levels: [] },
  });
  const missing = (...typed: string[]) =>
    readChange(
      { kind: 'SetMarginCalls', node, levels: typed.map((each) => ({ ...draft!, typed: each })) },
      names,
    );
  expect(missing('70', '70')).toEqual({ missing: 'Level 2 has to call later than level 1.' });
  for (const typed of ['', '0', '100.1', 'x'])
    expect(missing(typed)).toEqual({ missing: 'Level 1: write a share of equity over 0 and up to 100 %.' });
});

const unfinished: ChangeDraft[] = [
  { ...port, to: undefined },
  { ...port, typed: '0' },
  { ...port, typed: '3.555' },
  { kind: 'Transfer', from: 8, to: undefined, asset: 'USDC', typed: '1' },
  { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', typed: '' },
  { kind: 'MoveNode', node: 4, parent: undefined },
  { kind: 'RenameNode', node: 4, label: ' ' },
  { kind: 'SetMarginCalls', node: 4, levels: [{ typed: '80', roles: [], prepare: 'nothing' }] },
];

test.each(unfinished)('what cannot be asked for yet says what is missing', (draft) => {
  expect(readChange(draft, names)).toMatchObject({ missing: expect.stringMatching(/\.$/) });
});

describe('what is put down', () => {
  const node = (number: number, parent: number | null, account: number | null = null) =>
    ({ node: number, parent, account }) as FirmNodeView;
  const [root, macro, vol] = [node(0, null), node(1, 0), node(2, 0)];
  const [basis, alts] = [node(3, 1, 8), node(4, 1, 9)];
  const position: Carried = {
    is: 'position',
    account: 8,
    position: { instrument: 1, lots: -350 } as never,
    market,
  };
  const balance: Carried = { is: 'balance', account: 8, balance: { asset: 'BTC' } as never };

  test('on a group moves a place, on an account moves what is held, all of a position', () => {
    expect(dropAt({ is: 'node', node: basis }, vol)).toEqual({
      draft: { kind: 'MoveNode', node: 3, parent: 2 },
    });
    expect(dropAt({ is: 'node', node: basis }, alts)).toMatchObject({
      draft: { kind: 'Transfer', from: 8, to: 9 },
    });
    expect(dropAt(position, alts)).toEqual({ draft: port });
    expect(dropAt(balance, alts)).toMatchObject({ draft: { kind: 'Transfer', asset: 'BTC', to: 9 } });
  });

  test.each([
    [{ is: 'node', node: basis } as Carried, basis],
    [{ is: 'node', node: basis } as Carried, macro],
    [{ is: 'node', node: root } as Carried, macro],
    [{ is: 'node', node: macro } as Carried, alts],
    [position, basis],
    [position, macro],
  ])('is taken nowhere it cannot lie, with the reason', (carried, target) => {
    expect(dropAt(carried, target)).toMatchObject({ forbidden: expect.stringMatching(/\.$/) });
  });
});
