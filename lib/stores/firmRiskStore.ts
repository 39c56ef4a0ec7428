import { createStore } from 'zustand/vanilla';
import type { ErrorView } from '../../engine/protocol/errors.ts';
import type { FirmRiskView } from '../../engine/protocol/views/firmRisk.ts';

interface FirmRiskStore {
  /** All accounts at one sequence; undefined until the first answer. */
  view: FirmRiskView | undefined;
  receivedMs: number;
  /** Why the last question was not answered; undefined when it was. */
  error: ErrorView | undefined;
}

const nothing: FirmRiskStore = { view: undefined, receivedMs: 0, error: undefined };

export const firmRiskStore = createStore<FirmRiskStore>()(() => nothing);

export function forgetFirmRisk(): void {
  firmRiskStore.setState(nothing);
}
