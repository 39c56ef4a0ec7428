/**
 * What a page may ask of the chain: reads that leave nothing behind, and a transaction somebody has signed. Everything else
 * (the chain's own controls, keys it holds, filters it would have to keep, traces) is refused, what is not known too.
 */
export const allowedMethods: ReadonlySet<string> = new Set([
  'eth_blockNumber',
  'eth_blobBaseFee',
  'eth_call',
  'eth_chainId',
  'eth_createAccessList',
  'eth_estimateGas',
  'eth_feeHistory',
  'eth_gasPrice',
  'eth_getBalance',
  'eth_getBlockByHash',
  'eth_getBlockByNumber',
  'eth_getBlockReceipts',
  'eth_getBlockTransactionCountByHash',
  'eth_getBlockTransactionCountByNumber',
  'eth_getCode',
  'eth_getLogs',
  'eth_getProof',
  'eth_getStorageAt',
  'eth_getTransactionByBlockHashAndIndex',
  'eth_getTransactionByBlockNumberAndIndex',
  'eth_getTransactionByHash',
  'eth_getTransactionCount',
  'eth_getTransactionReceipt',
  'eth_maxPriorityFeePerGas',
  'eth_sendRawTransaction',
  'eth_syncing',
  'net_listening',
  'net_version',
  'web3_clientVersion',
]);

const SENDING = 'eth_sendRawTransaction';

export function isSending(method: string): boolean {
  return method === SENDING;
}

/** Methods that run code, which runs as long as it is given gas for. */
const running: ReadonlySet<string> = new Set(['eth_call', 'eth_estimateGas', 'eth_createAccessList']);

/**
 * The parameters as they are passed on. The embedded chain takes any gas it is told, and a loop with 2^48 of it keeps a
 * processor busy for days, so code never gets more than a block's.
 *
 * @returns undefined when they are not of a shape whose gas can be seen
 */
export function boundedParams(
  method: string,
  params: readonly unknown[],
  gasMax: number,
): readonly unknown[] | undefined {
  if (!running.has(method)) return params;
  const [transaction, ...rest] = params;
  if (typeof transaction !== 'object' || transaction === null || Array.isArray(transaction)) return undefined;
  const { gas, gasLimit, ...terms } = transaction as Record<string, unknown>;
  const wanted = gas ?? gasLimit ?? gasMax;
  const count = typeof wanted === 'string' || typeof wanted === 'number' ? Number(wanted) : Number.NaN;
  if (!(count >= 0)) return undefined;
  return [{ ...terms, gas: `0x${Math.floor(Math.min(count, gasMax)).toString(16)}` }, ...rest];
}
