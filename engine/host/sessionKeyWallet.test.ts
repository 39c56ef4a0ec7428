// Goal: a person whose wallet is a contract may let a session key of it agree for them. It counts as that person, once, for
// as long as the contract takes it. How: the whole desk with its real chain, an admin with a wallet that delegates.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SessionKeyWallet } from '../lab/chain/sessionKeyWallet.ts';
import { personOf, until } from '../lab/chain/testChain.ts';
import { FirmPerson } from '../lab/firmPerson.ts';
import type { Action } from '../protocol/commands/actions.ts';
import { Role } from '../protocol/enums.ts';
import type { ProposalView } from '../protocol/views/directory.ts';
import { boot, type RunningDesk } from './boot.ts';
import { readConfig } from './config.ts';

const FIRM = 1;
const [MAKER, ADMIN, SECOND_ADMIN] = [4, 8, 14];
/** Nobody of the sandbox: keys in a browser. */
const [SESSION_KEY, OTHER_KEY] = [31, 32];
const OWNER = 18;

let dir: string;
let running: RunningDesk;
let wallet: SessionKeyWallet;
let maker: FirmPerson;
let session: FirmPerson;
let open: ProposalView;
let serial = 0;

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-session-key-'));
  const env = {
    PORT: '0',
    BALLAST_DATA: dir,
    BALLAST_PAGES: 'off',
    BALLAST_RECORDS: 'off',
    BALLAST_SIGNERS: 'inside',
  };
  const config = readConfig(['--pace', 'paused'], { ...env, BALLAST_CHAIN: 'embedded' });
  running = await boot(config, (sentence) => {
    throw new Error(sentence);
  });
  const chain = running.desk.chain.embedded();
  await until(
    () => chain.status === 'ok',
    () => chain.sentence,
  );
  wallet = await SessionKeyWallet.deploy(chain, OWNER);
  await wallet.delegate(SESSION_KEY);
  await link(ADMIN, wallet.address);
  maker = await FirmPerson.signIn(running.address, MAKER);
  session = await FirmPerson.signInWith(running.address, wallet.accountOf(SESSION_KEY));
});

afterAll(async () => {
  await running.stop();
  rmSync(dir, { recursive: true, force: true, maxRetries: 9 });
});

/** Something that waits for two admins. */
beforeEach(async () => {
  serial += 1;
  const address = `0x${serial.toString(16).padStart(40, '5')}`;
  const label = `New ${serial}`;
  const action: Action = { kind: 'AdmitMember', address, role: Role.auditor, label, nodes: [] };
  const proposal = await maker.ask(action);
  open = (await maker.proposals()).find((each) => each.proposal === proposal)!;
});

async function link(personIndex: number, address: string): Promise<void> {
  const { desk } = running;
  const [member] = desk.names!.membersByAddress.get(personOf(personIndex).address.toLowerCase())!;
  const action = { kind: 'LinkWallet', member: member!.member, address } as const;
  const { results } = await desk.gateway.submitSystem({ kind: 'Propose', firm: FIRM, action });
  if (results[0]?.status === 'refused') throw new Error(results[0].error.message);
}

const approversOf = async () => {
  const { approvals } = (await maker.proposals()).find(({ proposal }) => proposal === open.proposal)!;
  return approvals.map(({ member }) => running.desk.names!.view.members[member]!.label);
};
const withKey = (key: number) => session.signedBy(wallet.accountOf(key));

test('a session key of the contract agrees, and it is the person who has agreed', async () => {
  expect((await session.decide(open)).status).toBe(200);
  expect(await approversOf()).toEqual(['Admin 1']);
});

test('the person counts once, whether by session key, another one, the owner’s key or a wallet of their own', async () => {
  await wallet.delegate(OTHER_KEY);
  expect((await session.decide(open)).status).toBe(200);
  const byKey = await FirmPerson.signIn(running.address, ADMIN);
  for (const again of [withKey(SESSION_KEY), withKey(OTHER_KEY), withKey(OWNER), byKey])
    expect((await again.decide(open)).body.error?.code).toBe('approval.repeated');
  expect(await approversOf()).toEqual(['Admin 1']);
  const second = await FirmPerson.signIn(running.address, SECOND_ADMIN);
  expect((await second.decide(open)).status).toBe(200);
  expect(await approversOf()).toEqual(['Admin 1', 'Admin 2']);
});

test('a key that the contract takes no more agrees to nothing; the owner still does', async () => {
  await wallet.delegate(SESSION_KEY, 0);
  const refused = await session.decide(open);
  expect(refused.body.error?.code).toBe('signature.invalid');
  expect(refused.body.error?.message).toMatch(/The contract refused it at block \d+\.$/);
  await expect(FirmPerson.signInWith(running.address, wallet.accountOf(SESSION_KEY))).rejects.toThrow();
  expect(await approversOf()).toEqual([]);
  expect((await withKey(OWNER).decide(open)).status).toBe(200);
  expect(await approversOf()).toEqual(['Admin 1']);
});

test('what it agreed to before it was taken back stays agreed to, and is not undone by taking it back', async () => {
  await wallet.delegate(SESSION_KEY);
  expect((await session.decide(open)).status).toBe(200);
  await wallet.delegate(SESSION_KEY, 0);
  expect(await approversOf()).toEqual(['Admin 1']);
});

test('a key whose time has run out, one that was never let, and one of a twin are refused', async () => {
  await wallet.delegate(SESSION_KEY, 1);
  const twin = await SessionKeyWallet.deploy(running.desk.chain.embedded(), OWNER);
  await twin.delegate(OTHER_KEY);
  const ofTwin = { ...twin.accountOf(OTHER_KEY), address: wallet.address };
  for (const nobody of [withKey(SESSION_KEY), withKey(33), session.signedBy(ofTwin)])
    expect((await nobody.decide(open)).body.error?.code).toBe('signature.invalid');
  expect(await approversOf()).toEqual([]);
});
