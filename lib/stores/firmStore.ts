import { createStore } from 'zustand/vanilla';
import type { ErrorView } from '../../engine/protocol/errors.ts';
import type { FirmView, ProposalsView } from '../../engine/protocol/views/firm.ts';

interface FirmStore {
  /** Undefined until the first answer. */
  firm: FirmView | undefined;
  proposals: ProposalsView | undefined;
  /** When the last answer came; 0 before the first. */
  receivedMs: number;
  /** Why the last question was not answered; undefined when it was. */
  error: ErrorView | undefined;
}

const nothing: FirmStore = { firm: undefined, proposals: undefined, receivedMs: 0, error: undefined };

/** The firm of who is signed in, and what waits in it. */
export const firmStore = createStore<FirmStore>()(() => nothing);

export function forgetFirm(): void {
  firmStore.setState(nothing);
}
