import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openContractDesk } from '../../lab/fixtures/contracts.ts';
import { type Desk, openDesk } from '../../lab/fixtures/desk.ts';
import { randomFlow } from '../../lab/fixtures/randomFlow.ts';
import { detailOf, saltOf } from '../../protocol/settlement/accountState.ts';
import { accountOfSub } from '../../protocol/settlement/root.ts';
import { SANDBOX_VAULT } from '../../sandbox/genesis.ts';
import { forkEngine, restoreState, saveState } from '../snapshot.ts';
import { type RootMaterial, rootDraft } from './rootDraft.ts';

const HEAD = `0x${'11'.repeat(32)}`;
const SEED = `0x${'5a'.repeat(32)}`;

const sha256 = (bytes: Uint8Array) => `0x${createHash('sha256').update(bytes).digest('hex')}`;

function adopt(desk: Desk): Desk {
  const depositCount = desk.engine.state.globals.columns.depositCursor[0]!;
  desk.accept({ kind: 'AdoptVault', vault: SANDBOX_VAULT, depositCount, saltSeed: SEED });
  return desk;
}

function cut(desk: Desk, epoch = 1): RootMaterial {
  const parent = epoch === 1 ? `0x${'0'.repeat(64)}` : HEAD;
  desk.accept({ kind: 'CutRoot', epoch, parent });
  return rootDraft(desk.engine.state, HEAD, sha256);
}

test('a fork and a restored engine make the same draft, and making it changes nothing', () => {
  const desk = adopt(openContractDesk());
  const flow = randomFlow(5);
  for (let count = 0; count < 150; count++) desk.run(flow.next(desk));
  const material = cut(desk);
  const { state } = desk.engine;
  expect(rootDraft(forkEngine(desk.engine).state, HEAD, sha256)).toEqual(material);
  expect(rootDraft(restoreState(saveState(state)).state, HEAD, sha256)).toEqual(material);
  expect(rootDraft(state, HEAD, sha256)).toEqual(material);
});

test('each hash moves with what it commits to', () => {
  const desk = adopt(openDesk());
  const first = cut(desk).draft;
  expect(first.journalHead).toBe(HEAD);
  desk.wait(1).accept({ kind: 'Tick' });
  const later = cut(desk, 2).draft;
  expect(later.stateHash).not.toBe(first.stateHash);
  // Time alone moves no price, no fund and no policy, but every account's state names it.
  expect(later.metaHash).not.toBe(first.metaHash);
  expect(later.leaves.map(({ entitled }) => entitled)).toEqual(first.leaves.map(({ entitled }) => entitled));
});

test('a detail is the hash of a salt nobody else has and of the text its owner is shown', () => {
  const { draft, states } = cut(adopt(openDesk()));
  const salts = new Set(states.map(({ salt }) => salt));
  expect(salts.size).toBe(draft.leaves.length);
  for (const [at, { sub, detail }] of draft.leaves.entries()) {
    const account = accountOfSub(sub)!;
    const { salt, text } = states[at]!;
    expect(salt).toBe(saltOf(SEED, account));
    expect(detail).toBe(detailOf({ salt, text }));
    expect(JSON.parse(text)).toMatchObject({ account });
  }
  expect(saltOf(SEED, 258)).toBe(sha256(Buffer.from(`${'5a'.repeat(32)}${'102'.padStart(64, '0')}`, 'hex')));
});

test('a draft is made right where a root was cut and nowhere else', () => {
  const desk = adopt(openDesk());
  expect(() => rootDraft(desk.engine.state, HEAD, sha256)).toThrow('was cut right now');
  cut(desk);
  desk.accept({ kind: 'Tick' });
  expect(() => rootDraft(desk.engine.state, HEAD, sha256)).toThrow('was cut right now');
});
