import { expect, test } from 'vitest';
import { settlementKills, type Victim } from './settlementKills.ts';

/** What is killed takes seconds to come back: after every third step somebody, in turn. */
const every3rd = (index: number): Victim | undefined =>
  index % 3 === 0 ? (['desk', 'anvil', 'signers'] as const)[(index / 3) % 3] : undefined;

test('money arrives once whoever is killed on its way', async () => {
  const report = await settlementKills({ rounds: [every3rd], say: () => {} });
  expect(report).toMatchObject({ killCount: 10, depositCount: 1, withdrawalCount: 1 });
  expect(report.killed.depositCredited).toEqual({ signers: 1 });
}, 600_000);
