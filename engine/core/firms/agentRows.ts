import { AgentScheme } from '../../protocol/enums.ts';
import type { AgentFacts } from '../accounts/directory.ts';
import { NONCE_LIFE_MS } from '../accounts/nonces.ts';
import { withAgent } from '../book/orderTable.ts';
import type { Engine } from '../engine.ts';
import { extendTo, hasRoom, highWater, NONE, takeRow } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import { rowsOfAgent } from '../orders/cancelOfAgent.ts';
import { NONCES_PER_AGENT, type State } from '../state.ts';
import { directoryChanged } from './changeDirectory.ts';

/**
 * The row of an agent whose end is so long ago that nothing it ever signed is believed any more, the one that ended
 * first; NONE while there is none. Until then the row itself is what refuses the key's approval and its commands a
 * second time, and what is on its way in the key's name.
 */
function spentRow({ agents, globals }: State): number {
  const { expiresAtMs } = agents.columns;
  const spentMs = globals.columns.timeMs[0]! - NONCE_LIFE_MS;
  let first = NONE;
  for (let row = 0; row < highWater(agents); row++) {
    if (expiresAtMs[row]! <= spentMs && (first === NONE || expiresAtMs[row]! < expiresAtMs[first]!))
      first = row;
  }
  return first;
}

/** Whether one more agent can be had: a row nobody had yet, or one that is spent. */
export function hasAgentRoom(state: State): boolean {
  return hasRoom(state.agents, 1) || spentRow(state) !== NONE;
}

/**
 * Gives an agent a row of its own: a spent one where there is one, else a fresh one. Its nonces, terms and counts begin
 * anew; orders that a spent key left in the books go to its owner's wallet, so that they still end with their member.
 * The caller asked `hasAgentRoom`.
 */
export function takeAgentRow(engine: Engine, facts: AgentFacts, expiresAtMs: number): number {
  const { state, undo } = engine;
  const { agents } = state.directory;
  const spent = spentRow(state);
  const row = spent === NONE ? takeRow(undo, state.agents) : spent;
  const before = agents[row];
  if (before !== undefined) leaveOrdersToWallet(engine, row, before.member);
  const c = state.agents.columns;
  extendTo(undo, state.nonces, (row + 1) * NONCES_PER_AGENT);
  putI(undo, c.scheme, row, facts.scheme);
  putI(undo, c.isRevoked, row, 0);
  putF(undo, c.expiresAtMs, row, expiresAtMs);
  putI(undo, c.isScoped, row, 0);
  putF(undo, c.notionalPerHourUsd, row, 0);
  putF(undo, c.openedUsd, row, 0);
  putF(undo, c.openedHour, row, 0);
  putI(undo, c.nonceStart, row, 0);
  putI(undo, c.nonceCount, row, 0);
  agents[row] = facts;
  directoryChanged(engine, () => {
    if (before === undefined) agents.pop();
    else agents[row] = before;
  });
  return row;
}

/** Of who has left nothing is in the books any more. */
function leaveOrdersToWallet({ state, undo }: Engine, row: number, member: number): void {
  const { isRevoked } = state.agents.columns;
  const isWallet = (agent: AgentFacts, each: number) =>
    agent.member === member && agent.scheme === AgentScheme.wallet && isRevoked[each] === 0;
  const wallet = state.directory.agents.findIndex(isWallet);
  if (wallet === NONE) return;
  const { firm } = state.directory.members[member]!;
  const { packed } = state.book.orders.columns;
  for (const order of rowsOfAgent(state, row + 1, state.firms.columns.root[firm]!))
    putI(undo, packed, order, withAgent(packed[order]!, wallet + 1));
}
