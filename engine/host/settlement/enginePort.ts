import type { Command } from '../../protocol/commands/types.ts';
import type { ErrorView } from '../../protocol/errors.ts';
import type { SettlementState } from '../follower/settlementState.ts';

/** The engine as settlement needs it: what it knows of the chain, and a way to tell it more. */
export interface EnginePort {
  /** At or behind everything that is durable now. @fails CallError */
  state(): Promise<SettlementState>;
  /** A command of the desk itself, durable on return. @returns why it was refused. @fails CallError */
  submit(command: Command): Promise<ErrorView | undefined>;
}
