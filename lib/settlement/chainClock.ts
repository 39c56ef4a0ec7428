import type { SettlementView } from '../../engine/protocol/views/settlement.ts';

/**
 * Now by the clock the vault judges by, as far as it is known: a chain may run ahead of this machine, and where nothing
 * happens its last block is old, but the next one will not be.
 */
export function chainNowMs({ block }: Pick<SettlementView, 'block'>, nowMs: number): number {
  return block === null ? nowMs : Math.max(nowMs, block.timeMs + Math.max(0, nowMs - block.readMs));
}
