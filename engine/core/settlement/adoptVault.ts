import type { AdoptVault } from '../../protocol/commands/settlement.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isHashValid } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { TAG } from '../out.ts';
import { changeSettlement } from './changeSettlement.ts';
import { countedBefore } from './counted.ts';

/**
 * Takes note that the vault holds every deposit that was credited. From here on a credit names the vault's number of
 * it, roots are cut and withdrawals are authorised; another vault is never accepted.
 *
 * Refusals: settlement.vaultAdopted, settlement.otherVault, parameters.invalid, deposit.outOfOrder.
 */
export function adoptVault(engine: Engine, { vault, depositCount, saltSeed }: AdoptVault): number {
  const { state, out } = engine;
  const { directory, globals } = state;
  if (directory.settlement.vault !== null) return refusal['settlement.vaultAdopted'];
  if (vault !== directory.genesis?.vault) return refusal['settlement.otherVault'];
  if (!isHashValid(saltSeed)) return refusal['parameters.invalid'];
  if (depositCount !== globals.columns.depositCursor[0]) return refusal['deposit.outOfOrder'];
  const { deposits } = directory;
  const counted = countedBefore(state);
  directory.deposits = [];
  changeSettlement(engine, { vault: { address: vault, saltSeed }, counted }, () => {
    directory.deposits = deposits;
  });
  announce(out, TAG.VaultAdopted, depositCount);
  return OK;
}
