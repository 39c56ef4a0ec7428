// Goal: a root that counts more deposits than one transaction can is posted all the same, also by a desk that is killed in
// between. How: the real vault, a root of five deposits, two summed up at once, a sender that falls after its first.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chainFolder, openChain } from '../../lab/chain/testChain.ts';
import { openVault, type TestVault } from '../../lab/chain/testVault.ts';
import { subaccountId } from '../../protocol/settlement/root.ts';
import { vaultDomain } from '../../protocol/settlement/vaultMessages.ts';
import { walletOf } from '../../sandbox/keys.ts';
import { addressOf } from '../../sandbox/people.ts';
import { sandboxVault } from '../../sandbox/vault.ts';
import type { EmbeddedChain } from '../chain/embeddedChain.ts';
import { rootOfDraft } from '../roots/rootOfDraft.ts';
import { KeySigner } from '../roots/rootSigner.ts';
import { postRoot } from './rootPoster.ts';
import type { Sender } from './sender.ts';

const UNITS = 5_000_000;
const COUNT = 5;
const AT_ONCE = 2;
const word = (digit: string) => `0x${digit.repeat(64)}`;
const folder = chainFolder();
let chain: EmbeddedChain;
let vault: TestVault;

beforeAll(async () => {
  chain = await openChain(folder.dir);
  vault = await openVault(chain);
  await vault.treasury.fund(0, BigInt(COUNT * UNITS));
  for (let made = 0; made < COUNT; made++)
    await vault.treasury.deposit({ owner: addressOf('firm owner'), account: 8, asset: 0, amount: UNITS });
});
afterAll(async () => {
  await chain.stop();
  folder.remove();
});

test('deposits are summed up in parts before their root is posted, and gone on with by the next who posts it', async () => {
  const domain = vaultDomain(chain.chainId, vault.places.vault);
  const sum = BigInt(COUNT * UNITS);
  const entitled = sandboxVault.assets.map((_, asset) => (asset === 0 ? sum : 0n));
  const draft = {
    ...{ epoch: 1, parent: word('0'), seq: 10, timeMs: Date.now(), depositCursor: COUNT },
    ...{ stateHash: word('1'), journalHead: word('2'), metaHash: word('3') },
    leaves: [{ sub: subaccountId(addressOf('firm owner'), 8), detail: word('d'), entitled }],
    withdrawals: [],
  };
  const roles = ['first root signer', 'second root signer'] as const;
  const signatures = await Promise.all(
    roles.map((role) => new KeySigner(walletOf(role), domain).sign(draft)),
  );
  const said: string[] = [];
  const falling = {
    chain,
    send: async (transaction: Parameters<Sender['send']>[0]) => {
      if (said.length === 1) throw new Error('killed');
      said.push(transaction.what);
      return await vault.deployer.send(transaction);
    },
  } as unknown as Sender;
  const post = (sender: Sender) =>
    postRoot(sender, vault.places.vault, rootOfDraft(draft, domain), signatures, AT_ONCE);
  await expect(post(falling)).rejects.toThrow('killed');
  const countedUpTo = async () => Number(await vault.reader.ask('counted', []));
  expect([said, await countedUpTo()]).toEqual([['Counting deposits of root 1'], 2]);
  const nonce = await vault.deployer.nonce();
  await post(vault.deployer);
  expect([(await vault.deployer.nonce()) - nonce, await countedUpTo()]).toEqual([2, COUNT]);
  expect(await vault.reader.ask('credited', [0n])).toBe(sum);
  expect(await vault.reader.ask('last', [])).toBe(1n);
});
