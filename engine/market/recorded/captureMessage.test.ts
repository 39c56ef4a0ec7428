import { describe, expect, test } from 'vitest';
import { Side } from '../../protocol/enums.ts';
import { readMessage } from './captureMessage.ts';
import { Grid } from './grid.ts';

const btc = new Grid({ ticksPerUsd: 10, lotsPerUnit: 10_000 });

function read(json: object | string, time = '1723161255319702566') {
  return readMessage(3, `${time} ${typeof json === 'string' ? json : JSON.stringify(json)}`, btc);
}

describe('the steps of an instrument', () => {
  test('hold a recorded price and size exactly', () => {
    expect(btc.ticks('61800.20')).toBe(618_002);
    expect(btc.lots('2.909')).toBe(29_090);
    expect(btc.lots('0.000')).toBe(0);
  });

  test('do not hold what lies between them', () => {
    expect(btc.ticks('61800.25')).toBeUndefined();
    expect(btc.lots('0.00005')).toBeUndefined();
    expect(btc.lots('-1')).toBeUndefined();
    expect(btc.ticks('1e5')).toBeUndefined();
  });
});

test('a snapshot, a diff and a trade are read with their levels in ticks and lots', () => {
  const levels = { bids: [['61800.20', '2.909']], asks: [] };
  expect(read({ lastUpdateId: 9, ...levels })).toEqual({
    kind: 'snapshot',
    line: 3,
    receivedMs: 1_723_161_255_319,
    lastId: 9,
    bids: [[618_002, 29_090]],
    asks: [],
  });
  const diff = { e: 'depthUpdate', U: 1, u: 2, pu: 0, b: [], a: [['61800.30', '0.000']] };
  expect(read({ stream: 's', data: diff })).toMatchObject({
    kind: 'diff',
    previousId: 0,
    asks: [[618_003, 0]],
  });
  const trade = { e: 'trade', p: '61800.30', q: '0.006', m: false };
  expect(read({ data: trade })).toMatchObject({ kind: 'trade', takerSide: Side.buy, lots: 60 });
  expect(read({ data: { ...trade, m: true } })).toMatchObject({ takerSide: Side.sell });
});

test('receive times in milli-, micro- and nanoseconds mean the same moment', () => {
  const message = { lastUpdateId: 9, bids: [], asks: [] };
  for (const digits of ['', '702', '702566']) {
    expect(read(message, `1723161255319${digits}`)).toMatchObject({ receivedMs: 1_723_161_255_319 });
  }
});

test('best quotes and messages of other kinds are passed over', () => {
  expect(read({ stream: 'btcusdt@bookTicker', data: { b: '1' } })).toBe('unused');
  expect(read({ data: { e: 'forceOrder' } })).toBe('unused');
  expect(readMessage(1, '', btc)).toBe('unused');
});

test.each([
  ['no time', '{"lastUpdateId":1,"bids":[],"asks":[]}'],
  ['half a message', '1723161255319702566 {"lastUpdateId":1,"bids":[["6'],
  ['levels that are none', '1723161255319702566 {"lastUpdateId":1,"bids":[[1,2]],"asks":[]}'],
  ['numbers that are none', '1723161255319702566 {"e":"depthUpdate","U":"1","u":2,"b":[],"a":[]}'],
])('%s is malformed', (_what, text) => {
  expect(readMessage(1, text, btc)).toBe('malformed');
});

test('a level between the steps is named', () => {
  expect(read({ lastUpdateId: 9, bids: [['61800.25', '1']], asks: [] })).toEqual({
    offGrid: '1 at 61800.25',
  });
});
