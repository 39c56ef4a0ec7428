import type { LinkWallet, RemoveMember, RevokeKey, UnlinkWallet } from '../../protocol/commands/actions.ts';
import { AgentScheme } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isAddressValid } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { NONE } from '../memory/table.ts';
import { TAG } from '../out.ts';
import { hasAgentRoom } from './agentRows.ts';
import { directoryChanged } from './changeDirectory.ts';
import {
  agentsOf,
  endAgent,
  isWalletInUse,
  judgeMember,
  openWallet,
  tradingKeyRow,
  walletRow,
} from './members.ts';

/** Ends a membership with all its wallets and keys. Its number stays in the books. Refusals: member.unknown, member.removed. */
export function removeMember(engine: Engine, firm: number, { member }: RemoveMember): number {
  const { state, out } = engine;
  const code = judgeMember(state, firm, member);
  if (code !== OK) return code;
  for (const row of agentsOf(state, member)) endAgent(engine, row);
  const facts = state.directory.members[member]!;
  facts.isRemoved = true;
  directoryChanged(engine, () => {
    facts.isRemoved = false;
  });
  announce(out, TAG.MemberRemoved, member, firm);
  return OK;
}

/** Refusals: member.unknown, member.removed, parameters.invalid, wallet.inUse, engine.full. */
export function linkWallet(engine: Engine, firm: number, { member, address }: LinkWallet): number {
  const { state } = engine;
  const code = judgeMember(state, firm, member);
  if (code !== OK) return code;
  if (!isAddressValid(address)) return refusal['parameters.invalid'];
  if (isWalletInUse(state, address)) return refusal['wallet.inUse'];
  if (!hasAgentRoom(state)) return refusal['engine.full'];
  openWallet(engine, member, address);
  return OK;
}

/** Refusals: member.unknown, member.removed, actor.unknown, member.lastWallet. */
export function unlinkWallet(engine: Engine, firm: number, { member, address }: UnlinkWallet): number {
  const { state } = engine;
  const code = judgeMember(state, firm, member);
  if (code !== OK) return code;
  const row = walletRow(state, address);
  if (row === NONE || state.directory.agents[row]!.member !== member) return refusal['actor.unknown'];
  const { agents } = state.directory;
  const wallets = agentsOf(state, member).filter((each) => agents[each]!.scheme === AgentScheme.wallet);
  if (wallets.length === 1) return refusal['member.lastWallet'];
  endAgent(engine, row);
  return OK;
}

/** A trading key of a member of the firm. Revoking twice is not an error. Refusal: actor.unknown. */
export function revokeKey(engine: Engine, firm: number, { publicKey }: RevokeKey): number {
  const row = tradingKeyRow(engine.state, firm, publicKey);
  if (row === NONE) return refusal['actor.unknown'];
  endAgent(engine, row);
  return OK;
}
