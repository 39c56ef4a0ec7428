/** The chain as the sandbox's wallets see it: the desk's own door to it. */
const DOOR = '/api/v1/chain/rpc';
const headers = { 'content-type': 'application/json', 'x-ballast': '1' };

let lastId = 0;

/**
 * Asks the chain, as a wallet's own node would be asked.
 *
 * @fails an error with the node's code, message and data; 4900 when the desk cannot be reached
 */
export async function askNode(method: string, params: readonly unknown[]): Promise<unknown> {
  lastId += 1;
  const body = JSON.stringify({ jsonrpc: '2.0', id: lastId, method, params });
  const answer = await reach(body);
  if (answer.error !== undefined) throw Object.assign(new Error(answer.error.message), answer.error);
  return answer.result;
}

interface NodeAnswer {
  result?: unknown;
  error?: { code: number; message: string; data?: unknown };
}

async function reach(body: string): Promise<NodeAnswer> {
  try {
    const response = await fetch(DOOR, { method: 'POST', headers, body });
    return (await response.json()) as NodeAnswer;
  } catch {
    throw Object.assign(new Error('The chain could not be reached.'), { code: 4900 });
  }
}

/** What a wallet passes on to its node: reads that concern nobody's keys. */
export const nodeReads: ReadonlySet<string> = new Set([
  'eth_blockNumber',
  'eth_call',
  'eth_estimateGas',
  'eth_feeHistory',
  'eth_gasPrice',
  'eth_getBalance',
  'eth_getBlockByHash',
  'eth_getBlockByNumber',
  'eth_getCode',
  'eth_getLogs',
  'eth_getTransactionByHash',
  'eth_getTransactionCount',
  'eth_getTransactionReceipt',
]);
