import type { Genesis } from '../../protocol/commands/types.ts';
import { NodeState } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { HOUR_MS } from '../../units/time.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { directoryChanged } from '../firms/changeDirectory.ts';
import { FIRST_ACCOUNT, HOUSE_FIRM } from '../ledger/systemAccounts.ts';
import { extendTo, NONE, takeRow } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import { isAddressValid, isIntegerIn } from './names.ts';

/** Opens the house firm and its system accounts. Refusals: genesis.repeated, parameters.invalid. */
export function genesis(engine: Engine, command: Genesis): number {
  const { state, undo } = engine;
  if (state.directory.genesis !== null) return refusal['genesis.repeated'];
  const areAddressesValid = isAddressValid(command.vault) && isAddressValid(command.house);
  if (!areAddressesValid || !isIntegerIn(command.chainId, 1, Number.MAX_SAFE_INTEGER))
    return refusal['parameters.invalid'];
  state.directory.genesis = command;
  state.directory.version++;
  openFirmRow(engine);
  state.directory.firms.push({ label: 'House', owner: command.house, policy: null });
  announce(engine.out, TAG.FirmOpened, HOUSE_FIRM);
  for (let account = 0; account < FIRST_ACCOUNT; account++)
    openAccountRow(engine, HOUSE_FIRM, `system ${account}`);
  putF(undo, state.globals.columns.interestHour, 0, Math.floor(state.globals.columns.timeMs[0]! / HOUR_MS));
  return OK;
}

/** Takes the next firm number and the block of stakes that goes with it. The caller checked that there is room. */
export function openFirmRow({ state, undo }: Engine): number {
  const firm = takeRow(undo, state.firms);
  putI(undo, state.firms.columns.capMultiple, firm, 1);
  putI(undo, state.firms.columns.root, firm, NONE);
  extendTo(undo, state.stakes, (firm + 1) * state.limits.underlyings);
  return firm;
}

/** Takes the next account number for a firm. The caller checked that there is room. */
export function openAccountRow(engine: Engine, firm: number, label: string): number {
  const { state, undo } = engine;
  const row = takeRow(undo, state.accounts);
  const c = state.accounts.columns;
  putI(undo, c.firm, row, firm);
  putI(undo, c.node, row, NONE);
  putI(undo, c.standing, row, NodeState.normal);
  putI(undo, c.limited, row, NONE);
  putI(undo, c.potOf, row, NONE);
  putI(undo, c.potUnderlying, row, NONE);
  putI(undo, c.firstPosition, row, NONE);
  putI(undo, c.firstOrder, row, NONE);
  extendTo(undo, state.leverageCaps, (row + 1) * state.limits.underlyings);
  const { accounts } = state.directory;
  accounts.push({ label, firm });
  directoryChanged(engine, () => accounts.pop());
  return row;
}
