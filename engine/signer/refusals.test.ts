// Goal: a desk that lies gets no signature, and is told why: by each lie alone. How: journals that are whole and hashed and
// say what the chain, the wallets or the clock do not, a real chain with a real vault, and a witness and its key on each.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Hex, recoverAddress } from 'viem';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { standardPolicy } from '../core/policy/standardPolicy.ts';
import { directoryOf } from '../core/views/directory.ts';
import { chainFolder, openChain } from '../lab/chain/testChain.ts';
import { openVault, type TestVault } from '../lab/chain/testVault.ts';
import { LyingJournal } from '../lab/fixtures/lyingJournal.ts';
import { adoptVault } from '../lab/fixtures/vault.ts';
import type { Propose } from '../protocol/commands/firm.ts';
import type { CreditDeposit } from '../protocol/commands/settlement.ts';
import { AgentScheme } from '../protocol/enums.ts';
import { subaccountId } from '../protocol/settlement/root.ts';
import { vaultDomain } from '../protocol/settlement/vaultMessages.ts';
import { policyHash } from '../protocol/typed/actionHash.ts';
import { firmTypedData } from '../protocol/typed/firmTypedData.ts';
import { walletOf } from '../sandbox/keys.ts';
import { addressOf } from '../sandbox/people.ts';
import { sandboxVault } from '../sandbox/vault.ts';
import type { EmbeddedChain } from '../settlement/chain/embeddedChain.ts';
import { rootOfDraft } from '../settlement/roots/rootOfDraft.ts';
import { KeySigner } from '../settlement/roots/rootSigner.ts';
import { mirrorDeposits } from '../settlement/vault/mirrorDeposits.ts';
import { postRoot } from '../settlement/vault/rootPoster.ts';
import { depositLogs, depositOf } from '../settlement/vault/vaultEvents.ts';
import { HOUR_MS } from '../units/time.ts';
import type { SignerStart } from './messages.ts';
import { Signer } from './signer.ts';
import { Witness } from './witness.ts';

const NO_ROOT = `0x${'0'.repeat(64)}`;
const OWNER = addressOf('firm owner');
const ACCOUNT = 8;
const UNITS = 5_000_000;
const { lag, lead } = sandboxVault.terms;

const folder = chainFolder();
let chain: EmbeddedChain;
let vault: TestVault;
/** Deposits of the sandbox's beginning. */
let first = 0;
const open: { close(): void }[] = [];
const journals: LyingJournal[] = [];
const folders: string[] = [];

beforeAll(async () => {
  chain = await openChain(folder.dir);
  vault = await openVault(chain);
  const { engine } = journalOf().replayed();
  const { directory, accounts } = engine.state;
  const wanted = directory.deposits.map((each) => {
    const { owner } = directory.firms[accounts.columns.firm[each.account]!]!;
    return { ...each, owner };
  });
  first = wanted.length;
  await mirrorDeposits(vault.treasury, async () => [], wanted);
  await chain.settledHead();
});
afterEach(() => {
  for (const each of open.splice(0)) each.close();
  for (const journal of journals.splice(0)) journal.remove();
  for (const each of folders.splice(0)) rmSync(each, { recursive: true, force: true });
});
afterAll(async () => {
  await chain.stop();
  folder.remove();
});

function journalOf(timeMs = Date.now()): LyingJournal {
  const journal = new LyingJournal().at(timeMs);
  journals.push(journal);
  return journal;
}

/** The sandbox with its vault, as long as nothing is a lie. */
function adopted(timeMs?: number): LyingJournal {
  const journal = journalOf(timeMs);
  journal.write(adoptVault(first));
  return journal;
}

const cut = (journal: LyingJournal, epoch = 1, parent = NO_ROOT) =>
  journal.write({ kind: 'CutRoot', epoch, parent });

function ownFolder(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'ballast-own-'));
  folders.push(dir);
  return dir;
}

function signerOn(journal: LyingJournal, ownDir = ownFolder()): { signer: Signer; witness: Witness } {
  const key = walletOf('first root signer').getHdKey().privateKey!;
  const start: SignerStart = {
    type: 'start',
    role: 'signer',
    key: `0x${Buffer.from(key).toString('hex')}`,
    ...{ dir: journal.dir, ownDir, chainDir: folder.dir },
    ...{ chainId: chain.chainId, vault: vault.places.vault, lagS: lag, leadS: lead },
  };
  const witness = new Witness(start, () => undefined);
  witness.chain.url = chain.url;
  void witness.run();
  open.push(witness);
  return { signer: new Signer(start, witness), witness };
}

/** Asks for the root that the journal itself makes. */
async function signed(journal: LyingJournal, seq: number, on = signerOn(journal)): Promise<string> {
  await on.witness.reach(seq, 20_000);
  const root = on.witness.book.rootAt(seq);
  if (root === undefined) throw new Error('the journal has no such root');
  const { epoch, parent, digest } = root;
  const signature = await on.signer.sign({ epoch, parent, seq, digest });
  const signer = await recoverAddress({ hash: digest as Hex, signature });
  expect(signer.toLowerCase()).toBe(addressOf('first root signer'));
  return signature;
}

function credit(change: Partial<CreditDeposit> = {}): CreditDeposit {
  const terms = {
    account: ACCOUNT,
    asset: 'USDC',
    amount: UNITS,
    id: first,
    sub: subaccountId(OWNER, ACCOUNT),
  };
  return { kind: 'CreditDeposit', reference: `vault deposit ${first}`, ...terms, ...change };
}

test('an honest journal’s root is signed, and the same one again', async () => {
  const journal = adopted();
  const seq = cut(journal);
  const on = signerOn(journal);
  expect(await signed(journal, seq, on)).toBe(await signed(journal, seq, on));
});

test('a root that its own replay does not make is not signed', async () => {
  const journal = adopted();
  const seq = cut(journal);
  const { signer } = signerOn(journal);
  const request = { epoch: 1, parent: NO_ROOT, seq, digest: `0x${'7'.repeat(64)}` };
  await expect(signer.sign(request)).rejects.toThrow(`makes root 1 at seq ${seq} another one`);
  await expect(signer.sign({ ...request, seq: seq - 1 })).rejects.toThrow('has no root 1');
  await expect(signer.sign({ ...request, seq: seq + 9 })).rejects.toThrow(`is asked about seq ${seq + 9}`);
});

test('(c) leaves that do not add up to what the vault has', async () => {
  const journal = journalOf();
  journal.write(credit({ id: undefined, sub: undefined, amount: 1 }));
  journal.write(adoptVault(first + 1));
  const seq = cut(journal);
  await expect(signed(journal, seq)).rejects.toThrow(
    /adds up to \d+ units of asset 0, and the vault’s first/,
  );
});

describe('(a) a deposit', () => {
  test('that the vault does not have', async () => {
    const journal = adopted();
    const credited = journal.write(credit());
    const seq = cut(journal);
    await expect(signed(journal, seq)).rejects.toThrow(
      `Deposit ${first}, credited at seq ${credited}, is not in the vault.`,
    );
  });

  test('that is not final yet, and once it is, that is of more, or of somebody else', async () => {
    await vault.treasury.fund(0, BigInt(UNITS));
    const { block } = await vault.reader.state(await chain.settledHead());
    await vault.treasury.deposit({ owner: OWNER, account: ACCOUNT, asset: 0, amount: UNITS });
    const honest = adopted();
    honest.write(credit());
    const seq = cut(honest);
    const on = signerOn(honest);
    if (chain.finalBlock?.number === block.number)
      await expect(signed(honest, seq, on)).rejects.toThrow('is not in the vault');
    await chain.settledHead();
    await signed(honest, seq, on);

    const more = adopted();
    more.write(credit({ amount: UNITS + 1 }));
    await expect(signed(more, cut(more))).rejects.toThrow(
      new RegExp(`Deposit ${first} is ${UNITS} units of asset 0 .* credited at seq \\d+ as ${UNITS + 1}`),
    );
    const other = adopted();
    other.write(credit({ account: ACCOUNT + 1, sub: subaccountId(OWNER, ACCOUNT + 1) }));
    await expect(signed(other, cut(other))).rejects.toThrow(/ for 0x\S+ in the vault, and was credited/);
  });
});

test('a withdrawal that the journal calls paid and the vault has not paid, until the journal says otherwise', async () => {
  const owner = addressOf('deployer');
  await vault.treasury.fund(0, BigInt(UNITS));
  await vault.treasury.deposit({ owner, account: 0, asset: 0, amount: UNITS });
  await chain.settledHead();
  const head = await chain.settledHead();
  const deposits = (await depositLogs(chain, vault.places.vault, 0, head.number)).map(depositOf);
  const journal = adopted();
  // Those of the tests before it, then one that no account can take: it goes back as a withdrawal.
  for (const { id, sub, amount } of deposits.slice(first)) {
    const account = sub === subaccountId(OWNER, ACCOUNT) ? ACCOUNT : -1;
    journal.write(credit({ id, sub, amount, account, reference: `vault deposit ${id}` }));
  }
  expect(journal.replayed().engine.state.directory.settlement.withdrawals).toMatchObject([{ nonce: 1 }]);
  const paid = journal.write({ kind: 'SettleWithdrawal', nonce: 1, block: 1 });
  const on = signerOn(journal);
  await expect(signed(journal, cut(journal), on)).rejects.toThrow(
    `Withdrawal 1, paid by the journal at seq ${paid}, is not paid by the vault.`,
  );
  journal.write({ kind: 'ReopenWithdrawal', nonce: 1 });
  await signed(journal, cut(journal), on);
});

test('a payment by demand that no owner made of the vault', async () => {
  const journal = adopted();
  const head = await chain.settledHead();
  const seq = journal.write({
    ...{ kind: 'ServeDemand', account: ACCOUNT, asset: 'USDC', amount: UNITS },
    ...{ block: head.number, missing: UNITS, asOf: head.number },
  });
  expect(journal.replayed().accepted.has(seq)).toBe(true);
  await expect(signed(journal, cut(journal))).rejects.toThrow(
    `The demand served at seq ${seq} was never made of the vault: ${subaccountId(OWNER, ACCOUNT)} has none`,
  );
});

describe('(b) a command of a wallet', () => {
  const command: Propose = {
    kind: 'Propose',
    firm: 1,
    action: { kind: 'OpenNode', parent: 0, label: 'Carry', isAccount: false },
    terms: { policyHash: policyHash(standardPolicy.rules), seqMin: 1, deadlineMs: Date.now() + 3_600_000 },
  };
  const wallet = addressOf('portfolio manager');

  /** As the door lets it in, but for who signed and what. */
  async function proposed(
    journal: LyingJournal,
    by: 'portfolio manager' | 'trader',
    signs: Propose = command,
  ) {
    const view = directoryOf(journal.replayed().engine);
    const nonce = Date.now();
    const actor = view.agents.findIndex(({ publicKey }) => publicKey === wallet) + 1;
    const typedData = firmTypedData(view, signs, { wallet, nonce })!;
    const signature = await walletOf(by).signTypedData(typedData as never);
    const proof = {
      scheme: 'eip712',
      key: wallet,
      signature,
      signedText: JSON.stringify(typedData),
    } as const;
    return { actor, nonce, proof };
  }

  /** The engine looks at no signature. */
  function taken(journal: LyingJournal, seq: number): void {
    expect(journal.replayed().accepted.has(seq)).toBe(true);
  }

  test('that the engine refused leaves no trace, whoever signed it', async () => {
    const journal = adopted();
    const unknown = { ...command, action: { ...command.action, parent: 999_999 } } as Propose;
    const seq = journal.write(unknown, await proposed(journal, 'trader', unknown));
    expect(journal.replayed().accepted.has(seq)).toBe(false);
    await signed(journal, cut(journal));
  });

  test('that its wallet signed is no hindrance', async () => {
    const journal = adopted();
    taken(journal, journal.write(command, await proposed(journal, 'portfolio manager')));
    await signed(journal, cut(journal));
  });

  test('that somebody else signed', async () => {
    const journal = adopted();
    const seq = journal.write(command, await proposed(journal, 'trader'));
    await expect(signed(journal, cut(journal))).rejects.toThrow(
      `The Propose at seq ${seq} is not signed by ${wallet}.`,
    );
  });

  test('that was signed with another name in it', async () => {
    const journal = adopted();
    const other = { ...command, action: { ...command.action, label: 'Basis 2' } } as Propose;
    const seq = journal.write(command, await proposed(journal, 'portfolio manager', other));
    await expect(signed(journal, cut(journal))).rejects.toThrow(
      `The text a wallet signed is not the Propose at seq ${seq}.`,
    );
  });

  test('that nobody signed, nor anything later', async () => {
    const journal = adopted();
    const { actor, nonce } = await proposed(journal, 'portfolio manager');
    const seq = journal.write(command, { actor, nonce });
    await expect(signed(journal, cut(journal))).rejects.toThrow(
      `The Propose at seq ${seq} has no wallet’s signature.`,
    );
    const later = cut(journal);
    await expect(signed(journal, later)).rejects.toThrow(`seq ${seq} has no wallet’s signature`);
  });

  test('that the desk gives itself once there is a vault', async () => {
    const journal = adopted();
    const seq = journal.write({
      ...{ kind: 'ApproveAgent', member: addressOf('trader'), scheme: AgentScheme.ed25519, accounts: [] },
      ...{ publicKey: 'cd'.repeat(32), expiresAtMs: Date.now() + HOUR_MS, nonce: Date.now() },
    });
    taken(journal, seq);
    await expect(signed(journal, cut(journal))).rejects.toThrow(
      `The ApproveAgent at seq ${seq} has no wallet’s`,
    );
  });

  test('that a contract is said to have signed which is none, at a block the chain still has or not', async () => {
    const block = await chain.settledHead();
    for (const hash of [block.hash, `0x${'4'.repeat(64)}`]) {
      const journal = adopted();
      const by = await proposed(journal, 'trader');
      const proof = { ...by.proof, scheme: 'eip1271', block: { ...block, hash } } as const;
      const seq = journal.write(command, { ...by, proof });
      await expect(signed(journal, cut(journal))).rejects.toThrow(
        `The contract ${wallet} does not take the signature at seq ${seq}: noCode.`,
      );
    }
  });

  test('that is signed in the name of another', async () => {
    const journal = adopted();
    const by = await proposed(journal, 'portfolio manager');
    const seq = journal.write(command, { ...by, proof: { ...by.proof, key: addressOf('trader') } });
    await expect(signed(journal, cut(journal))).rejects.toThrow(
      `The wallet at seq ${seq} is not the actor’s.`,
    );
  });
});

describe('(d) a root of a time', () => {
  test('that the vault would not take any more', async () => {
    const journal = adopted(Date.now() - (lag + 20) * 1_000);
    await expect(signed(journal, cut(journal))).rejects.toThrow(/Root 1 is of a time 1[4-9]\d s behind/);
  });

  test('that has not come yet', async () => {
    const journal = adopted(Date.now() + (lead + 30) * 1_000);
    await expect(signed(journal, cut(journal))).rejects.toThrow(/s ahead of this machine’s clock/);
  });
});

test('a root on another one than the vault’s last', async () => {
  const journal = adopted();
  cut(journal);
  const seq = cut(journal, 2, `0x${'5'.repeat(64)}`);
  await expect(signed(journal, seq)).rejects.toThrow(/Root 2 is on 0x55555555…, and the vault’s root 1 is/);
});

describe('(e) two roots that could prove a signer false', () => {
  test('of them one is signed, after a kill as well, until the vault has rejected it', async () => {
    const journal = adopted();
    const one = cut(journal);
    const ownDir = ownFolder();
    await signed(journal, one, signerOn(journal, ownDir));
    const other = cut(journal);
    const refused = /has signed another root 1 on the same parent, 0 s apart/;
    await expect(signed(journal, other, signerOn(journal, ownDir))).rejects.toThrow(refused);
    // The one that was signed is posted, and a guardian takes it back.
    const draft = journal.replayed().drafts.find(({ seq }) => seq === one)!;
    const domain = vaultDomain(chain.chainId, vault.places.vault);
    const roles = ['first root signer', 'second root signer'] as const;
    const signatures = roles.map((role) => new KeySigner(walletOf(role), domain).sign(draft));
    await postRoot(
      vault.deployer,
      vault.places.vault,
      rootOfDraft(draft, domain),
      await Promise.all(signatures),
    );
    await vault.reject(1);
    await chain.settledHead();
    await signed(journal, other, signerOn(journal, ownDir));
  });
});
