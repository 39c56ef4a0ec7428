import type { Hex } from 'viem';
import type { HDAccount } from 'viem/accounts';
import { formatEther, hexToBigInt } from 'viem/utils';
import { spokenCall } from '../../settlement/spokenCall.ts';
import { askNode } from './node.ts';
import { SANDBOX_CHAIN_ID } from './people.ts';
import type { Field, WalletQuestion } from './prompt.ts';

/** What a page asks a wallet to send. */
export interface AskedTransaction {
  from?: string;
  to: Hex;
  data?: Hex;
  value?: Hex;
  gas?: Hex;
}

/** The same with everything a signature covers. */
export interface WholeTransaction {
  chainId: number;
  nonce: number;
  to: Hex;
  data: Hex;
  value: bigint;
  gas: bigint;
  maxFeePerGas: bigint;
  maxPriorityFeePerGas: bigint;
}

const TIP_WEI = 1_000_000_000n;

/**
 * Fills in what the page left to the wallet, from the wallet's own node.
 *
 * @fails an error of code 4901 on any other chain than the sandbox's
 */
export async function wholeTransaction(asked: AskedTransaction, from: string): Promise<WholeTransaction> {
  const chainId = Number(await askNode('eth_chainId', []));
  if (chainId !== SANDBOX_CHAIN_ID) throw Object.assign(new Error('Not a sandbox chain.'), { code: 4901 });
  const { to, data = '0x', value = '0x0' } = asked;
  const [nonce, block, gas] = await Promise.all([
    askNode('eth_getTransactionCount', [from, 'pending']),
    askNode('eth_getBlockByNumber', ['latest', false]),
    asked.gas ?? askNode('eth_estimateGas', [{ from, to, data, value }]),
  ]);
  const base = hexToBigInt((block as { baseFeePerGas: Hex }).baseFeePerGas);
  return {
    chainId,
    nonce: Number(nonce),
    to,
    data,
    value: hexToBigInt(value),
    gas: hexToBigInt(gas as Hex),
    // A base fee can double in six full blocks; more is not paid than the block asks for.
    maxFeePerGas: 2n * base + TIP_WEI,
    maxPriorityFeePerGas: TIP_WEI,
  };
}

/** What its person is shown: every value that is signed, and what the data means to whoever knows the contract. */
export function transactionQuestion(it: WholeTransaction): WalletQuestion {
  const call = spokenCall(it.data);
  const fields: Field[] = [
    { name: 'chain', value: String(it.chainId) },
    { name: 'to', value: it.to },
    { name: 'value', value: `${formatEther(it.value)} ETH` },
    { name: 'fee at most', value: `${formatEther(it.gas * it.maxFeePerGas)} ETH` },
    { name: 'nonce', value: String(it.nonce) },
  ];
  return {
    kind: 'transaction',
    fields,
    call: call?.name ?? 'data nobody here can read',
    arguments: call?.arguments ?? [{ name: 'data', value: it.data }],
  };
}

/** Signs and sends; returns the transaction's hash. */
export async function sendSigned(account: HDAccount, it: WholeTransaction): Promise<string> {
  const raw = await account.signTransaction({ ...it, type: 'eip1559' });
  return (await askNode('eth_sendRawTransaction', [raw])) as string;
}
