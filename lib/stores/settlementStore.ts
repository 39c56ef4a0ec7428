import { createStore } from 'zustand/vanilla';
import type { ErrorView } from '../../engine/protocol/errors.ts';
import type { SettlementView } from '../../engine/protocol/views/settlement.ts';

interface SettlementStore {
  /** The last answer; undefined before the first. */
  view: SettlementView | undefined;
  receivedMs: number;
  /** Why the last question was not answered; undefined when it was. */
  error: ErrorView | undefined;
}

const nothing: SettlementStore = { view: undefined, receivedMs: 0, error: undefined };

/** The vault beside what is owed, as of the last answer. */
export const settlementStore = createStore<SettlementStore>()(() => nothing);

export function forgetSettlement(): void {
  settlementStore.setState(nothing);
}
