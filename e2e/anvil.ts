import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Hex } from 'viem';

/**
 * The chain's own program behind a desk, asked past the desk's door: what no page may ask for, such as to move its clock.
 * It draws a port and an address of this machine that nobody is told, so it is found among the desk's processes.
 */
export interface Anvil {
  ask(method: string, params?: readonly unknown[]): Promise<unknown>;
  /** Moves the chain's clock forward, and makes a block at that time. */
  warp(seconds: number): Promise<void>;
  /** Puts code before a contract's own that lets no transfer pass, until the returned function takes it away. */
  refuseTransfers(token: string): Promise<() => Promise<void>>;
}

/** @param pid of the desk @fails on a system without /proc, and when the desk runs no chain */
export function anvilOf(pid: number): Anvil {
  const url = listeningUrl(programOf(pid));
  const ask: Anvil['ask'] = async (method, params = []) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const { result, error } = (await answer.json()) as { result?: unknown; error?: { message: string } };
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  };
  return {
    ask,
    warp: async (seconds) => {
      await ask('evm_increaseTime', [seconds]);
      await ask('evm_mine');
    },
    refuseTransfers: async (token) => {
      const code = (await ask('eth_getCode', [token, 'latest'])) as Hex;
      await ask('anvil_setCode', [COPY, code]);
      await ask('anvil_setCode', [token, BEHIND_A_REFUSAL]);
      return async () => {
        await ask('anvil_setCode', [token, code]);
      };
    },
  };
}

/** Where the contract's own code goes while something stands before it. */
const COPY = `0x${'c0de'.repeat(10)}`;

/** Reverts where the call is transfer(address,uint256); everything else runs as the code at `COPY` does, on its own storage. */
const BEHIND_A_REFUSAL = [
  '0x6000', // PUSH1 0
  '35', // CALLDATALOAD
  '60e01c', // PUSH1 224, SHR: the selector
  '63a9059cbb14', // PUSH4 transfer, EQ
  '6045', // PUSH1 to the refusal
  '57', // JUMPI
  '3660006000', // CALLDATASIZE, 0, 0
  '37', // CALLDATACOPY
  '60006000366000', // no place for an answer, all that was copied
  `73${COPY.slice(2)}`, // PUSH20 the copy
  '5af4', // GAS, DELEGATECALL
  '3d60006000', // RETURNDATASIZE, 0, 0
  '3e', // RETURNDATACOPY
  '6040', // PUSH1 to the answer
  '57', // JUMPI
  '3d6000fd', // REVERT with what it said
  '5b3d6000f3', // JUMPDEST, RETURN what it said
  '5b60006000fd', // JUMPDEST, REVERT
].join('');

/** The chain's program among all that the desk's process started. */
function programOf(desk: number): number {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const parents = new Map(all.map((name) => [Number(name), parentOf(name)]));
  const isOfDesk = (pid: number | undefined): boolean =>
    pid === desk || (pid !== undefined && pid > 1 && isOfDesk(parents.get(pid)));
  const found = all.map(Number).find((pid) => isOfDesk(pid) && nameOf(pid) === 'anvil');
  if (found === undefined) throw new Error(`The desk ${desk} runs no chain.`);
  return found;
}

function parentOf(pid: string): number | undefined {
  const stat = read(`/proc/${pid}/stat`);
  return stat === undefined ? undefined : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function nameOf(pid: number): string | undefined {
  return read(`/proc/${pid}/comm`)?.trim();
}

/** Its one socket that listens, by the table of the system. */
function listeningUrl(pid: number): string {
  const sockets = readdirSync(`/proc/${pid}/fd`).map((fd) => linkOf(`/proc/${pid}/fd/${fd}`));
  for (const line of (read('/proc/net/tcp') ?? '').split('\n').slice(1)) {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    if (state !== '0A' || !sockets.includes(`socket:[${inode}]`)) continue;
    const [address = '', port = ''] = local.split(':');
    const bytes = address.match(/../g)!.reverse();
    return `http://${bytes.map((each) => Number.parseInt(each, 16)).join('.')}:${Number.parseInt(port, 16)}`;
  }
  throw new Error(`The chain of process ${pid} listens nowhere.`);
}

/** A process may end while it is looked at. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function linkOf(file: string): string | undefined {
  try {
    return readlinkSync(file);
  } catch {
    return undefined;
  }
}
