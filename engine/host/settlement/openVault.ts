import { randomBytes } from 'node:crypto';
import { ChainError } from '../../settlement/chain/chainError.ts';
import { type DeployedVault, deployVault } from '../../settlement/vault/deployVault.ts';
import { ChainContradiction } from '../../settlement/vault/depositWatcher.ts';
import { mirrorDeposits } from '../../settlement/vault/mirrorDeposits.ts';
import type { Sender } from '../../settlement/vault/sender.ts';
import type { VaultPlan, VaultTerms } from '../../settlement/vault/terms.ts';
import { Treasury } from '../../settlement/vault/treasury.ts';
import { depositLogs, depositOf } from '../../settlement/vault/vaultEvents.ts';
import { VaultReader } from '../../settlement/vault/vaultReader.ts';
import type { SettlementState } from '../follower/settlementState.ts';
import type { EnginePort } from './enginePort.ts';

export interface OpenVault {
  readonly places: DeployedVault;
  readonly treasury: Treasury;
  readonly reader: VaultReader;
  /** Its own: a vault that was made before keeps those of then. */
  readonly terms: VaultTerms;
}

/** Credits may come between a look and the adoption; each try takes them along. */
const TRIES_MAX = 20;

/**
 * Finds the vault the journal has adopted, or makes one, makes every credit so far a deposit in it, and lets the engine
 * adopt it. Killed anywhere, it begins again and ends the same.
 *
 * @fails ChainContradiction when the journal's vault is not on this chain: another one is never made in its place
 */
export async function openVault(engine: EnginePort, sender: Sender, plan: VaultPlan): Promise<OpenVault> {
  const before = await engine.state();
  if (before.vault !== null) await requireThere(sender, before.vault.address);
  const places = await deployVault(sender, plan);
  const treasury = new Treasury(sender, places, plan.assets);
  const reader = new VaultReader(sender.chain, places.vault);
  const opened = { places, treasury, reader, terms: await reader.terms() };
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const state = await engine.state();
    if (state.vault !== null) return opened;
    await mirror(sender, opened, state);
    if (await adopt(engine, places.vault, state.depositCursor)) return opened;
  }
  throw new ChainError('Credits come faster than they can be put into the vault.');
}

async function requireThere({ chain }: Sender, vault: string): Promise<void> {
  if ((await chain.call('eth_getCode', [vault, 'latest'])) !== '0x') return;
  throw new ChainContradiction(
    `The journal has adopted the vault ${vault}, and this chain has none there: it is another chain, or has lost its state. Bring the chain’s saved state back from a copy.`,
  );
}

async function mirror(sender: Sender, { places, treasury }: OpenVault, state: SettlementState) {
  const look = async () => {
    const head = await sender.chain.settledHead();
    return (await depositLogs(sender.chain, places.vault, 0, head.number)).map(depositOf);
  };
  await mirrorDeposits(treasury, look, state.deposits);
  // Adopted only once nothing of it can be lost any more.
  await sender.chain.settledHead();
}

/** @returns false when something was credited meanwhile */
async function adopt(engine: EnginePort, vault: string, depositCount: number): Promise<boolean> {
  const saltSeed = `0x${randomBytes(32).toString('hex')}`;
  const refusal = await engine.submit({ kind: 'AdoptVault', vault, depositCount, saltSeed });
  if (refusal === undefined) return true;
  if (refusal.code === 'deposit.outOfOrder') return false;
  if (refusal.code === 'settlement.vaultAdopted') return true;
  throw new ChainContradiction(`The engine does not adopt the vault ${vault}: ${refusal.message}`);
}
