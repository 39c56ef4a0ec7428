import { encodeEnvelope, SYSTEM_ACTOR } from '../protocol/commands/envelope.ts';
import { OK } from '../protocol/errors.ts';
import { eventAt } from '../protocol/events/read.ts';
import { eventTags } from '../protocol/events/table.ts';
import type { DirectoryView } from '../protocol/views/directory.ts';
import { SANDBOX_CHAIN_ID, sandboxGenesis } from '../sandbox/genesis.ts';
import { sandboxLimits } from '../sandbox/limits.ts';
import { assert } from '../units/assert.ts';
import { log } from './log.ts';
import type { EngineClient } from './threads/engineClient.ts';
import { CallError } from './threads/pendingCalls.ts';

/** Fills an empty folder. All commands go in one commit, so a sandbox is whole or not there at all. */
export async function openSandbox(engine: EngineClient): Promise<void> {
  const commands = [...sandboxGenesis(), ...sandboxLimits()];
  const applied = await Promise.all(
    commands.map((command) =>
      engine.submit(encodeEnvelope({ actor: SYSTEM_ACTOR, nonce: 0, command, proof: undefined })),
    ),
  );
  for (const [index, { lanes, from, seq }] of applied.entries()) {
    const event = eventAt(lanes, eventTags.CommandApplied, from + 1, seq, 0);
    assert(
      event.kind === 'CommandApplied' && event.code === OK,
      `the sandbox's ${commands[index]?.kind} at seq ${seq} is refused`,
    );
  }
  log(`a fresh sandbox was opened with ${commands.length} commands`);
}

/**
 * The role wallets' keys are public: they open a sandbox on its own chain and nothing else.
 *
 * @fails CallError journal.incompatible
 */
export function refuseForeign({ isSandbox, chainId }: DirectoryView): void {
  if (isSandbox && chainId === SANDBOX_CHAIN_ID) return;
  throw new CallError('journal.incompatible', 'It is not a sandbox, and this desk opens sandboxes only.');
}
