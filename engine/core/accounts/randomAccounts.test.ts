// Goal: pots and caps are a function of the journal like all else. How: the random flow of every kind with moves, caps
// and orders of pots among it; on the way the state is restored and goes on, commands are taken back, and what every
// firm could come to hold is summed from nothing. A failure means that a pot or a cap is not in the state, or not undone.
import { expect, test } from 'vitest';
import { openContractDesk } from '../../lab/fixtures/contracts.ts';
import { ALTS, BASIS, BTC, type Desk, ETH, only } from '../../lab/fixtures/desk.ts';
import { randomFlow } from '../../lab/fixtures/randomFlow.ts';
import { type Random, randomFrom } from '../../lab/sim/random.ts';
import { encodeEnvelope } from '../../protocol/commands/envelope.ts';
import type { Command } from '../../protocol/commands/types.ts';
import { apply } from '../apply.ts';
import { checkInvariants } from '../invariants.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';

const COMMANDS = 2_000;
const SEED = Number(process.env.BALLAST_SEED ?? 20_260_101);
const UNDERLYINGS = ['BTC', 'ETH'];

interface Run {
  desk: Desk;
  next(): Command;
}

function open(seed: number): Run {
  const desk = openContractDesk();
  const pots = [BASIS, ALTS].map((account, at) => {
    const opened = desk.accept({ kind: 'OpenPot', account, underlying: UNDERLYINGS[at]!, label: 'Pot' });
    const pot = only(opened, 'PotOpened').account;
    desk.accept({ kind: 'MoveCollateral', from: account, to: pot, asset: 'USDC', amount: 5e11 });
    return { account, pot, instrument: [BTC, ETH][at]! };
  });
  const random = randomFrom(seed);
  const flow = randomFlow(seed);
  const next = (): Command => {
    const command = flow.next(desk);
    const { account, pot, instrument } = pots[random.below(2)]!;
    if (command.kind === 'PlaceOrder' && random.chance(0.2)) return { ...command, account: pot, instrument };
    return random.chance(0.1) ? accountCommand(random, account, pot) : command;
  };
  return { desk, next };
}

/** Most of them sensible, some refused. */
function accountCommand(random: Random, account: number, pot: number): Command {
  const underlying = ['', ...UNDERLYINGS][random.below(3)]!;
  switch (random.below(4)) {
    case 0:
      return { kind: 'MoveCollateral', from: account, to: pot, asset: 'USDC', amount: random.below(1e11) };
    case 1:
      return { kind: 'MoveCollateral', from: pot, to: account, asset: 'USDC', amount: random.below(4e11) };
    case 2:
      return {
        kind: 'SetLeverageCap',
        account: random.chance(0.5) ? account : pot,
        underlying,
        leverageMilli: random.below(5) * 500,
      };
    default:
      return { kind: 'RegisterMarketMaker', firm: 1 + random.below(3), capMultiple: 1 + random.below(6) };
  }
}

test.each([1, 2])('replay from a snapshot on the way ends with the same hash (run %i)', (run) => {
  const { desk, next } = open(SEED + run);
  const log: [number, number, Uint8Array][] = [];
  let middle: ReturnType<typeof saveState> = [];
  for (let count = 0; count < COMMANDS; count++) {
    if (count === COMMANDS / 2) middle = saveState(desk.engine.state);
    const command = next();
    desk.run(command);
    const { seq, timeMs } = desk.engine.state.globals.columns;
    log.push([seq[0]!, timeMs[0]!, encodeEnvelope({ actor: 0, nonce: 0, command, proof: undefined })]);
    if (count % 100 === 0) checkInvariants(desk.engine.state);
  }
  checkInvariants(desk.engine.state);
  const restored = restoreState(middle);
  for (const [seq, timeMs, bytes] of log.slice(COMMANDS / 2)) {
    restored.out.reset();
    apply(restored, seq, timeMs, bytes);
  }
  expect(stateHash(restored.state)).toBe(stateHash(desk.engine.state));
});

test('commands of accounts that are applied and taken back leave no trace', () => {
  const { desk, next } = open(SEED);
  const { engine } = desk;
  for (let count = 0; count < COMMANDS; count++) {
    const command = next();
    if (count % 8 === 0 || command.kind === 'MoveCollateral' || command.kind === 'SetLeverageCap') {
      const before = stateHash(engine.state);
      desk.tryOut(command);
      expect(stateHash(engine.state)).toBe(before);
    }
    desk.run(command);
  }
});
