// Goal: the page that goes with an exit kit, which shares no line with the desk, finds what the desk finds and makes the
// transactions the desk makes. How: both are given the same proofs, true ones and ones that were changed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encodeFunctionData, type Hex, keccak256, stringToHex, toFunctionSelector } from 'viem';
import { describe, expect, test } from 'vitest';
import { type Ask, exitPage as exit } from '../../engine/lab/exitPage.ts';
import { drawnHex, drawnLeaves } from '../../engine/lab/fixtures/leaves.ts';
import { drawnRoot, drawnWithdrawal } from '../../engine/lab/fixtures/roots.ts';
import { drawnPaths } from '../../engine/lab/fixtures/tamperedPaths.ts';
import { randomFrom } from '../../engine/lab/sim/random.ts';
import { PlainSumTree } from '../../engine/lab/twins/plainSumTree.ts';
import { TREE_DEPTH } from '../../engine/protocol/settlement/root.ts';
import { topOf } from '../../engine/protocol/settlement/verifyLeaf.ts';
import type { ProofView, WithdrawalProofView } from '../../engine/protocol/views/settlement.ts';
import { exitKitOf } from './exitKit.ts';
import { claimSteps, freezeSteps, reclaimSteps } from './flows.ts';
import { rootHashOf } from './readVault.ts';
import { vaultAbi } from './vaultAbi.ts';

const WIDTH = 3;
const VAULT = '0x5fbdb2315678afecb367f032d93f642f64180aa3';
const random = randomFrom(20_260_101);
const leaves = drawnLeaves(5, 4, WIDTH);
const tree = new PlainSumTree(leaves, WIDTH);

function proofOf(place: number): ProofView {
  const { hash, sums } = tree.nodeAt(TREE_DEPTH, 0);
  const { index, siblings, sums: beside } = tree.pathOf(place);
  const { sub, detail, entitled } = leaves[place]!;
  const root = { ...drawnRoot(random), accountsRoot: hash, epoch: 7, sums: sums.map(String) };
  const proof = {
    ...{ epoch: 7, chainId: 31_337, vault: VAULT, hash: '', root },
    leaf: { sub, detail, entitled: entitled.map(String) },
    path: { index, siblings: [...siblings], sums: beside.map(String) },
    ...{ salt: drawnHex(random, 32), state: '{}' },
  };
  return { ...proof, hash: rootHashOf(proof) };
}

function kitText(change: (kit: ReturnType<typeof exitKitOf> & object) => object = (kit) => kit): string {
  const kept = [0, 1].map((place) => ({
    proof: proofOf(place),
    label: `A${place}`,
    keptMs: 1,
    paid: undefined,
  }));
  return JSON.stringify(change(exitKitOf(kept)!));
}

test('it hashes as the chain does, at every length around a block', () => {
  for (const length of [0, 1, 31, 32, 135, 136, 137, 271, 272, 273, 400]) {
    const bytes = length === 0 ? '0x' : drawnHex(random, length);
    expect(`0x${exit.keccak(bytes.slice(2))}`).toBe(keccak256(bytes as Hex));
  }
  expect(`0x${exit.keccak(stringToHex('freeze()').slice(2))}`.slice(0, 10)).toBe(
    toFunctionSelector('freeze()'),
  );
});

test('it finds the root that the desk finds, of paths true and tampered with', () => {
  const seen = new Set<string>();
  for (const { leaf, path: way, tamper } of drawnPaths(random, 60)) {
    const isWhole =
      way.siblings.length === TREE_DEPTH && way.sums.length === TREE_DEPTH * leaf.entitled.length;
    // What is not whole never gets past the reading of a kit.
    if (!isWhole || way.index >= 2 ** TREE_DEPTH) continue;
    seen.add(tamper);
    expect(exit.topOf(leaf, way), tamper).toEqual(topOf(leaf, way));
  }
  expect(seen.size).toBeGreaterThan(8);
});

test('a root has the hash that its signers sign', () => {
  for (let turn = 0; turn < 10; turn++) {
    const proof = { ...proofOf(0), root: { ...proofOf(0).root, seq: turn } };
    expect(exit.rootHashOf(proof.root)).toBe(rootHashOf(proof));
  }
});

describe('transactions are the ones the desk makes', () => {
  test('an escape, to its owner or where the owner signed', () => {
    const proof = proofOf(2);
    const kit = exitKitOf([{ proof, label: 'A', keptMs: 1, paid: undefined }])!;
    expect(exit.escapeData(proof)).toBe(kit.accounts[0]!.escape.data);
    const [to, signature] = [drawnHex(random, 20), drawnHex(random, 65)];
    const { leaf, path: way } = proof;
    const args = [
      { ...leaf, entitled: leaf.entitled.map(BigInt) },
      { index: BigInt(way.index), siblings: way.siblings, sums: way.sums.map(BigInt) },
      to,
      signature,
    ];
    const data = encodeFunctionData({ abi: vaultAbi, functionName: 'escape', args } as never);
    expect(exit.escapeData(proof, to, signature)).toBe(data);
  });

  test('freezing, taking a deposit back, and a claim', () => {
    const asset = { asset: 0, name: 'USDC', decimals: 6, token: VAULT, weiPerUnit: '1' } as never;
    expect(exit.freezeData()).toBe(freezeSteps(VAULT)[0]!.data);
    expect(exit.reclaimData(77)).toBe(reclaimSteps(VAULT, { id: 77, amount: '5' } as never, asset)[0]!.data);
    const { amount, ...rest } = drawnWithdrawal(random, 9);
    const withdrawal = { ...rest, amount: String(amount) };
    for (const count of [0, 1, 5]) {
      const proof = Array.from({ length: count }, () => drawnHex(random, 32));
      const view: WithdrawalProofView = { epoch: 4, withdrawal, proof };
      expect(exit.claimData(JSON.stringify(view))).toBe(claimSteps(VAULT, view, asset)[0]!.data);
    }
    expect(() => exit.claimData('{"epoch":1,"proof":[]}')).toThrow('not whole');
    expect(() => exit.claimData('[]')).toThrow('no withdrawal');
    expect(() => exit.reclaimData(-1)).toThrow('a number');
  });
});

describe('a kit', () => {
  test('of the desk is read, and holds', () => {
    const kit = exit.readKit(kitText());
    expect([kit.chainId, kit.vault, kit.accounts.length]).toEqual([31_337, VAULT, 2]);
    for (const account of kit.accounts) {
      expect(exit.problemsOf(account)).toEqual([]);
      expect(exit.problemsOf(account, account.proof.hash)).toEqual([]);
      expect(exit.problemsOf(account, account.proof.root.accountsRoot)).toEqual([]);
      expect(exit.problemsOf(account, drawnHex(random, 32))).toEqual(['The root is not the one you trust.']);
    }
  });

  type Change = (proof: ProofView) => Partial<ProofView>;
  const changed = (change: Change) =>
    kitText((kit) => ({
      ...kit,
      accounts: kit.accounts.map((each) => ({ ...each, proof: { ...each.proof, ...change(each.proof) } })),
    }));

  test.each<[string, Change, string]>([
    [
      'more for its owner',
      ({ leaf }) => ({
        leaf: { ...leaf, entitled: leaf.entitled.with(0, `${BigInt(leaf.entitled[0]!) + 1n}`) },
      }),
      'The leaf is not in the root.',
    ],
    [
      'another total',
      ({ root }) => ({ root: { ...root, sums: root.sums.with(0, `${BigInt(root.sums[0]!) + 1n}`) } }),
      'The leaf is not in the root.',
    ],
    ['another root’s name', () => ({ hash: drawnHex(random, 32) }), 'does not have the hash'],
    ['another state', ({ root }) => ({ root: { ...root, seq: root.seq - 1 } }), 'does not have the hash'],
    [
      'another transaction',
      ({ path: way }) => ({ path: { ...way, index: way.index ^ 1 } }),
      'not the one this page makes',
    ],
  ])('with %s does not hold', (_words, change, sentence) => {
    const [account] = exit.readKit(changed(change)).accounts;
    expect(exit.problemsOf(account!).join(' ')).toContain(sentence);
  });

  test.each<[string, string, string]>([
    ['no JSON', 'leaf', 'no JSON'],
    ['another version', kitText((kit) => ({ ...kit, format: 'ballast-exit-kit-2' })), 'its format is not'],
    ['no vault', kitText((kit) => ({ ...kit, vault: '0x12' })), 'names no vault'],
    ['no account', kitText((kit) => ({ ...kit, accounts: [] })), 'no account'],
    ['an account of another vault', kitText((kit) => ({ ...kit, chainId: 1 })), 'of another vault'],
    [
      'a leaf that is not whole',
      changed(({ leaf }) => ({ leaf: { ...leaf, sub: '0x' } })),
      'the leaf is not whole',
    ],
    [
      'a negative amount',
      changed(({ leaf }) => ({ leaf: { ...leaf, entitled: ['-1', '1', '1'] } })),
      'the leaf',
    ],
    [
      'a short path',
      changed(({ path: way }) => ({ path: { ...way, siblings: [] } })),
      'the path is not whole',
    ],
    [
      'an index past the tree',
      changed(({ path: way }) => ({ path: { ...way, index: 2 ** 20 } })),
      'the path',
    ],
    [
      'a root that is not whole',
      changed(({ root }) => ({ root: { ...root, parent: '' } })),
      'the root is not whole',
    ],
    ['a root of another epoch', changed(() => ({ epoch: 8 })), 'not its own'],
    ['nothing in an account', kitText((kit) => ({ ...kit, accounts: [{}] })), 'is missing'],
  ])('with %s is not read', (_words, text, sentence) => {
    expect(() => exit.readKit(text)).toThrow(sentence);
  });
});

/** A node that answers as the vault would. */
function chainOf(answers: { hash: string; isFrozen: boolean; epoch: number; chainId?: number }): Ask {
  const selector = (text: string) => toFunctionSelector(text);
  const word = (value: number) => `0x${value.toString(16).padStart(64, '0')}`;
  return async (method, params) => {
    if (method === 'eth_chainId') return `0x${(answers.chainId ?? 31_337).toString(16)}`;
    const [{ to, data }] = params as [{ to: string; data: string }];
    expect([method, to]).toEqual(['eth_call', VAULT]);
    if (data === selector('frozen()')) return word(answers.isFrozen ? 1 : 0);
    if (data === selector('finalEpoch()')) return word(answers.epoch);
    expect(data).toBe(selector('rootHash(uint64)') + word(7).slice(2));
    return answers.hash;
  };
}

test('the vault is asked whether it keeps that root, and by which one accounts leave', async () => {
  const account = { proof: proofOf(0) };
  const { hash } = account.proof;
  const found = (answers: Parameters<typeof chainOf>[0]) => exit.problemsOnChain(chainOf(answers), account);
  expect(await found({ hash, isFrozen: true, epoch: 7 })).toEqual([]);
  expect(await found({ hash, isFrozen: false, epoch: 9 })).toEqual([]);
  expect(await found({ hash: drawnHex(random, 32), isFrozen: false, epoch: 9 })).toEqual([
    'The vault keeps another root 7.',
  ]);
  expect((await found({ hash, isFrozen: true, epoch: 6 }))[0]).toContain('froze at root 6');
  const state = (isFrozen: boolean) =>
    exit.vaultState(chainOf({ hash, isFrozen, epoch: 7 }), { chainId: 31_337, vault: VAULT });
  expect((await state(true)).sentence).toContain('frozen at root 7');
  expect((await state(false)).sentence).toContain('not frozen');
  await expect(found({ hash, isFrozen: true, epoch: 7, chainId: 1 })).rejects.toThrow('of chain 1');
});

test('a node is asked over http, and its refusal is said', async () => {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method } = JSON.parse(Buffer.concat(chunks).toString()) as { method: string };
    response.end(JSON.stringify(method === 'eth_chainId' ? { result: '0x1' } : { error: { message: 'no' } }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    const ask = exit.nodeAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect(await ask('eth_chainId', [])).toBe('0x1');
    await expect(ask('eth_call', [])).rejects.toThrow('The node refused: no');
  } finally {
    server.close();
  }
});

test('in a terminal it says whether a kit holds, and gives the transactions', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'ballast-exit-'));
  const run = (text: string, ...options: string[]) => {
    const file = path.join(dir, 'kit.json');
    writeFileSync(file, text);
    const page = path.resolve(import.meta.dirname, '../../public/exit.js');
    const { status, stdout, stderr } = spawnSync(process.execPath, [page, file, ...options], {
      encoding: 'utf8',
    });
    return { status, said: stdout + stderr };
  };
  try {
    const text = kitText();
    const whole = run(text);
    expect(whole.said).toContain('A0: holds');
    expect(whole.said).toContain(exit.escapeData(exit.readKit(text).accounts[1]!.proof));
    expect(whole.status).toBe(0);
    expect(run(text, '--root', `0x${'1'.repeat(64)}`)).toMatchObject({ status: 1 });
    expect(run('{}').said).toContain('It is no kit that this page reads');
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
