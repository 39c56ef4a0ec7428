// T25. Goal: the vault and the engine agree about every proof and every hash, or somebody is shown a proof that the vault
// does not pay. How: random trees, paths tampered with in seventeen ways, and random messages, asked of both. CI looks at some
// hundreds, `npm run long -- sumTree` at 100,000.
import { encodeFunctionData, type Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHAIN_ID, chainFolder, openChain } from '../../lab/chain/testChain.ts';
import { TreeVerifier, verifierAbi } from '../../lab/chain/treeVerifier.ts';
import { drawnHex } from '../../lab/fixtures/leaves.ts';
import { drawnRoot, drawnWithdrawal } from '../../lab/fixtures/roots.ts';
import { drawnPaths } from '../../lab/fixtures/tamperedPaths.ts';
import { randomFrom } from '../../lab/sim/random.ts';
import type { RootStruct, VaultWithdrawal } from '../../protocol/settlement/root.ts';
import { type VaultDomain, vaultDomain } from '../../protocol/settlement/vaultMessages.ts';
import { topOf } from '../../protocol/settlement/verifyLeaf.ts';
import type { EmbeddedChain } from '../chain/embeddedChain.ts';
import { escapeDigest, rootDigest, rootStructHash, whitelistDigest, withdrawalDigest } from './rootHash.ts';
import { withdrawalTree } from './withdrawalTree.ts';

const PATHS = Number(process.env.BALLAST_LONG_COUNT ?? 600);
const SEED = Number(process.env.BALLAST_SEED ?? 20_260_101);
const PATHS_A_CALL = 25;
const MESSAGES = 25;
const ZEROS = `0x${'0'.repeat(64)}`;
/** Tampers after which neither side even looks. */
const MALFORMED = ['pastTheTree', 'oneLevelLess', 'oneSiblingMore', 'oneSumLess', 'oneAssetMore'];

const { dir, remove } = chainFolder();
let chain: EmbeddedChain;
let verifier: TreeVerifier;
let domain: VaultDomain;

beforeAll(async () => {
  chain = await openChain(dir);
  verifier = await TreeVerifier.on(chain);
  domain = vaultDomain(CHAIN_ID, verifier.address);
});

afterAll(async () => {
  await chain?.stop();
  remove();
});

test('every path leads to the same root on chain and here, and to the right one only when nobody touched it', async () => {
  const random = randomFrom(SEED);
  const seen = new Map<string, number>();
  for (let done = 0; done < PATHS; done += PATHS_A_CALL) {
    const paths = drawnPaths(random, PATHS_A_CALL);
    const roots = await verifier.rootsOf(paths);
    for (const [index, { leaf, path, root, tamper }] of paths.entries()) {
      const here = topOf(leaf, path)?.hash ?? ZEROS;
      const shown = JSON.stringify({ tamper, leaf, path }, (_key, value) =>
        typeof value === 'bigint' ? `${value}` : value,
      );
      expect(roots[index], shown).toBe(here);
      expect(here === root, shown).toBe(tamper === 'nothing');
      if (MALFORMED.includes(tamper)) expect(here, shown).toBe(ZEROS);
      seen.set(tamper, (seen.get(tamper) ?? 0) + 1);
    }
  }
  // Each way was tried, and often enough to mean something.
  expect(seen.size).toBe(17);
  expect(Math.min(...seen.values())).toBeGreaterThan(PATHS / 40);
});

test('roots, withdrawals, whitelists and escapes have the same hashes on chain and here', async () => {
  const random = randomFrom(SEED);
  const ask = (functionName: string, args: readonly unknown[]) =>
    verifier.answer(encodeFunctionData({ abi: verifierAbi, functionName, args } as never));
  for (let turn = 0; turn < MESSAGES; turn++) {
    const root = drawnRoot(random);
    expect(await ask('rootStruct', [onChain(root)])).toBe(rootStructHash(root));
    expect(await ask('ofRoot', [onChain(root)])).toBe(rootDigest(domain, root));
    const withdrawal = drawnWithdrawal(random, turn + 1);
    expect(await ask('ofWithdrawal', [onChain(withdrawal)])).toBe(withdrawalDigest(domain, withdrawal));
    const { sub, to, seq } = withdrawal;
    const allowed = { sub, to, allow: random.chance(0.5), nonce: turn, deadlineS: seq };
    const listed = [sub, to, allowed.allow, BigInt(turn), BigInt(seq)];
    expect(await ask('ofWhitelist', listed)).toBe(whitelistDigest(domain, allowed));
    expect(await ask('ofEscape', [sub, to, BigInt(seq)])).toBe(escapeDigest(domain, { sub, to, epoch: seq }));
  }
});

test('what the tree of withdrawals proves, the library on chain takes', async () => {
  const random = randomFrom(SEED);
  for (const count of [1, 2, 3, 7, 12]) {
    const withdrawals = Array.from({ length: count }, (_, index) => drawnWithdrawal(random, index + 1));
    const tree = withdrawalTree(domain, withdrawals);
    for (const withdrawal of withdrawals) {
      const proof = tree.proofOf(withdrawal.nonce)!;
      expect(await isPaidBy(tree.root, withdrawal, proof)).toBe(true);
      expect(await isPaidBy(tree.root, { ...withdrawal, seq: withdrawal.seq + 1 }, proof)).toBe(false);
      expect(await isPaidBy(tree.root, withdrawal, [...proof, drawnHex(random, 32)])).toBe(false);
    }
  }
});

async function isPaidBy(
  root: string,
  withdrawal: VaultWithdrawal,
  proof: readonly string[],
): Promise<boolean> {
  const args = [root, onChain(withdrawal), proof];
  const data = encodeFunctionData({ abi: verifierAbi, functionName: 'isPaidBy', args } as never);
  return BigInt(await verifier.answer(data)) === 1n;
}

/** Numbers as the chain's encoding wants them. */
function onChain(
  it: RootStruct | VaultWithdrawal,
): Record<string, Hex | bigint | number | readonly bigint[]> {
  const entries = Object.entries(it).map(([key, value]) => [
    key,
    typeof value === 'number' && key !== 'asset' ? BigInt(value) : value,
  ]);
  return Object.fromEntries(entries);
}
