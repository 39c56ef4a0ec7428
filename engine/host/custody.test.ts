// Goal: whoever works for a firm sees who keeps its wallets: which are contracts, which a custodian's machine asks for, and
// that nothing is said of them while the chain is away. How: the whole desk without pages, with its chain and without.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OwnersWallet } from '../lab/chain/ownersWallet.ts';
import { personOf, until } from '../lab/chain/testChain.ts';
import { DeskClient } from '../lab/deskClient.ts';
import { FirmPerson } from '../lab/firmPerson.ts';
import type { ErrorView } from '../protocol/errors.ts';
import type { ApprovalsView } from '../protocol/views/approvals.ts';
import type { CustodyView } from '../protocol/views/custody.ts';
import { boot, type RunningDesk } from './boot.ts';
import { readConfig } from './config.ts';

const FIRM = 1;
const [MANAGER, APPROVER, AUDITOR, OWNER, COUNTERPARTY] = [2, 5, 7, 9, 19];
const SECOND_OF_OWNER = `0x${'5e'.repeat(20)}`;

let dir: string;
let running: RunningDesk;
let wallet: OwnersWallet;

async function open(chain: 'embedded' | 'off'): Promise<RunningDesk> {
  const quiet = { BALLAST_PAGES: 'off', BALLAST_RECORDS: 'off', BALLAST_SIGNERS: 'inside' };
  const env = { PORT: '0', BALLAST_DATA: dir, BALLAST_CHAIN: chain, ...quiet };
  return await boot(readConfig(['--pace', 'paused'], env), (sentence) => {
    throw new Error(sentence);
  });
}

/** Enrols an address as one more wallet of a person of the sandbox. */
async function link(personIndex: number, address: string): Promise<void> {
  const { desk } = running;
  const [member] = desk.names!.membersByAddress.get(personOf(personIndex).address.toLowerCase())!;
  const action = { kind: 'LinkWallet', member: member!.member, address } as const;
  const { results } = await desk.gateway.submitSystem({ kind: 'Propose', firm: FIRM, action });
  expect(results[0]).toMatchObject({ status: 'done' });
}

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-custody-'));
  running = await open('embedded');
  const chain = running.desk.chain.embedded();
  await until(
    () => chain.status === 'ok',
    () => chain.sentence,
  );
  wallet = await OwnersWallet.deploy(chain, [16, 17, 18], 2);
  await link(APPROVER, wallet.address);
  const delegate = personOf(MANAGER).address;
  await chain.call('anvil_setCode', [delegate, `0xef0100${wallet.address.slice(2)}`]);
  // Final is what is saved.
  await chain.settledHead();
}, 60_000);

afterAll(async () => {
  await running.stop();
  rmSync(dir, { recursive: true, force: true, maxRetries: 9 });
});

const person = (index: number) => FirmPerson.signIn(running.address, index);

async function custodyOf(who: FirmPerson): Promise<CustodyView> {
  const { status, body } = await who.client.get<CustodyView>('/api/v1/custody');
  expect(status).toBe(200);
  return body;
}

const at = ({ addresses }: CustodyView, address: string) =>
  addresses.find((each) => each.address === address.toLowerCase());

test('a contract, a key and a key that lends code are told apart, each with whose it is', async () => {
  const manager = await person(MANAGER);
  const view = await custodyOf(manager);
  expect(view.block?.number).toBeGreaterThan(0);
  expect(view).toMatchObject({ chainId: 31_337, vault: running.desk.names!.view.vault, waitMsMax: 25_000 });
  const [approver] = running.desk.names!.membersByAddress.get(wallet.address)!;
  expect(at(view, wallet.address)).toMatchObject({ code: 'contract', member: approver.member });
  expect(at(view, personOf(APPROVER).address)).toMatchObject({ code: 'key', member: approver.member });
  expect(at(view, manager.address)?.code).toBe('delegated');
});

test('every wallet of the firm is there once, and no other firm’s', async () => {
  const { addresses } = await custodyOf(await person(AUDITOR));
  expect(new Set(addresses.map(({ address }) => address)).size).toBe(addresses.length);
  const { view } = running.desk.names!;
  const own = view.members.filter(({ firm }) => firm === FIRM).flatMap(({ wallets }) => wallets);
  expect(addresses.filter(({ member }) => member !== null).map(({ address }) => address)).toEqual(own);
  expect(at({ addresses } as CustodyView, personOf(COUNTERPARTY).address)).toBeUndefined();
});

test('who asks what waits for it is seen to listen, and when it asked last', async () => {
  const [owner, manager] = [await person(OWNER), await person(MANAGER)];
  expect(at(await custodyOf(manager), owner.address)).toMatchObject({ askedMs: null, isListening: false });
  const { body } = await owner.client.get<ApprovalsView>('/api/v1/approvals');
  expect(at(await custodyOf(manager), owner.address)?.isListening).toBe(false);
  const waiting = owner.client.get<ApprovalsView>(`/api/v1/approvals?after=${body.seq}&waitMs=20000`);
  await expect.poll(async () => at(await custodyOf(manager), owner.address)?.isListening).toBe(true);
  // Any news ends the question.
  await link(OWNER, SECOND_OF_OWNER);
  await waiting;
  const after = at(await custodyOf(manager), owner.address)!;
  expect(after.isListening).toBe(false);
  expect(Math.abs(Date.now() - after.askedMs!)).toBeLessThan(60_000);
  // Another wallet of the same person has asked nothing.
  expect(at(await custodyOf(manager), SECOND_OF_OWNER)?.askedMs).toBeNull();
});

test('it is told to members who are signed in, and to nobody else', async () => {
  const stranger = new DeskClient(running.address);
  const { status, body } = await stranger.get<{ error: ErrorView }>('/api/v1/custody');
  expect([status, body.error.code]).toEqual([401, 'session.required']);
});

test('while there is no chain nothing is said of what they are', async () => {
  await running.stop();
  running = await open('off');
  const view = await custodyOf(await person(MANAGER));
  expect(view.block).toBeNull();
  expect(view.addresses.length).toBeGreaterThan(5);
  expect(view.addresses.every(({ code }) => code === 'unknown')).toBe(true);
});
