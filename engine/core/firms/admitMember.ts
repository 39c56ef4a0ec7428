import type { AdmitMember, ChangeMember } from '../../protocol/commands/actions.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isAddressValid, isLabelValid, isRoleValid } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';
import { hasAgentRoom } from './agentRows.ts';
import { directoryChanged } from './changeDirectory.ts';
import { judgeNode } from './judgeNode.ts';
import { isWalletInUse, judgeMember, openMember } from './members.ts';

/** Refusals: label.invalid, parameters.invalid, node.unknown, wallet.inUse, engine.full. */
export function admitMember(engine: Engine, firm: number, action: AdmitMember): number {
  const { state } = engine;
  const { address, role, label, nodes } = action;
  if (!isLabelValid(label)) return refusal['label.invalid'];
  if (!isAddressValid(address) || !isRoleValid(role)) return refusal['parameters.invalid'];
  const code = judgeReach(state, firm, nodes);
  if (code !== OK) return code;
  if (isWalletInUse(state, address)) return refusal['wallet.inUse'];
  if (state.directory.members.length >= state.limits.members || !hasAgentRoom(state))
    return refusal['engine.full'];
  openMember(engine, { firm, address, role, label, accounts: [], nodes });
  return OK;
}

/** Refusals: member.unknown, member.removed, parameters.invalid, node.unknown. */
export function changeMember(engine: Engine, firm: number, action: ChangeMember): number {
  const { state, out } = engine;
  const { member, role, nodes } = action;
  const memberCode = judgeMember(state, firm, member);
  if (memberCode !== OK) return memberCode;
  if (!isRoleValid(role)) return refusal['parameters.invalid'];
  const code = judgeReach(state, firm, nodes);
  if (code !== OK) return code;
  const facts = state.directory.members[member]!;
  const before = { ...facts };
  Object.assign(facts, { role, nodes, accounts: [] });
  directoryChanged(engine, () => Object.assign(facts, before));
  announce(out, TAG.MemberChanged, member, firm, role);
  return OK;
}

function judgeReach(state: State, firm: number, nodes: readonly number[]): number {
  if (!Array.isArray(nodes)) return refusal['parameters.invalid'];
  return nodes.map((node) => judgeNode(state, firm, node)).find((code) => code !== OK) ?? OK;
}
