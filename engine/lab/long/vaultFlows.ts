import { decodeEventLog, decodeFunctionResult, encodeEventTopics, encodeFunctionData, type Hex } from 'viem';
import { sandboxVault } from '../../sandbox/vault.ts';
import type { EmbeddedChain } from '../../settlement/chain/embeddedChain.ts';
import type { DeployedVault } from '../../settlement/vault/deployVault.ts';
import { weiPerUnit } from '../../settlement/vault/terms.ts';
import { tokenAbi, vaultAbi } from '../../settlement/vault/vaultAbi.ts';
import { vaultLogs } from '../../settlement/vault/vaultEvents.ts';
import { assert } from '../../units/assert.ts';

/** What came into a vault and left it, in units, as its events and its tokens say. */
export interface VaultFlows {
  /** By asset. */
  readonly deposited: readonly bigint[];
  /** By subaccount, by asset. */
  readonly claimed: ReadonlyMap<string, readonly bigint[]>;
  readonly escaped: ReadonlyMap<string, readonly bigint[]>;
  readonly reclaimed: { readonly count: number; readonly units: readonly bigint[] };
  /** Left in the vault, by asset. */
  readonly held: readonly bigint[];
  /** Of each escape. */
  readonly gas: readonly number[];
}

const EVENTS = ['Deposited', 'Paid', 'Escaped', 'Reclaimed'] as const;

/** Reads a vault's whole history and what it has now. */
export async function vaultFlows(
  chain: EmbeddedChain,
  { vault, tokens }: Pick<DeployedVault, 'vault' | 'tokens'>,
): Promise<VaultFlows> {
  const none = () => tokens.map(() => 0n);
  const deposited = none();
  const claimed = new Map<string, bigint[]>();
  const escaped = new Map<string, bigint[]>();
  const reclaimed = { count: 0, units: none() };
  const sent = new Set<Hex>();
  const add = (to: bigint[], asset: number, units: bigint) => {
    to[asset] = to[asset]! + units;
  };
  const head = Number(await chain.call('eth_blockNumber', []));
  const topics = EVENTS.map((eventName) => encodeEventTopics({ abi: vaultAbi, eventName })[0] as Hex);
  for (const log of await vaultLogs(chain, vault, topics, 0, head)) {
    const event = decodeEventLog({ abi: vaultAbi, topics: log.topics, data: log.data });
    switch (event.eventName) {
      case 'Deposited':
        add(deposited, event.args.asset, event.args.amount);
        break;
      case 'Reclaimed':
        reclaimed.count += 1;
        add(reclaimed.units, event.args.asset, event.args.amount);
        break;
      case 'Paid': {
        const { sub, asset, amount } = event.args;
        if (!claimed.has(sub)) claimed.set(sub, none());
        add(claimed.get(sub)!, asset, amount);
        break;
      }
      case 'Escaped':
        assert(!escaped.has(event.args.sub), 'an account escapes once');
        escaped.set(event.args.sub, [...event.args.amounts]);
        sent.add(log.blockHash);
        break;
    }
  }
  const held = await Promise.all(tokens.map((token, asset) => heldUnits(chain, token, vault, asset)));
  return { deposited, claimed, escaped, reclaimed, held, gas: await gasOf(chain, sent) };
}

/** @fails AssertionError where the vault has a part of a unit */
async function heldUnits(chain: EmbeddedChain, token: Hex, vault: Hex, asset: number): Promise<bigint> {
  const data = encodeFunctionData({ abi: tokenAbi, functionName: 'balanceOf', args: [vault] });
  const answer = (await chain.call('eth_call', [{ to: token, data }, 'latest'])) as Hex;
  const wei = decodeFunctionResult({ abi: tokenAbi, functionName: 'balanceOf', data: answer }) as bigint;
  const unit = weiPerUnit(sandboxVault.assets[asset]!);
  assert(wei % unit === 0n, 'a vault holds whole units');
  return wei / unit;
}

/** Of every transaction in blocks of escapes: nothing else is in them. */
async function gasOf(chain: EmbeddedChain, blocks: ReadonlySet<Hex>): Promise<number[]> {
  const gas: number[] = [];
  for (const block of blocks) {
    const receipts = (await chain.call('eth_getBlockReceipts', [block])) as { status: Hex; gasUsed: Hex }[];
    assert(
      receipts.every(({ status }) => status === '0x1'),
      'no escape reverts',
    );
    gas.push(...receipts.map(({ gasUsed }) => Number(gasUsed)));
  }
  return gas;
}
