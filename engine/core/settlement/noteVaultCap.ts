import type { NoteVaultCap } from '../../protocol/commands/settlement.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isIntegerIn } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { TAG } from '../out.ts';
import { changeSettlement } from './changeSettlement.ts';

/**
 * Takes note of what the vault's buckets of an asset hold when full, so that nothing is authorised that they could never
 * let out. What is authorised already stays so: the vault may have more room again.
 *
 * Refusals: settlement.notOpen, asset.unknown, parameters.invalid.
 */
export function noteVaultCap(engine: Engine, command: NoteVaultCap): number {
  const { directory } = engine.state;
  const { windowMs, ofAll, ofEach } = command;
  if (directory.settlement.vault === null) return refusal['settlement.notOpen'];
  const asset = directory.assets.findIndex(({ name }) => name === command.asset);
  if (asset < 0) return refusal['asset.unknown'];
  const isSize = (units: number) => isIntegerIn(units, 0, Number.MAX_SAFE_INTEGER);
  if (!isIntegerIn(windowMs, 1, Number.MAX_SAFE_INTEGER) || !isSize(ofAll) || !isSize(ofEach))
    return refusal['parameters.invalid'];
  const others = directory.settlement.caps.filter((each) => each.asset !== asset);
  changeSettlement(engine, { caps: [...others, { asset, windowMs, ofAll, ofEach }] });
  announce(engine.out, TAG.VaultCapSet, asset, windowMs, ofAll, ofEach);
  return OK;
}
