import { expect, test } from 'vitest';
import type { AuditRecord } from '../../../../engine/protocol/views/audit.ts';
import { BARS, barsOf, neighbour } from './TimeTravel.state.ts';

const record = (engineSeq: number, result = 'applied') => ({ engineSeq, result }) as AuditRecord;

test('decisions stand where they were along the journal, refusals told apart, the door nowhere', () => {
  const bars = barsOf([record(1), record(999, 'policy.denied'), record(999), record(0)], 999);
  expect(bars[0]).toMatchObject({ count: 1, refused: 0 });
  expect(bars[BARS - 1]).toMatchObject({ count: 2, refused: 1 });
  expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(3);
});

test('one steps to the nearest decision on either side', () => {
  const records = [record(30), record(20), record(10), record(0)];
  expect([neighbour(records, 20, -1), neighbour(records, 20, 1)]).toEqual([10, 30]);
  expect(neighbour(records, 10, -1)).toBeUndefined();
});
