// Goal: a wallet is asked to sign only what could move, a signature of no use makes way for an allowance, and a person's no
// stays a no. How: a wallet that answers from a script.
import { encodeErrorResult, type Hex } from 'viem';
import { expect, test } from 'vitest';
import { signStep } from './signStep.ts';
import { type SignedStep, TransactionRefusal } from './transactions.ts';
import { tokenAbi, vaultAbi } from './vaultAbi.ts';

const from = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8';
const step: SignedStep = {
  ...{ name: 'Deposit', effects: ['Moves it.'], to: '0x1' },
  signature: {
    typedData: { primaryType: 'Permit' },
    trial: { to: '0x2', data: '0xaa' },
    dataOf: (signature) => (signature === '0x' ? undefined : `0xbb${signature.slice(2)}`),
    instead: [],
  },
};

/** @param calls what eth_call says of each data; an Error is thrown */
function walletOf(calls: Record<string, Error>, signed: string | Error = '0xcc') {
  const asked: string[] = [];
  const request = async ({ method, params = [] }: { method: string; params?: readonly unknown[] }) => {
    if (method === 'eth_signTypedData_v4') {
      asked.push(`sign ${params[0]} ${params[1]}`);
      if (signed instanceof Error) throw signed;
      return signed;
    }
    if (method !== 'eth_call') return method === 'eth_getBalance' ? '0xffff' : '0x2';
    const { data } = params[0] as { data: string };
    asked.push(`try ${data}`);
    if (calls[data] !== undefined) throw calls[data];
    return '0x';
  };
  return { request, asked };
}

const reverted = (data: Hex) => Object.assign(new Error('execution reverted'), { data });
const tooLittle = reverted(
  encodeErrorResult({
    abi: tokenAbi,
    errorName: 'ERC20InsufficientAllowance',
    args: [from, 0n, 5n],
  }),
);
const paused = reverted(encodeErrorResult({ abi: vaultAbi, errorName: 'IsPaused' }));
const refused = (code: number) => Object.assign(new Error('no'), { code });

test('it is tried without a signature, signed, and tried with it', async () => {
  const wallet = walletOf({});
  let told = 0;
  const made = await signStep(wallet, from, step, () => {
    told += 1;
    expect(wallet.asked).toEqual(['try 0xaa']);
  });
  expect(made).toEqual({ name: 'Deposit', effects: ['Moves it.'], to: '0x1', data: '0xbbcc' });
  expect(wallet.asked).toEqual(['try 0xaa', `sign ${from} {"primaryType":"Permit"}`, 'try 0xbbcc']);
  expect(told).toBe(1);
});

test('what could not move is refused before anybody is asked to sign', async () => {
  const wallet = walletOf({ '0xaa': reverted('0x') });
  await expect(signStep(wallet, from, step, () => undefined)).rejects.toBeInstanceOf(TransactionRefusal);
  expect(wallet.asked).toEqual(['try 0xaa']);
});

test.each<[string, ReturnType<typeof walletOf>]>([
  ['a token does not take', walletOf({ '0xbbcc': tooLittle })],
  ['a token refuses in words of its own', walletOf({ '0xbbcc': new Error('transfer exceeds allowance') })],
  ['is none of a key', walletOf({}, '0x')],
  ['a wallet cannot make', walletOf({}, refused(4200))],
])('a signature that %s makes way for an allowance', async (_, wallet) => {
  expect(await signStep(wallet, from, step, () => undefined)).toBeUndefined();
});

test('a refusal that is about something else than the allowance stays one', async () => {
  const wallet = walletOf({ '0xbbcc': paused });
  await expect(signStep(wallet, from, step, () => undefined)).rejects.toThrow(
    'A guardian has paused the vault.',
  );
});

test.each([
  [4001, 'wallet.rejected'],
  [-32002, 'wallet.busy'],
])('who answers %i is not asked in another way', async (code, said) => {
  const wallet = walletOf({}, refused(code));
  await expect(signStep(wallet, from, step, () => undefined)).rejects.toMatchObject({ code: said });
});
