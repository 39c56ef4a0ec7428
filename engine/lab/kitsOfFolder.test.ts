// Goal: who was away when the desk ended leaves all the same, with what its folder has. How: a root as the desk keeps it, its
// kits made from the folder alone, and each leaf led up to the root as the vault does it.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { rootDraft } from '../core/settlement/rootDraft.ts';
import { topOf } from '../protocol/settlement/verifyLeaf.ts';
import { SANDBOX_VAULT } from '../sandbox/genesis.ts';
import { RootStore } from '../settlement/roots/rootStore.ts';
import { openDesk } from './fixtures/desk.ts';
import { openVault } from './fixtures/vault.ts';
import { epochsIn, kitsOfFolder } from './kitsOfFolder.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'ballast-kits-'));
const place = { chainId: 31_337, vault: SANDBOX_VAULT };
const sha256 = (bytes: Uint8Array) => `0x${createHash('sha256').update(bytes).digest('hex')}`;
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('everybody in a root has a kit, and each leaf of it leads to the root and adds up to what was deposited', async () => {
  const desk = openVault(openDesk());
  desk.accept({ kind: 'CutRoot', epoch: 1, parent: `0x${'0'.repeat(64)}` });
  const { draft, states } = rootDraft(desk.engine.state, `0x${'11'.repeat(32)}`, sha256);
  await new RootStore(dir).write({ draft, states, signatures: [] });
  expect(await epochsIn(dir)).toEqual([1]);
  const kits = (await kitsOfFolder(dir, 1, place))!;
  const accounts = kits.flatMap(({ owner, kit }) => kit.accounts.map((each) => ({ ...each, of: owner })));
  expect(accounts.map(({ proof }) => proof.leaf.sub).sort()).toEqual(
    draft.leaves.map(({ sub }) => sub).sort(),
  );
  const sums = draft.leaves[0]!.entitled.map(() => 0n);
  for (const { proof, owner, of, escape: sent } of accounts) {
    const { leaf, path: way, root } = proof;
    const entitled = leaf.entitled.map(BigInt);
    const top = topOf({ ...leaf, entitled }, { ...way, sums: way.sums.map(BigInt) });
    expect(top?.hash).toBe(root.accountsRoot);
    expect([owner, sent.to]).toEqual([of, SANDBOX_VAULT]);
    for (const [asset, units] of entitled.entries()) sums[asset]! += units;
  }
  expect(sums.map(String)).toEqual(accounts[0]!.proof.root.sums);
});

test('of a root that the folder does not have there is none', async () => {
  expect(await kitsOfFolder(dir, 9, place)).toBeUndefined();
});
