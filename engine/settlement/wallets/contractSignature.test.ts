// Goal: a contract's yes counts when it is its own, of exactly this text, here and now; whatever a contract does, the answer
// comes within bounds. How: honest, broken and hostile wallets on the real chain.
import {
  concat,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  keccak256,
  parseAbi,
  parseAbiParameters,
  toHex,
} from 'viem';
import { sign } from 'viem/accounts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deployed, OwnersWallet, wrapped6492 } from '../../lab/chain/ownersWallet.ts';
import { chainFolder, mined, openChain, personOf } from '../../lab/chain/testChain.ts';
import type { EmbeddedChain } from '../chain/embeddedChain.ts';
import { askContract } from './contractSignature.ts';

let folder: ReturnType<typeof chainFolder>;
let chain: EmbeddedChain;
let wallet: OwnersWallet;

const digest = keccak256(toHex('what is agreed to'));
const other = keccak256(toHex('something else'));
const owners = [5, 6, 12];
const nothing = `0x${'11'.repeat(65)}` as const;

beforeAll(async () => {
  folder = chainFolder();
  chain = await openChain(folder.dir);
  wallet = await OwnersWallet.deploy(chain, owners, 2);
});
afterAll(async () => {
  await chain.stop();
  folder.remove();
});

const ask = async (address: Hex, signature: Hex, hash: Hex = digest) =>
  await askContract(chain, { wallet: address, digest: hash, signature, block: await chain.settledHead() });

test('so many owners as it needs sign: it is the wallet’s, whoever of them', async () => {
  expect(await ask(wallet.address, await wallet.sign(digest, [5, 6]))).toBe('valid');
  expect(await ask(wallet.address, await wallet.sign(digest, [12, 5]))).toBe('valid');
  expect(await ask(wallet.address, await wallet.sign(digest, owners))).toBe('valid');
});

test.each([
  ['too few owners', [5]],
  ['nobody', []],
  ['a stranger beside an owner', [5, 7]],
])('%s is not enough', async (_, signers) => {
  expect(await ask(wallet.address, await wallet.sign(digest, signers))).toBe('refused');
});

test('one owner twice is one owner', async () => {
  const once = await wallet.sign(digest, [5]);
  expect(await ask(wallet.address, concat([once, once]))).toBe('refused');
});

test('signatures of one text are none of another', async () => {
  expect(await ask(wallet.address, await wallet.sign(other, [5, 6]))).toBe('refused');
});

test('what owners signed for one wallet is nothing to another of theirs', async () => {
  const twin = await OwnersWallet.deploy(chain, owners, 2);
  expect(await ask(twin.address, await wallet.sign(digest, [5, 6]))).toBe('refused');
});

test('what was signed for another chain is refused here', async () => {
  expect(await ask(wallet.address, await wallet.sign(digest, [5, 6], 1))).toBe('refused');
});

test('plain signatures of the owners, not for this wallet, are refused', async () => {
  const key = personOf(5).getHdKey().privateKey!;
  expect(await ask(wallet.address, await sign({ hash: digest, privateKey: toHex(key), to: 'hex' }))).toBe(
    'refused',
  );
});

test('from the block an owner is revoked in, their signature counts no more; before it did', async () => {
  const changing = await OwnersWallet.deploy(chain, owners, 2);
  const signature = await changing.sign(digest, [5, 6]);
  const before = await chain.settledHead();
  const question = { wallet: changing.address, digest, signature };
  expect(await askContract(chain, { ...question, block: before })).toBe('valid');
  const data = encodeFunctionData({
    abi: parseAbi(['function revoke(address)']),
    args: [personOf(6).address],
  });
  await mined(chain, { to: changing.address, data, personIndex: 5 });
  expect(await ask(changing.address, signature)).toBe('refused');
  // The named block is the one that is asked: an auditor finds what the desk found.
  expect(await askContract(chain, { ...question, block: before })).toBe('valid');
});

test('a block that is not there is no answer', async () => {
  const block = { number: 1, hash: keccak256(toHex('no block')) };
  await expect(
    askContract(chain, { wallet: wallet.address, digest, signature: nothing, block }),
  ).rejects.toThrow();
});

test('where no contract is, there is none', async () => {
  expect(await ask(personOf(5).address, nothing)).toBe('noCode');
  expect(await ask(`0x${'77'.repeat(20)}`, '0x')).toBe('noCode');
});

test('a wallet that says yes to everything proves nothing, whatever it is asked', async () => {
  const yes = await deployed(chain, 'YesWallet');
  expect(await ask(yes, nothing)).toBe('notBinding');
  expect(await ask(yes, '0x')).toBe('notBinding');
});

test('a yes to another hash is none to this one', async () => {
  const one = await deployed(
    chain,
    'OneDigestWallet',
    encodeAbiParameters(parseAbiParameters('bytes32'), [digest]),
  );
  expect(await ask(one, nothing)).toBe('valid');
  expect(await ask(one, nothing, other)).toBe('refused');
});

test.each([
  ['TrueWallet', undefined],
  ['ShortWallet', undefined],
  ['LoopWallet', undefined],
  ['BombWallet', true],
] as const)('%s is refused, in time', async (name, isGivingUp) => {
  const given =
    isGivingUp === undefined ? '0x' : encodeAbiParameters(parseAbiParameters('bool'), [isGivingUp]);
  const address = await deployed(chain, name, given);
  expect(await ask(address, nothing)).toBe('refused');
});

test('an answer of a megabyte is read as far as its first word', async () => {
  const bomb = await deployed(chain, 'BombWallet', encodeAbiParameters(parseAbiParameters('bool'), [false]));
  expect(await ask(bomb, nothing)).toBe('notBinding');
});

test('a wallet that is not there yet is made for the question, and is not there afterwards', async () => {
  const planned = await OwnersWallet.plan(chain, owners, 2);
  const inner = await planned.sign(digest, [5, 12]);
  expect(await ask(planned.address, inner)).toBe('noCode');
  const signature = wrapped6492(planned.making!, inner);
  expect(await ask(planned.address, signature)).toBe('valid');
  expect(await ask(planned.address, signature, other)).toBe('refused');
  expect(await ask(planned.address, wrapped6492(planned.making!, await planned.sign(digest, [5])))).toBe(
    'refused',
  );
  expect(await chain.call('eth_getCode', [planned.address, 'latest'])).toBe('0x');
  // The same signature still counts once it is there.
  await mined(chain, { to: planned.making!.factory, data: planned.making!.data });
  expect(await ask(planned.address, signature)).toBe('valid');
  expect(await ask(planned.address, inner)).toBe('valid');
});

test('a wrapper that makes something else, or is none, is refused', async () => {
  const planned = await OwnersWallet.plan(chain, [6, 12], 1);
  const inner = await planned.sign(digest, [6]);
  expect(await ask(planned.address, wrapped6492({ ...planned.making!, data: '0x' }, inner))).toBe('noCode');
  const looping = { factory: await deployed(chain, 'LoopWallet'), data: planned.making!.data };
  expect(await ask(planned.address, wrapped6492(looping, inner))).toBe('noCode');
  expect(await ask(planned.address, concat(['0x1234', `0x${'6492'.repeat(16)}`]))).toBe('refused');
});
