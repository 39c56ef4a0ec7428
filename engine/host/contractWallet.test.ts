// Goal: somebody's wallet may be a contract: what it signs counts like anybody's, is journalled with the block it was asked
// at, and nothing takes it for a key's. How: the whole desk with its real chain; wallets of two of three owners, one
// that is not there yet and one that says yes to everything are linked to the ops approver.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LocalAccount } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyExport } from '../../public/verify.mjs';
import { nodeDisk } from '../journal/nodeDisk.ts';
import { accountOf, deployed, OwnersWallet } from '../lab/chain/ownersWallet.ts';
import { personOf, until } from '../lab/chain/testChain.ts';
import { DeskClient } from '../lab/deskClient.ts';
import { FirmPerson } from '../lab/firmPerson.ts';
import { verifyJournal } from '../lab/verifyJournal.ts';
import type { Action } from '../protocol/commands/actions.ts';
import { Role } from '../protocol/enums.ts';
import type { AuditPageView, AuditRecord } from '../protocol/views/audit.ts';
import type { ProposalView } from '../protocol/views/directory.ts';
import { askContract } from '../settlement/wallets/contractSignature.ts';
import { boot, type RunningDesk } from './boot.ts';
import { readConfig } from './config.ts';
import { FirmDoor } from './firmDoor.ts';

const FIRM = 1;
const [MANAGER, MAKER, APPROVER, AUDITOR, ADMIN] = [2, 4, 5, 7, 8];
const OWNERS = [16, 17, 18];
const transfer: Action = { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount: 300_000_000_000 };

let dir: string;
let running: RunningDesk;
let wallet: OwnersWallet;
let contract: FirmPerson;
let manager: FirmPerson;
let approver: FirmPerson;

async function open(chain: 'embedded' | 'off'): Promise<RunningDesk> {
  const quiet = {
    PORT: '0',
    BALLAST_DATA: dir,
    BALLAST_PAGES: 'off',
    BALLAST_RECORDS: 'off',
    BALLAST_SIGNERS: 'inside',
  };
  return await boot(readConfig(['--pace', 'paused'], { ...quiet, BALLAST_CHAIN: chain }), (sentence) => {
    throw new Error(sentence);
  });
}

/** Enrols an address as one more wallet of a person of the sandbox: the command of the members' page. */
async function link(personIndex: number, address: string): Promise<void> {
  const { desk } = running;
  const [member] = desk.names!.membersByAddress.get(personOf(personIndex).address.toLowerCase())!;
  const action = { kind: 'LinkWallet', member: member!.member, address } as const;
  const { results } = await desk.gateway.submitSystem({ kind: 'Propose', firm: FIRM, action });
  if (results[0]?.status === 'refused') throw new Error(results[0].error.message);
}

/** Something that waits for an ops approver. */
async function asked(): Promise<ProposalView> {
  const proposal = await manager.ask(transfer);
  return (await approver.proposals()).find((each) => each.proposal === proposal)!;
}

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-contract-'));
  running = await open('embedded');
  const chain = running.desk.chain.embedded();
  await until(
    () => chain.status === 'ok',
    () => chain.sentence,
  );
  wallet = await OwnersWallet.deploy(chain, OWNERS, 2);
  await link(APPROVER, wallet.address);
  manager = await FirmPerson.signIn(running.address, MANAGER);
  approver = await FirmPerson.signIn(running.address, APPROVER);
  contract = await signInWith(accountOf(wallet, [16, 17]));
});

afterAll(async () => {
  await running.stop();
  rmSync(dir, { recursive: true, force: true, maxRetries: 9 });
});

const signInWith = (account: LocalAccount) => FirmPerson.signInWith(running.address, account);

test('a quorum with a contract in it: the manager asks, the contract agrees, the money moves', async () => {
  const before = await manager.usdcOf(9);
  const open = await asked();
  expect((await contract.decide(open)).status).toBe(200);
  await expect.poll(() => manager.usdcOf(9)).toBe(before + transfer.amount);
});

test('the log says which block the chain was asked at, and with what', async () => {
  const auditor = await FirmPerson.signIn(running.address, AUDITOR);
  const decided = async () => {
    const { body } = await auditor.client.get<AuditPageView>('/api/v1/audit?action=Decide.Transfer');
    return body.records as AuditRecord[];
  };
  await expect.poll(decided).toHaveLength(1);
  // Longer than a key's signature, and still joined with the session that sent it.
  expect((await decided())[0]?.actor.session).toMatch(/^[0-9a-f]{16}$/);
  const approvals = (await decided())[0]?.approvals as { contract: { blockNumber: number } }[];
  const number = approvals[0]!.contract.blockNumber;
  const chain = running.desk.chain.embedded();
  // Settlement makes blocks of its own: the one that was named is in the chain, and was final.
  const block = (await chain.call('eth_getBlockByNumber', [`0x${number.toString(16)}`, false])) as {
    hash: string;
  };
  expect(number).toBeLessThanOrEqual(chain.finalBlock!.number);
  expect(approvals).toEqual([
    {
      approver: wallet.address,
      sigHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      contract: {
        chainId: 31_337,
        blockNumber: number,
        blockHash: block.hash,
        digest: expect.stringMatching(/^0x[0-9a-f]{64}$/),
        signature: expect.stringMatching(/^0x[0-9a-f]{260}$/),
      },
    },
  ]);
});

test('too few owners, a turned decision, another chain: refused, and by whom is said', async () => {
  const open = await asked();
  const lone = contract.signedBy(accountOf(wallet, [17]));
  const refused = await lone.decide(open);
  expect(refused.body.error?.code).toBe('signature.invalid');
  expect(refused.body.error?.message).toMatch(/The contract refused it at block \d+\.$/);
  const turned = await contract.decide(open, { decision: 'approve' }, { decision: 'veto', reason: 'No.' });
  expect(turned.body.error?.code).toBe('signature.invalid');
  const elsewhere = contract.signedBy(accountOf(wallet, [16, 17], 1));
  expect((await elsewhere.decide(open)).body.error?.code).toBe('signature.invalid');
  // Nothing of it counted.
  expect((await contract.decide(open)).status).toBe(200);
});

test('who signs in with too few owners does not, nor does a contract that nobody linked', async () => {
  const few = new DeskClient(running.address);
  await expect(few.signIn(accountOf(wallet, [16]))).rejects.toThrow();
  expect((await few.get('/api/v1/session')).body.error?.code).toBe('session.required');
  const chain = running.desk.chain.embedded();
  const foreign = await OwnersWallet.deploy(chain, OWNERS, 2);
  await expect(signInWith(accountOf(foreign, [16, 17]))).rejects.toThrow();
});

test('what was sent once is not taken again', async () => {
  const open = await asked();
  const sent = await contract.decisionOf(open);
  const path = `/api/v1/proposals/${open.proposal}/decision`;
  expect((await contract.client.post(path, sent)).status).toBe(200);
  const other = await asked();
  const again = await contract.client.post(`/api/v1/proposals/${other.proposal}/decision`, sent);
  expect(again.body.error?.code).toBe('signature.invalid');
  expect((await contract.client.post(path, sent)).body.error?.code).toBe('proposal.unknown');
});

test('a contract is one person’s wallet: who agreed with it does not agree again with a key', async () => {
  const own = await OwnersWallet.deploy(running.desk.chain.embedded(), OWNERS, 1);
  await link(ADMIN, own.address);
  const maker = await FirmPerson.signIn(running.address, MAKER);
  const byContract = await signInWith(accountOf(own, [18]));
  const byKey = await FirmPerson.signIn(running.address, ADMIN);
  const address = `0x${'5a'.repeat(20)}`;
  const proposal = await maker.ask({
    kind: 'AdmitMember',
    address,
    role: Role.auditor,
    label: 'New',
    nodes: [],
  });
  const open = (await maker.proposals()).find((each) => each.proposal === proposal)!;
  expect((await byContract.decide(open)).status).toBe(200);
  expect((await byKey.decide(open)).body.error?.code).toBe('approval.repeated');
});

test('a wallet that is not there yet agrees, and still is not there', async () => {
  const chain = running.desk.chain.embedded();
  const planned = await OwnersWallet.plan(chain, OWNERS, 2);
  await link(APPROVER, planned.address);
  const later = await signInWith(accountOf(planned, [17, 18]));
  const open = await asked();
  expect((await later.decide(open)).status).toBe(200);
  expect(await chain.call('eth_getCode', [planned.address, 'latest'])).toBe('0x');
});

test('a wallet that says yes to everything is linked in vain', async () => {
  const yes = await deployed(running.desk.chain.embedded(), 'YesWallet');
  await link(APPROVER, yes);
  const open = await asked();
  const body = { ...(await contract.decisionOf(open)), wallet: yes };
  const client = new DeskClient(running.address);
  await expect(client.signIn({ ...personOf(APPROVER), address: yes })).rejects.toThrow();
  // The door itself, past the session that it cannot get.
  const door = new FirmDoor({
    names: () => running.desk.names,
    wallets: running.desk.wallets,
    submitProven: (envelope) => running.desk.gateway.submitProven(envelope),
  });
  await expect(door.decide(open.proposal, body as never)).rejects.toMatchObject({
    error: { code: 'signature.notBinding' },
  });
});

test('an auditor with a node asks again; one without is told what only a chain can say', async () => {
  const chain = running.desk.chain.embedded();
  const alone = await verifyJournal(nodeDisk, dir);
  expect(alone.contractSignatureCount).toBeGreaterThanOrEqual(4);
  expect(alone.contractCheckedCount).toBe(0);
  const asking = await verifyJournal(nodeDisk, dir, (question) => askContract(chain, question));
  expect(asking.contractCheckedCount).toBe(alone.contractSignatureCount);
  expect(asking.signatureCount).toBe(alone.signatureCount);
  const doubting = verifyJournal(nodeDisk, dir, () => Promise.resolve('refused'));
  await expect(doubting).rejects.toThrow('does not take the signature');
});

test('an export names what was checked against the chain only, and verifies it with a node', async () => {
  const auditor = await FirmPerson.signIn(running.address, AUDITOR);
  const text = await auditor.client.getText('/api/v1/audit/export');
  const alone = await verifyExport(text);
  expect(alone).toMatchObject({ isWhole: true, contractCheckedCount: 0 });
  expect(alone.contractCount).toBeGreaterThanOrEqual(3);
  const named = alone.notChecked.filter((each) => each.includes(`${wallet.address} is a contract`));
  expect(named.length).toBeGreaterThanOrEqual(2);
  const rpc = `${running.address}/api/v1/chain/rpc`;
  const asking = await verifyExport(text, { rpc });
  expect(asking).toMatchObject({ isWhole: true, contractCheckedCount: alone.contractCount });
  expect(asking.notChecked.filter((each) => each.includes('is a contract'))).toEqual([]);
});

test('with the chain away contracts are refused with a code, and keys work', async () => {
  const open = await asked();
  await running.desk.chain.embedded().stop();
  const refused = await contract.decide(open);
  expect([refused.status, refused.body.error?.code]).toEqual([503, 'chain.unavailable']);
  expect((await approver.decide(open)).status).toBe(200);
});

test('a replay needs no chain: the next desk has none and stands where this one did', async () => {
  const balance = await manager.usdcOf(9);
  await running.stop();
  running = await open('off');
  const again = await FirmPerson.signIn(running.address, MANAGER);
  expect(await again.usdcOf(9)).toBe(balance);
  // Snapshots the desk wrote with a chain beside it are held against a replay that has none.
  expect((await verifyJournal(nodeDisk, dir)).contractSignatureCount).toBeGreaterThanOrEqual(5);
});
