// Goal: a desk serves the vault it has by that vault's own terms, which are fixed for its life, and not by those that one
// made today would get. How: a vault with another lag on a real chain, opened with today's plan.
import { expect, test } from 'vitest';
import { chainFolder, openChain } from '../../lab/chain/testChain.ts';
import { openVault as testVault } from '../../lab/chain/testVault.ts';
import { sandboxVault } from '../../sandbox/vault.ts';
import type { SettlementState } from '../follower/settlementState.ts';
import { openVault } from './openVault.ts';

test('a vault that was made before keeps the terms of then', async () => {
  const folder = chainFolder();
  const chain = await openChain(folder.dir);
  try {
    const terms = { ...sandboxVault.terms, lag: 45, dispute: 7 };
    const { deployer, places } = await testVault(chain, { terms });
    const state = { vault: { address: places.vault } } as unknown as SettlementState;
    const engine = { state: async () => state, submit: async () => undefined };
    const opened = await openVault(engine, deployer, sandboxVault);
    expect(opened.terms).toEqual(terms);
    expect(opened.places).toEqual(places);
  } finally {
    await chain.stop();
    folder.remove();
  }
});
