// Goal: nobody trades in another's name, the desk neither: an order counts with the signature of a trading key, and a key
// with that of its member's wallet. How: journals that are whole and hashed, and in which one thing about who gave a
// command is a lie that the engine takes; what a signer's look at each command says of it.
import { generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { agentTypedData, approveAgentCommand, approveAgentProof } from '../api/native/agentApproval.ts';
import type { Engine } from '../core/engine.ts';
import { directoryOf } from '../core/views/directory.ts';
import { nodeDisk } from '../journal/nodeDisk.ts';
import { GENESIS } from '../journal/position.ts';
import { LyingJournal } from '../lab/fixtures/lyingJournal.ts';
import { adoptVault } from '../lab/fixtures/vault.ts';
import type { Proof } from '../protocol/commands/envelope.ts';
import type { ApproveAgent, CancelAll } from '../protocol/commands/types.ts';
import { AgentScheme } from '../protocol/enums.ts';
import type { ApproveAgentWire } from '../protocol/wire/session.ts';
import { walletOf } from '../sandbox/keys.ts';
import { addressOf } from '../sandbox/people.ts';
import { type Checking, Proofs } from './proofs.ts';
import { Replica } from './replica.ts';

const ACCOUNT = 8;
const MEMBER = addressOf('trader');
const journals: LyingJournal[] = [];

afterEach(() => {
  for (const journal of journals.splice(0)) journal.remove();
});

/** The sandbox with its vault. */
function journalOf(): LyingJournal {
  const journal = new LyingJournal().at(Date.now());
  journals.push(journal);
  const { deposits } = journal.replayed().engine.state.directory;
  taken(journal, journal.write(adoptVault(deposits.length)));
  return journal;
}

/** What is said of each command that the engine took. */
async function saidOf(journal: LyingJournal): Promise<{ seq: number; verdict: string; sentence: string }[]> {
  const proofs = new Proofs();
  const said: Checking[] = [];
  let checking: Checking | undefined;
  const ports = {
    next: (engine: Engine, seq: number, payload: Uint8Array) => {
      checking = proofs.check(engine, seq, payload);
    },
    accepted: () => {
      if (checking !== undefined) said.push(checking);
    },
    isWanted: () => false,
    cut: () => undefined,
  };
  const replica = new Replica(nodeDisk, journal.dir, { engine: undefined, position: GENESIS }, ports);
  while (!replica.advance(1_000));
  replica.close();
  return (await Promise.all(said)).filter(({ verdict }) => verdict !== 'good');
}

interface TradingKey {
  readonly publicKey: string;
  readonly scheme: 'ed25519' | 'p256';
  sign(text: string): string;
}

function keyOf(scheme: TradingKey['scheme']): TradingKey {
  const hex = (text: string | undefined) => Buffer.from(text ?? '', 'base64url').toString('hex');
  if (scheme === 'ed25519') {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const { x } = publicKey.export({ format: 'jwk' });
    return {
      scheme,
      publicKey: hex(x),
      sign: (text) => sign(null, Buffer.from(text), privateKey).toString('hex'),
    };
  }
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
  return {
    scheme,
    publicKey: `04${hex(x)}${hex(y)}`,
    sign: (text) => sign('sha256', Buffer.from(text), key).toString('hex'),
  };
}

interface Lie {
  /** Whose wallet signs; the member's. */
  by?: 'trader' | 'risk';
  /** Of the command as it is journalled. */
  command?: Partial<ApproveAgent>;
  proof?: Partial<Proof>;
  isUnsigned?: boolean;
}

/** As the door lets a key in, but for the lie. @returns its sequence and the number the key trades under */
async function approved(
  journal: LyingJournal,
  key: TradingKey,
  { by = 'trader', command, proof, isUnsigned = false }: Lie = {},
): Promise<{ seq: number; actor: number }> {
  const view = directoryOf(journal.replayed().engine);
  const request: Omit<ApproveAgentWire, 'signature'> = {
    member: MEMBER,
    ...{ scheme: key.scheme, publicKey: key.publicKey, accounts: [ACCOUNT] },
    ...{ expiresAtMs: Date.now() + 3_600_000, nonce: Date.now() },
    scope: { markets: [], notionalPerHourUsd: 0, addresses: [] },
  };
  const typedData = agentTypedData(view, request);
  const signed = { ...request, signature: await walletOf(by).signTypedData(typedData as never) };
  const full = { ...approveAgentProof(typedData, signed), ...proof };
  const seq = journal.write(
    { ...approveAgentCommand(signed), ...command },
    isUnsigned ? {} : { proof: full },
  );
  expect(journal.replayed().accepted.has(seq)).toBe(true);
  return { seq, actor: view.agents.length + 1 };
}

const cancelAll: CancelAll = { kind: 'CancelAll', account: ACCOUNT, instrument: 65_535 };

/** An order, or what stands for all of them, as its key signs it. */
function signedBy(journal: LyingJournal, key: TradingKey): { nonce: number; proof: Proof } {
  const { chainId, vault } = directoryOf(journal.replayed().engine);
  const nonce = Date.now();
  const operations = [{ type: 'CancelAll', account: ACCOUNT }];
  const signedText = JSON.stringify({ domain: 'Ballast', chainId, vault, nonce, operations });
  const { scheme, publicKey } = key;
  return { nonce, proof: { scheme, key: publicKey, signature: key.sign(signedText), signedText } };
}

/** The engine looks at no signature. */
function taken(journal: LyingJournal, seq: number): number {
  expect(journal.replayed().accepted.has(seq)).toBe(true);
  return seq;
}

test.each(['ed25519', 'p256'] as const)(
  'an order of an %s key that its wallet let trade is good',
  async (scheme) => {
    const journal = journalOf();
    const key = keyOf(scheme);
    const { actor } = await approved(journal, key);
    taken(journal, journal.write(cancelAll, { actor, ...signedBy(journal, key) }));
    expect(await saidOf(journal)).toEqual([]);
  },
);

test('an order that nobody signed', async () => {
  const journal = journalOf();
  const { actor } = await approved(journal, keyOf('ed25519'));
  const seq = taken(journal, journal.write(cancelAll, { actor, nonce: Date.now() }));
  expect(await saidOf(journal)).toEqual([
    { seq, verdict: 'bad', sentence: `The CancelAll at seq ${seq} has no key’s signature.` },
  ]);
});

test('an order of the desk itself, whom the engine asks for no right', async () => {
  const journal = journalOf();
  const seq = taken(journal, journal.write(cancelAll));
  expect(await saidOf(journal)).toEqual([
    { seq, verdict: 'bad', sentence: `The CancelAll at seq ${seq} has no key’s signature.` },
  ]);
});

test.each([
  [
    'that another key signed',
    (own: Proof, other: Proof) => ({ ...own, signature: other.signature }),
    /is not of key/,
  ],
  [
    'of which another text was signed',
    (own: Proof) => ({ ...own, signedText: `${own.signedText} ` }),
    /is not of key/,
  ],
  ['in the name of another key', (_: Proof, other: Proof) => other, /the signed text cannot be read/],
  [
    'said to be signed by a wallet',
    (own: Proof) => ({ ...own, scheme: 'eip712' as const }),
    /signs no typed data/,
  ],
])('an order %s', async (_, lie, sentence) => {
  const journal = journalOf();
  const [key, other] = [keyOf('ed25519'), keyOf('ed25519')];
  const { actor } = await approved(journal, key);
  const { nonce, proof } = signedBy(journal, key);
  const given = lie(proof, signedBy(journal, other).proof);
  const seq = taken(journal, journal.write(cancelAll, { actor, nonce, proof: given }));
  const [said, ...rest] = await saidOf(journal);
  expect([said?.seq, said?.verdict, rest]).toEqual([seq, 'bad', []]);
  expect(said?.sentence).toMatch(sentence);
});

test('another order than the one that was signed, and another nonce', async () => {
  const journal = journalOf();
  const key = keyOf('ed25519');
  const { actor } = await approved(journal, key);
  const { nonce, proof } = signedBy(journal, key);
  const one = taken(journal, journal.write({ ...cancelAll, instrument: 0 }, { actor, nonce, proof }));
  const two = taken(journal, journal.write(cancelAll, { actor, nonce: nonce + 1, proof }));
  const sentence = (seq: number) =>
    `Of the CancelAll at seq ${seq} the command is not the one that was signed.`;
  expect((await saidOf(journal)).map((said) => said.sentence)).toEqual([sentence(one), sentence(two)]);
});

test('what the engine refused leaves no trace, whoever signed it: a trading key decides nothing', async () => {
  const journal = journalOf();
  const key = keyOf('ed25519');
  const { actor } = await approved(journal, key);
  const action = { kind: 'OpenNode', parent: 0, label: 'Carry', isAccount: false } as const;
  const seq = journal.write({ kind: 'Propose', firm: 1, action }, { actor, ...signedBy(journal, key) });
  expect(journal.replayed().accepted.has(seq)).toBe(false);
  expect(await saidOf(journal)).toEqual([]);
});

test.each([
  ['that no wallet signed', { isUnsigned: true }, /has no wallet’s signature/],
  ['that somebody else’s wallet signed', { by: 'risk' }, /is not signed by/],
  ['said to be of somebody else', { proof: { key: addressOf('risk') } }, /the approval is not of/],
  ['wider than the one that was signed', { command: { accounts: [ACCOUNT, 9] } }, /is not the approval/],
  ['without a scope', { command: { scope: undefined } }, /no key without a scope/],
] satisfies [string, Lie, RegExp][])('an approval of a key %s', async (_, lie, sentence) => {
  const journal = journalOf();
  const { seq } = await approved(journal, keyOf('ed25519'), lie);
  const [said, ...rest] = await saidOf(journal);
  expect([said?.seq, said?.verdict, rest]).toEqual([seq, 'bad', []]);
  expect(said?.sentence).toMatch(sentence);
});

test('an approval of an agent inside the desk, once there is a vault', async () => {
  const journal = journalOf();
  const { seq } = await approved(journal, keyOf('ed25519'), {
    isUnsigned: true,
    command: { scheme: AgentScheme.local },
  });
  expect((await saidOf(journal)).map((said) => said.seq)).toEqual([seq]);
});

test('an approval that a contract is said to have signed is for the chain to say, at its block', async () => {
  const journal = journalOf();
  const block = { number: 7, hash: `0x${'7'.repeat(64)}` };
  const { seq } = await approved(journal, keyOf('ed25519'), {
    by: 'risk',
    proof: { scheme: 'eip1271', block },
  });
  const [said] = await saidOf(journal);
  expect(said).toMatchObject({ seq, verdict: 'asked', question: { wallet: MEMBER, block } });
});
