import { describe, expect, test } from 'vitest';
import type { ScenarioView } from '../../protocol/views/margin.ts';
import { movesWords, moveWords, scenarioWords } from './sentence.ts';

const scenario: ScenarioView = {
  kind: 'epicentre',
  epicentre: 'ETH',
  fraction: -1,
  set: 'high',
  volatility: 'same',
  moves: [
    { underlying: 'ETH', move: -0.17 },
    { underlying: 'BTC', move: -0.112 },
    { underlying: 'SOL', move: -0.0904 },
  ],
  bound: 'none',
};

test.each([
  [-0.17, '−17.0 %'],
  [0.0646, '+6.5 %'],
  [0, '0.0 %'],
  [-0.0004, '0.0 %'],
  [5, '+500.0 %'],
])('a move of %d is written %s', (move, words) => {
  expect(moveWords(move)).toBe(words);
});

test('a long list names the first three and counts the rest', () => {
  const moves = ['A', 'B', 'C', 'D', 'E'].map((underlying) => ({ underlying, move: 0.01 }));
  expect(movesWords(moves)).toBe('A +1.0 %, B +1.0 %, C +1.0 % and 2 more');
});

describe('a scenario reads', () => {
  test('as its epicentre and whom it drags', () => {
    expect(scenarioWords(scenario)).toBe('ETH −17.0 %, dragging BTC −11.2 %, SOL −9.0 %');
  });

  test('as one move when the book has one underlying', () => {
    const alone = { ...scenario, moves: scenario.moves.slice(0, 1) };
    expect(scenarioWords(alone)).toBe('ETH −17.0 %');
  });

  test('with the floor named when that decided', () => {
    expect(scenarioWords({ ...scenario, bound: 'floor' })).toMatch(
      /; raised to the floor of 40 % of the legs alone$/,
    );
  });

  test('as a gap of the alts', () => {
    expect(scenarioWords({ ...scenario, kind: 'altGap', epicentre: '' })).toMatch(
      /^All alts gap down: ETH −17.0 %/,
    );
  });

  test('as nothing at risk', () => {
    expect(scenarioWords({ ...scenario, kind: 'none', moves: [] })).toBe('No position at risk');
  });
});
