// Goal: whoever holds the engine's key still cannot say that a wallet agreed to what it did not. How: keccak, typed data and
// recovery beside noble and viem; then logs that are whole and well signed, with one thing said otherwise than was signed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { keccak_256 } from '@noble/hashes/sha3';
import fc from 'fast-check';
import { privateKeyToAccount } from 'viem/accounts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyExport } from '../../../public/verify.mjs';
import { keccak256, signerOf, typedDataDigest } from '../../../public/walletSignatures.mjs';
import { sha256 } from '../../audit/chain.ts';
import { cleaned } from '../../audit/cleaned.ts';
import { typedDataDigest as digestOfViem } from '../../host/signatures/walletSignatures.ts';
import type { Action } from '../../protocol/commands/actions.ts';
import type { Decide } from '../../protocol/commands/firm.ts';
import { actionHash } from '../../protocol/typed/actionHash.ts';
import { decideTypedData, proposeTypedData } from '../../protocol/typed/firmTypedData.ts';
import type { TypedData } from '../../protocol/typed/typedData.ts';
import type { AuditEntry } from '../../protocol/views/audit.ts';
import { canonicalJson } from '../../units/canonicalJson.ts';
import { actionsOfEveryKind } from '../fixtures/actionsOfEveryKind.ts';
import { exportText, openLog, sampleEntry } from './sampleLog.ts';

const desk = { chainId: 31_337, vault: `0x${'0d'.repeat(20)}` };
const maker = privateKeyToAccount(`0x${'11'.repeat(32)}`);
const checker = privateKeyToAccount(`0x${'22'.repeat(32)}`);
const makerAddress = maker.address.toLowerCase();
const checkerAddress = checker.address.toLowerCase();
const PROPOSAL = 7;

test('keccak-256 is that of noble, at every length around a block', () => {
  for (let length = 0; length < 300; length++) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 31 + length) & 0xff);
    expect(keccak256(bytes)).toBe(Buffer.from(keccak_256(bytes)).toString('hex'));
  }
});

test('whose key made a signature is what viem says, and of another digest it is nobody or somebody else', async () => {
  const key = fc
    .bigInt({ min: 1n, max: 2n ** 255n })
    .map((n) => `0x${n.toString(16).padStart(64, '0')}` as const);
  const word = fc
    .uint8Array({ minLength: 32, maxLength: 32 })
    .map((bytes) => Buffer.from(bytes).toString('hex'));
  await fc.assert(
    fc.asyncProperty(key, word, word, async (secret, digest, other) => {
      const account = privateKeyToAccount(secret);
      const signature = await account.sign({ hash: `0x${digest}` });
      expect(signerOf(digest, signature)).toBe(account.address.toLowerCase());
      if (other !== digest) expect(signerOf(other, signature)).not.toBe(account.address.toLowerCase());
    }),
    { numRuns: 60 },
  );
  expect(signerOf('00'.repeat(32), `0x${'00'.repeat(65)}`)).toBeUndefined();
  expect(signerOf('00'.repeat(32), `0x${'ff'.repeat(65)}`)).toBeUndefined();
  expect(signerOf('00'.repeat(32), '0x')).toBeUndefined();
});

function asked(action: Action): TypedData {
  const terms = { policyHash: `0x${'b2'.repeat(32)}`, seqMin: 40, deadlineMs: 1_800_000_000_000 };
  const propose = { kind: 'Propose', firm: 1, action, terms } as const;
  return proposeTypedData(desk, propose, 'In words: “so much” €', {
    wallet: makerAddress,
    nonce: 5,
  });
}

/** As the follower makes it, of a wallet that asked. */
async function askedEntry(action: Action): Promise<AuditEntry> {
  const { kind, ...fields } = action;
  const typedData = asked(action);
  return entry(typedData, await maker.signTypedData(typedData as never), {
    actor: { address: makerAddress, role: 'opsMaker', session: '', ipHash: '' },
    action: `Propose.${kind}`,
    params: cleaned(fields),
    result: 'waiting',
  });
}

function entry(typedData: TypedData, signature: string, of: Partial<AuditEntry>): AuditEntry {
  const text = JSON.stringify(typedData).replace(
    /[^ -~]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const signed = { text, signature };
  const made = sampleEntry(1, { firm: 1, proposal: PROPOSAL, signed, ...of });
  return { ...made, paramsHash: sha256(canonicalJson(made.params)) };
}

const transfer: Action = { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount: 5_000_000 };

async function agreedEntry(change: Partial<Decide> = {}): Promise<AuditEntry> {
  const decide: Decide = {
    kind: 'Decide',
    proposal: PROPOSAL,
    decision: 'approve',
    actionHash: actionHash(transfer),
    policyHash: `0x${'b2'.repeat(32)}`,
    reason: 'Größe stimmt',
    seqMin: 40,
    deadlineMs: 1_800_000_000_000,
    ...change,
  };
  const signer = { wallet: checkerAddress, nonce: 6 };
  const typedData = decideTypedData(desk, decide, { action: transfer, summary: 'In words' }, signer);
  const signature = await checker.signTypedData(typedData as never);
  const { kind: _, ...params } = decide;
  return entry(typedData, signature, {
    actor: { address: checkerAddress, role: 'opsApprover', session: '', ipHash: '' },
    action: 'Decide.Transfer',
    params: cleaned(params),
    result: 'agreed',
    approvals: [{ approver: checkerAddress, sigHash: sha256(signature) }],
  });
}

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-wallets-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** What is found in a log of these entries that the engine's own key has signed. */
async function found(entries: readonly AuditEntry[]) {
  const log = await openLog(dir);
  log.append(entries.map((each, at) => ({ ...each, engineSeq: at + 1 })));
  await log.settled();
  const text = await exportText(log, 1, entries.length);
  await log.close();
  return await verifyExport(text);
}

test.each(actionsOfEveryKind)(
  'who asked for $kind is recovered, and any other field than the signed is found',
  async (action) => {
    const typedData = asked(action);
    expect(`0x${typedDataDigest(typedData as never)}`).toBe(digestOfViem(typedData));
    const honest = await askedEntry(action);
    const lies = Object.entries(honest.params as Record<string, unknown>).map(([name, value]) =>
      lieOf(honest, name, value),
    );
    const report = await found([honest, ...lies]);
    expect(report.signatureCount).toBe(1 + lies.length);
    expect(report.problems.map(({ record }) => record)).toEqual(lies.map((_, at) => at + 2));
  },
);

function lieOf(honest: AuditEntry, name: string, value: unknown): AuditEntry {
  const params = { ...(honest.params as object), [name]: another(value) } as AuditEntry['params'];
  return { ...honest, params, paramsHash: sha256(canonicalJson(params)) };
}

function another(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return [...value, value[0] ?? 7];
  if (typeof value === 'object') return { ...value, more: 1 };
  return `${String(value)}.`;
}

test('an agreement is its wallet’s, of what was asked for', async () => {
  const report = await found([await askedEntry(transfer), await agreedEntry()]);
  expect(report).toMatchObject({ isWhole: true, problems: [], signatureCount: 2 });
});

describe('a log that the engine’s own key signed, and no wallet', () => {
  const words = 'The wallet signed another';
  test.each([
    [
      'a veto told as an agreement',
      { params: 'decision', of: () => agreedEntry({ decision: 'veto' }) },
      `${words} decision`,
    ],
    [
      'another reason',
      { params: 'reason', of: () => agreedEntry({ reason: 'Another one.' }) },
      `${words} reason`,
    ],
    ['another proposal', { params: 'proposal', of: () => agreedEntry({ proposal: 8 }) }, `${words} proposal`],
    ['another time', { params: 'deadlineMs', of: () => agreedEntry({ deadlineMs: 1 }) }, `${words} deadline`],
    [
      'another policy',
      { params: 'policyHash', of: () => agreedEntry({ policyHash: `0x${'00'.repeat(32)}` }) },
      `${words} policyHash`,
    ],
  ])('%s is found', async (_, { params, of }, what) => {
    const told = (await agreedEntry()).params as Record<string, unknown>;
    const signed = await of();
    const lie = lieAs(signed, { ...(signed.params as object), [params]: told[params] });
    const report = await found([await askedEntry(transfer), lie]);
    expect(report.problems).toMatchObject([{ record: 2, what: expect.stringContaining(what) }]);
  });

  test('an agreement to another action than was asked for is found', async () => {
    const other = actionHash({ ...transfer, amount: 6_000_000 });
    const report = await found([await askedEntry(transfer), await agreedEntry({ actionHash: other })]);
    expect(report.problems).toMatchObject([
      { record: 2, what: 'It agrees to another action than was asked for.' },
    ]);
  });

  test('an agreement of somebody else, by a signature that is another’s, is found', async () => {
    const honest = await agreedEntry();
    const lie = {
      ...honest,
      actor: { ...honest.actor, address: makerAddress },
      approvals: [{ ...honest.approvals[0]!, approver: makerAddress }],
    };
    const report = await found([lie]);
    expect(report.problems).toMatchObject([
      { what: `It is signed by ${checkerAddress}, and the record says by ${makerAddress}.` },
    ]);
  });

  test('an agreement without its signature, and one with another’s, are found', async () => {
    const { signed, ...bare } = await agreedEntry();
    const report = await found([
      bare,
      { ...bare, signed: { text: signed!.text, signature: `0x${'12'.repeat(65)}` } },
    ]);
    expect(report.problems.map(({ what }) => what)).toEqual([
      'It names an agreement and carries no signature of it.',
      'The signature it carries is not the one of its agreement.',
    ]);
  });

  test('what is no typed data is found', async () => {
    const honest = await askedEntry(transfer);
    const report = await found([
      { ...honest, signed: { ...honest.signed!, text: '{"types":{}}' } },
      { ...honest, signed: { ...honest.signed!, text: 'no JSON' } },
    ]);
    expect(report.problems.map(({ what }) => what)).toEqual(
      Array(2).fill('What was signed is no typed data.'),
    );
  });
});

function lieAs(entry: AuditEntry, params: object): AuditEntry {
  return {
    ...entry,
    params: params as AuditEntry['params'],
    paramsHash: sha256(canonicalJson(params as never)),
  };
}
