import { expect, test } from 'vitest';
import { settlementKills, type Victim } from './settlementKills.ts';

/** A desk that is killed takes seconds to come back: after every second step, in turn. */
const every2nd = (index: number): Victim | undefined =>
  index % 2 === 1 ? undefined : index % 4 === 0 ? 'desk' : 'anvil';

test('money arrives once whoever is killed on its way', async () => {
  const report = await settlementKills({ rounds: [every2nd], say: () => {} });
  expect(report).toMatchObject({ killCount: 14, depositCount: 1, withdrawalCount: 1 });
  expect(report.killed.depositCredited).toEqual({ anvil: 1 });
}, 600_000);
