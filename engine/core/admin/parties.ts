import type {
  AddMember,
  ApproveAgent,
  OpenFirm,
  OpenSubaccount,
  RevokeAgent,
} from '../../protocol/commands/types.ts';
import { AgentScheme } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { DAY_MS } from '../../units/time.ts';
import { isOrdering } from '../accounts/access.ts';
import { judgeAgentScope, putAgentScope, UNSCOPED } from '../accounts/agentScope.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { endAgent, isWalletInUse, openMember, walletRow } from '../firms/members.ts';
import { openNodeRow } from '../firms/nodes.ts';
import { announceNode, openAccount } from '../firms/openNode.ts';
import { FIRST_ACCOUNT } from '../ledger/systemAccounts.ts';
import { hasRoom, highWater, NONE, takeRow } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import { openFirmRow } from './genesis.ts';
import { isAddressValid, isIntegerIn, isLabelValid, isRoleValid } from './names.ts';

/** An agent key lives at most this long. */
export const AGENT_DAYS_MAX = 90;

/** Refusals: label.invalid, parameters.invalid, engine.full. */
export function openFirm(engine: Engine, c: OpenFirm): number {
  const { state, undo, out } = engine;
  if (!isLabelValid(c.label)) return refusal['label.invalid'];
  if (!isAddressValid(c.owner)) return refusal['parameters.invalid'];
  if (!hasRoom(state.firms, 1) || !hasRoom(state.nodes, 1)) return refusal['engine.full'];
  const firm = openFirmRow(engine);
  state.directory.firms.push({ label: c.label, owner: c.owner, policy: null });
  state.directory.version++;
  announce(out, TAG.FirmOpened, firm);
  const root = openNodeRow(engine, firm, NONE, c.label);
  putI(undo, state.firms.columns.root, firm, root);
  announceNode(engine, root);
  return OK;
}

/** At the top of its firm's tree. Refusals: firm.unknown, label.invalid, engine.full. */
export function openSubaccount(engine: Engine, c: OpenSubaccount): number {
  const { state } = engine;
  if (!isIntegerIn(c.firm, 1, highWater(state.firms) - 1)) return refusal['firm.unknown'];
  if (!isLabelValid(c.label)) return refusal['label.invalid'];
  if (!hasRoom(state.accounts, 1) || !hasRoom(state.nodes, 1)) return refusal['engine.full'];
  openAccount(engine, c.firm, state.firms.columns.root[c.firm]!, c.label);
  return OK;
}

function isAccountOfFirm({ state }: Engine, account: number, firm: number): boolean {
  return (
    isIntegerIn(account, FIRST_ACCOUNT, highWater(state.accounts) - 1) &&
    state.accounts.columns.firm[account] === firm
  );
}

/** Refusals: firm.unknown, label.invalid, parameters.invalid, account.unknown, member.exists, engine.full. */
export function addMember(engine: Engine, c: AddMember): number {
  const { state } = engine;
  const { directory, limits } = state;
  if (!isIntegerIn(c.firm, 1, highWater(state.firms) - 1)) return refusal['firm.unknown'];
  if (!isLabelValid(c.label)) return refusal['label.invalid'];
  if (!isAddressValid(c.address) || !isRoleValid(c.role)) return refusal['parameters.invalid'];
  if (!c.accounts.every((account) => isAccountOfFirm(engine, account, c.firm)))
    return refusal['account.unknown'];
  if (isWalletInUse(state, c.address)) return refusal['member.exists'];
  if (directory.members.length >= limits.members || !hasRoom(state.agents, 1)) return refusal['engine.full'];
  const { firm, address, role, label, accounts } = c;
  openMember(engine, { firm, address, role, label, accounts, nodes: [] });
  return OK;
}

/**
 * Lets a key order for a member. The wallet's signature was checked at the door and is journalled.
 *
 * Refusals: member.unknown, actor.notPermitted, parameters.invalid, actor.expired, account.unknown, agent.exists, engine.full.
 */
export function approveAgent(engine: Engine, c: ApproveAgent): number {
  const { state, undo, out } = engine;
  const { directory } = state;
  const now = state.globals.columns.timeMs[0]!;
  const wallet = walletRow(state, c.member);
  if (wallet === NONE) return refusal['member.unknown'];
  const { member } = directory.agents[wallet]!;
  if (!isOrdering(directory.members[member]!.role)) return refusal['actor.notPermitted'];
  const isKey =
    c.scheme === AgentScheme.local ? isLabelValid(c.publicKey) : /^[0-9a-f]{64,130}$/.test(c.publicKey);
  if (!isKey || !isIntegerIn(c.scheme, 0, 2) || !Array.isArray(c.accounts))
    return refusal['parameters.invalid'];
  const isLocal = c.scheme === AgentScheme.local;
  if (!isIntegerIn(c.expiresAtMs, now + 1, isLocal ? Number.MAX_SAFE_INTEGER : now + AGENT_DAYS_MAX * DAY_MS))
    return refusal['actor.expired'];
  const visible = engine.access.accountsOfMember(member);
  if (!c.accounts.every((account) => visible.includes(account))) return refusal['account.unknown'];
  if (directory.agents.some((agent) => agent.publicKey === c.publicKey)) return refusal['agent.exists'];
  const scope = c.scope ?? UNSCOPED;
  const scopeCode = judgeAgentScope(state, scope);
  if (scopeCode !== OK) return scopeCode;
  if (!hasRoom(state.agents, 1)) return refusal['engine.full'];
  const row = takeRow(undo, state.agents);
  putI(undo, state.agents.columns.scheme, row, c.scheme);
  putF(undo, state.agents.columns.expiresAtMs, row, c.expiresAtMs);
  const markets = putAgentScope(engine, row, scope);
  const { publicKey, scheme, accounts } = c;
  directory.agents.push({ member, publicKey, scheme, accounts, markets, addresses: scope.addresses });
  directory.version++;
  announce(out, TAG.AgentApproved, row + 1, member, c.expiresAtMs);
  return OK;
}

/** Ends a key at once. Refusal: actor.unknown. Revoking twice is not an error. */
export function revokeAgent(engine: Engine, c: RevokeAgent): number {
  const row = engine.state.directory.agents.findIndex((agent) => agent.publicKey === c.publicKey);
  if (row < 0) return refusal['actor.unknown'];
  endAgent(engine, row);
  return OK;
}
