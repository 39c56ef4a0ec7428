import { expect, test } from 'vitest';
import { settlementKills } from './settlementKills.ts';
import type { Victim } from './victims.ts';

/** What is killed takes seconds to come back: after every third step somebody, in turn. */
const every3rd = (index: number): Victim | undefined =>
  index % 3 === 0 ? (['desk', 'anvil', 'signers', 'guardian'] as const)[(index / 3) % 4] : undefined;
const opening3rd = (index: number): Victim | undefined =>
  index % 3 === 0 ? (['desk', 'anvil'] as const)[(index / 3) % 2] : undefined;

test('a vault is opened once and money arrives once whoever is killed on its way', async () => {
  const report = await settlementKills({ openings: [opening3rd], rounds: [every3rd], say: () => {} });
  expect(report).toMatchObject({ killCount: 15, openingCount: 1, depositCount: 1, withdrawalCount: 1 });
  expect(report.killed.depositCredited).toEqual({ signers: 1 });
}, 600_000);
