import { beforeEach, expect, test } from 'vitest';
import type { MoveDraft } from '../firm/changeSet.ts';
import {
  addPart,
  changeSetStore,
  discardChangeSet,
  editPart,
  movePart,
  removePart,
  undoPart,
} from './changeSetStore.ts';

const move = (typed: string): MoveDraft => ({ kind: 'Transfer', from: 8, to: 9, asset: 'USDC', typed });
const typed = () =>
  changeSetStore.getState().parts.map(({ draft }) => ('typed' in draft ? draft.typed : draft.kind));
const idOf = (at: number) => changeSetStore.getState().parts[at]!.id;

beforeEach(discardChangeSet);

test('each change of the draft is taken back by itself, typing in one place as one', () => {
  for (const amount of ['1', '2', '3']) addPart(move(amount));
  movePart(idOf(2), -1);
  expect(typed()).toEqual(['1', '3', '2']);
  removePart(idOf(0));
  for (const amount of ['34', '345']) editPart(idOf(0), move(amount));
  editPart(idOf(1), move('25'));
  expect(typed()).toEqual(['345', '25']);
  const seen: string[][] = [];
  for (let count = 0; count < 9; count++) {
    undoPart();
    seen.push(typed());
  }
  expect(seen.slice(0, 8)).toEqual([
    ['345', '2'],
    ['3', '2'],
    ['1', '3', '2'],
    ['1', '2', '3'],
    ['1', '2'],
    ['1'],
    [],
    [],
  ]);
});

test('a draft holds sixteen, and says so of one more', () => {
  for (let count = 0; count < 16; count++) expect(addPart(move(String(count)))).toBe(true);
  expect(addPart(move('17'))).toBe(false);
  expect(typed()).toHaveLength(16);
  expect(changeSetStore.getState().said).toMatch(/16 parts at most/);
});

test('what is done is said, and a part that cannot go further stays without a word', () => {
  addPart(move('1'));
  addPart(move('2'));
  expect(changeSetStore.getState().said).toBe('Added as part 2.');
  movePart(idOf(1), 1);
  expect(changeSetStore.getState().said).toBe('Added as part 2.');
  movePart(idOf(1), -1);
  expect(changeSetStore.getState().said).toBe('Now part 1.');
  removePart(idOf(0));
  expect(changeSetStore.getState().said).toBe('Part 1 is gone: 1 move.');
});
