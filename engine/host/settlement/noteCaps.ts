import { ChainContradiction } from '../../settlement/vault/depositWatcher.ts';
import type { AssetPlan } from '../../settlement/vault/terms.ts';
import type { VaultHistory } from '../../settlement/vault/vaultHistory.ts';
import { SECOND_MS } from '../../units/time.ts';
import type { SettlementState } from '../follower/settlementState.ts';
import type { EnginePort } from './enginePort.ts';

/** What no balance of the engine reaches is no bound for it. */
const MOST = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Tells the engine what the vault's buckets hold, so that it authorises nothing they could never let out. Told again
 * whenever the vault says something else.
 *
 * @fails ChainContradiction where the engine takes no note of it
 */
export async function noteCaps(
  engine: EnginePort,
  { caps }: Pick<SettlementState, 'caps'>,
  history: Pick<VaultHistory, 'caps'>,
  assets: readonly Pick<AssetPlan, 'name'>[],
): Promise<void> {
  for (const { asset, windowS, ofAll, ofEach } of history.caps) {
    const told = {
      windowMs: unitsOf(BigInt(windowS) * BigInt(SECOND_MS)),
      ofAll: unitsOf(ofAll),
      ofEach: unitsOf(ofEach),
    };
    const known = caps.find((each) => each.asset === asset);
    const isKnown =
      known?.windowMs === told.windowMs && known.ofAll === told.ofAll && known.ofEach === told.ofEach;
    if (isKnown) continue;
    const refusal = await engine.submit({ kind: 'NoteVaultCap', asset: assets[asset]!.name, ...told });
    if (refusal !== undefined)
      throw new ChainContradiction(
        `The engine does not take note of the vault’s cap on asset ${asset}: ${refusal.message}`,
      );
  }
}

function unitsOf(units: bigint): number {
  return Number(units < MOST ? units : MOST);
}
