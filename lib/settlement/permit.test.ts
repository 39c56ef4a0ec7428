// Goal: an allowance is signed only where the token takes it, over the very words the token hashes, and read back from any
// wallet's way of writing a signature. How: a token that answers from a table, and a key that signs what it is shown.
import { encodeFunctionResult, type Hex, keccak256, recoverTypedDataAddress, stringToHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { toFunctionSelector } from 'viem/utils';
import { expect, test } from 'vitest';
import { testVault } from '../testSettlement.ts';
import { permitTypedData, readPermit, splitSignature } from './permit.ts';
import { permitAbi } from './vaultAbi.ts';

const account = privateKeyToAccount(`0x${'7'.repeat(64)}`);
const token = `0x${'a0'.repeat(20)}` as const;
const of = { chainId: 31_337, token, owner: account.address };

const domain = { name: 'USD Coin', version: '2', chainId: 31_337, verifyingContract: token };
const EMPTY = `0x${'0'.repeat(64)}` as const;

interface Facts {
  separator?: Hex;
  version?: string;
  version5267?: string;
  code?: Hex;
}

/** A token's node: what is not in the table reverts. */
function nodeOf({ separator, version, version5267, code = '0x' }: Facts) {
  const answers: Record<string, unknown> = {
    DOMAIN_SEPARATOR: separator,
    nonces: 4n,
    name: 'USD Coin',
    version,
    eip712Domain: version5267 && ['0x0f', 'USD Coin', version5267, 31_337n, token, EMPTY, []],
  };
  const request = async ({ method, params = [] }: { method: string; params?: readonly unknown[] }) => {
    if (method === 'eth_getCode') return code;
    const { data } = params[0] as { data: Hex };
    const asked = permitAbi.find((each) => toFunctionSelector(each) === data.slice(0, 10))!;
    const result = answers[asked.name];
    if (result === undefined) throw Object.assign(new Error('execution reverted'), { code: 3 });
    return encodeFunctionResult({ abi: permitAbi, functionName: asked.name, result } as never);
  };
  return { request };
}

/** As a token computes it. */

const hashOf = (text: string) => keccak256(stringToHex(text));

function separatorOf(): Hex {
  const of712 = 'EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)';
  const words = [hashOf(of712), hashOf(domain.name), hashOf(domain.version)];
  const chain = domain.chainId.toString(16).padStart(64, '0');
  const preimage = `0x${words.map((word) => word.slice(2)).join('')}${chain}${token.slice(2).padStart(64, '0')}`;
  return keccak256(preimage as Hex);
}

test.each<[string, Facts, string | undefined]>([
  ['that says its version in its own function', { version: '2' }, '2'],
  ['that says it by EIP-5267', { version5267: '2' }, '2'],
  ['whose domain is another one', { version: '1' }, undefined],
  ['that says no version', {}, undefined],
  ['whose owner is a contract', { version: '2', code: '0x6000' }, undefined],
])('a token %s', async (_, facts, version) => {
  const found = await readPermit(nodeOf({ separator: separatorOf(), ...facts }), of);
  expect(found).toEqual(version === undefined ? undefined : { domain, nonce: 4n });
});

test('a token without permits is none that can be signed for', async () => {
  expect(await readPermit(nodeOf({ version: '2' }), of)).toBeUndefined();
});

test('what the wallet signs is the owner’s, in decimal text, and comes apart into v, r and s', async () => {
  const permit = { domain, nonce: 4n, owner: account.address, spender: testVault, value: 10n ** 18n };
  const typedData = permitTypedData({ ...permit, deadlineSec: 1_800_000_000 });
  expect(typedData.message).toEqual({
    owner: account.address,
    spender: testVault,
    value: '1000000000000000000',
    nonce: '4',
    deadline: '1800000000',
  });
  const shown = JSON.parse(JSON.stringify(typedData));
  const signature = await account.signTypedData(shown);
  expect(await recoverTypedDataAddress({ ...shown, signature })).toBe(account.address);
  const { v, r, s } = splitSignature(signature)!;
  expect(`${r}${s.slice(2)}${v.toString(16)}`).toBe(signature);
  // Some wallets end it with the parity.
  expect(splitSignature(`${signature.slice(0, -2)}0${v - 27}`)).toEqual({ v, r, s });
});

test.each(['0x', '0x1234', `0x${'12'.repeat(200)}`])('%s is no signature of a key', (signature) => {
  expect(splitSignature(signature)).toBeUndefined();
});
