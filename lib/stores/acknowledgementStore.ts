import type { OrderDraftWire } from '../../engine/protocol/wire/commands.ts';
import { createKeyedStore } from './keyedStore.ts';

/** An order the engine answered, and how fast. */
export interface Acknowledgement {
  order: OrderDraftWire;
  sentMs: number;
  seq: number;
  ackMs: number;
  isRefused: boolean;
}

const KEPT = 10;

/** The last ten by account, newest first. */
export const acknowledgementLog = createKeyedStore<number, readonly Acknowledgement[]>();

export function logAcknowledgement(entry: Acknowledgement): void {
  const { account } = entry.order;
  acknowledgementLog.set(account, [entry, ...(acknowledgementLog.latest(account) ?? [])].slice(0, KEPT));
}
