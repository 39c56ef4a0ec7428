// Goal: what leaves the engine thread is durable, in order, and equal on the follower. How: real threads on a
// temporary data folder, stopped or killed and opened again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { RootMaterial } from '../../core/settlement/rootDraft.ts';
import { encodeEnvelope, SYSTEM_ACTOR } from '../../protocol/commands/envelope.ts';
import type { Command } from '../../protocol/commands/types.ts';
import { readEvents } from '../../protocol/events/read.ts';
import { detailOf } from '../../protocol/settlement/accountState.ts';
import { ownerOfSub } from '../../protocol/settlement/root.ts';
import { SANDBOX_VAULT, sandboxGenesis } from '../../sandbox/genesis.ts';
import { limits } from '../limits.ts';
import { type Durable, EngineClient } from './engineClient.ts';
import { FollowerClient } from './followerClient.ts';

const folders: string[] = [];
const running: { terminate(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((client) => client.terminate()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 9 });
});

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'ballast-host-'));
  folders.push(folder);
  return folder;
}

async function open(dir: string) {
  const durable: Durable[] = [];
  const died: string[] = [];
  const cut: RootMaterial[] = [];
  const engine = new EngineClient(dir, {
    durable: (message) => durable.push(message),
    alarm: () => {},
    died: (_, sentence) => died.push(sentence),
  });
  running.push(engine);
  const recovered = await engine.recovered;
  const follower = new FollowerClient(dir, {
    restored: () => {},
    snapshotWritten: () => {},
    audit: () => {},
    rootCut: (material) => cut.push(material),
    died: (_, sentence) => died.push(sentence),
  });
  running.push(follower);
  await follower.capture(recovered.seq);
  engine.follow(follower.framesPort);
  follower.restore(recovered, { recordsSeq: undefined, auditSeq: recovered.seq });
  return { engine, follower, recovered, durable, died, cut };
}

const system = (command: Command) =>
  encodeEnvelope({ actor: SYSTEM_ACTOR, nonce: 0, command, proof: undefined });

test('a sandbox is opened, stopped and found again with the same state', async () => {
  const dir = newFolder();
  const first = await open(dir);
  expect(first.recovered).toMatchObject({ seq: 0, directory: undefined });
  const genesis = sandboxGenesis();
  const applied = await Promise.all(genesis.map((command) => first.engine.submit(system(command))));
  expect(applied.map(({ seq }) => seq)).toEqual(genesis.map((_, k) => k + 1));
  expect(first.durable).toHaveLength(1);
  expect(first.durable[0]?.directory?.markets.map(({ name }) => name)).toContain('BTC-PERP');
  for (const { lanes, from, to } of applied) {
    expect(readEvents(lanes, from, to)[0]).toMatchObject({ kind: 'CommandApplied', code: 0 });
  }
  const { stateHash } = await first.follower.call({ kind: 'stateHash' }, genesis.length);
  expect(await first.engine.stop()).toBe(genesis.length);
  expect(first.died).toEqual([]);

  const second = await open(dir);
  expect(second.recovered).toMatchObject({ seq: genesis.length, stateHash });
  expect(second.recovered.markets).toHaveLength(second.recovered.directory?.markets.length ?? 0);
  expect(await second.follower.call({ kind: 'stateHash' })).toMatchObject({ stateHash });
});

test('a thread that is killed loses nothing it has answered', async () => {
  const dir = newFolder();
  const first = await open(dir);
  await Promise.all(sandboxGenesis().map((command) => first.engine.submit(system(command))));
  const credits = await Promise.all(
    Array.from({ length: 50 }, (_, k) =>
      first.engine.submit(
        system({
          kind: 'CreditDeposit',
          account: 8,
          asset: 'USDC',
          amount: 1_000_000,
          reference: `test ${k}`,
        }),
      ),
    ),
  );
  await first.engine.terminate();
  const second = await open(dir);
  expect(second.recovered.seq).toBe(credits.at(-1)?.seq);
  const view = await second.follower.call({ kind: 'account', account: 8 });
  expect(view.balances[0]).toMatchObject({ name: 'USDC', amount: 5_000_050_000_000 });
});

test('commands after the engine is gone are refused, waiting ones have an unknown outcome', async () => {
  const { engine } = await open(newFolder());
  const waiting = engine.submit(system({ kind: 'Tick' }));
  const outcome = expect(waiting).rejects.toMatchObject({ error: { code: 'outcome.unknown' } });
  await engine.terminate();
  await outcome;
  await expect(engine.submit(system({ kind: 'Tick' }))).rejects.toMatchObject({
    error: { code: 'engine.halted' },
  });
});

test('P9: more commands than the engine takes are refused, and those it took are answered', async () => {
  const { engine } = await open(newFolder());
  await Promise.all(sandboxGenesis().map((command) => engine.submit(system(command))));
  const { pendingMax } = limits.engine;
  const tick = system({ kind: 'Tick' });
  const taken = Array.from({ length: pendingMax }, () => engine.submit(tick));
  await expect(engine.submit(tick)).rejects.toMatchObject({ error: { code: 'engine.busy' } });
  const answers = await Promise.all(taken);
  expect(answers.at(-1)!.seq - answers[0]!.seq).toBe(pendingMax - 1);
});

test('P10: a first command that is not the genesis stops the engine: there is no state to refuse it in', async () => {
  const { engine, died } = await open(newFolder());
  await expect(engine.submit(system({ kind: 'Tick' }))).rejects.toMatchObject({
    error: { code: 'outcome.unknown' },
  });
  await expect.poll(() => died.length).toBe(1);
  expect(died[0]).toContain('the first command is the genesis');
});

test('a root that is cut is told once, with leaves that sum to what was deposited and states that are theirs', async () => {
  const { engine, follower, cut, died } = await open(newFolder());
  const genesis = sandboxGenesis();
  const deposits = genesis.filter(({ kind }) => kind === 'CreditDeposit').length;
  const commands: Command[] = [
    ...genesis,
    {
      kind: 'AdoptVault',
      vault: SANDBOX_VAULT,
      depositCount: deposits,
      saltSeed: `0x${'5a'.repeat(32)}`,
    },
    { kind: 'CutRoot', epoch: 1, parent: `0x${'0'.repeat(64)}` },
    { kind: 'Tick' },
  ];
  await Promise.all(commands.map((command) => engine.submit(system(command))));
  await follower.call({ kind: 'stateHash' }, commands.length);
  expect(died).toEqual([]);
  expect(cut).toHaveLength(1);
  const { draft, states } = cut[0]!;
  expect(draft).toMatchObject({
    epoch: 1,
    seq: commands.length - 1,
    depositCursor: deposits,
    withdrawals: [],
  });
  for (const hash of [draft.stateHash, draft.journalHead, draft.metaHash])
    expect(hash).toMatch(/^0x[0-9a-f]{64}$/);
  const usdc = genesis.flatMap((each) =>
    each.kind === 'CreditDeposit' && each.asset === 'USDC' ? [BigInt(each.amount)] : [],
  );
  const sumOf = (amounts: readonly bigint[]) => amounts.reduce((sum, amount) => sum + amount, 0n);
  expect(sumOf(draft.leaves.map(({ entitled }) => entitled[0]!))).toBe(sumOf(usdc));
  for (const [at, leaf] of draft.leaves.entries()) {
    expect(detailOf(states[at]!)).toBe(leaf.detail);
    const { owner } = JSON.parse(states[at]!.text) as { owner: string };
    expect(ownerOfSub(leaf.sub)).toBe(owner);
  }
});
