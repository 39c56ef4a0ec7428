import type { ApproveKey } from '../../protocol/commands/actions.ts';
import type {
  AddMember,
  ApproveAgent,
  OpenFirm,
  OpenSubaccount,
  RevokeAgent,
} from '../../protocol/commands/types.ts';
import { AgentScheme } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { DAY_MS, MINUTE_MS } from '../../units/time.ts';
import { UNSCOPED } from '../accounts/agentScope.ts';
import { isNonceOfNow } from '../accounts/nonces.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { hasAgentRoom } from '../firms/agentRows.ts';
import { type KeyTerms, letKeyTrade } from '../firms/letKeyTrade.ts';
import { endAgent, isWalletInUse, openMember, walletRow } from '../firms/members.ts';
import { openNodeRow } from '../firms/nodes.ts';
import { announceNode, openAccount } from '../firms/openNode.ts';
import { FIRST_ACCOUNT } from '../ledger/systemAccounts.ts';
import { hasRoom, highWater, NONE } from '../memory/table.ts';
import { putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import { judgeAsking } from '../proposals/judgeAsking.ts';
import { openFirmRow } from './genesis.ts';
import { isAddressValid, isIntegerIn, isLabelValid, isRoleValid } from './names.ts';

/** A key that ends within a day is that of a sign-in; the clock of a browser may be minutes ahead of ours. */
const SESSION_KEY_MS = DAY_MS + 5 * MINUTE_MS;

/**
 * Only before there is a vault: from then on no signer signs a root after a firm or a person that nobody's wallet let in.
 *
 * Refusals: firm.vaultAdopted, label.invalid, parameters.invalid, engine.full.
 */
export function openFirm(engine: Engine, c: OpenFirm): number {
  const { state, undo, out } = engine;
  if (hasVault(state)) return refusal['firm.vaultAdopted'];
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

function hasVault({ directory }: Engine['state']): boolean {
  return directory.settlement.vault !== null;
}

function isAccountOfFirm({ state }: Engine, account: number, firm: number): boolean {
  return (
    isIntegerIn(account, FIRST_ACCOUNT, highWater(state.accounts) - 1) &&
    state.accounts.columns.firm[account] === firm
  );
}

/** As `openFirm` before there is a vault; later a firm's own people admit members. Refusals: firm.vaultAdopted, firm.unknown, label.invalid, parameters.invalid, account.unknown, member.exists, engine.full. */
export function addMember(engine: Engine, c: AddMember): number {
  const { state } = engine;
  const { directory, limits } = state;
  if (hasVault(state)) return refusal['firm.vaultAdopted'];
  if (!isIntegerIn(c.firm, 1, highWater(state.firms) - 1)) return refusal['firm.unknown'];
  if (!isLabelValid(c.label)) return refusal['label.invalid'];
  if (!isAddressValid(c.address) || !isRoleValid(c.role)) return refusal['parameters.invalid'];
  if (!c.accounts.every((account) => isAccountOfFirm(engine, account, c.firm)))
    return refusal['account.unknown'];
  if (isWalletInUse(state, c.address)) return refusal['member.exists'];
  if (directory.members.length >= limits.members || !hasAgentRoom(state)) return refusal['engine.full'];
  const { firm, address, role, label, accounts } = c;
  openMember(engine, { firm, address, role, label, accounts, nodes: [] });
  return OK;
}

/**
 * Lets a key order for a member. The wallet's signature was checked at the door and is journalled. What lives no longer
 * than a day is the key of a sign-in: its wallet's word is enough. A longer life is judged as `ApproveKey` by the firm's
 * policy, and refused where others would have to agree: then the firm is asked. Its nonce is the time it was signed: an
 * old one is not believed, so that no approval outlasts the row of its key.
 *
 * Refusals: member.unknown, nonce.outsideWindow, policy.denied, actor.outOfScope, policy.quorumImpossible, agent.approvalNeeded, then those of
 * `letKeyTrade`.
 */
export function approveAgent(engine: Engine, c: ApproveAgent): number {
  const { state } = engine;
  const wallet = walletRow(state, c.member);
  if (wallet === NONE) return refusal['member.unknown'];
  const { member } = state.directory.agents[wallet]!;
  const { scheme, publicKey, accounts, expiresAtMs, scope = UNSCOPED } = c;
  const isOfNow = scheme === AgentScheme.local || isNonceOfNow(c.nonce, state.globals.columns.timeMs[0]!);
  if (!isOfNow) return refusal['nonce.outsideWindow'];
  const terms = { scheme, publicKey, accounts, expiresAtMs, scope };
  const isForSession = expiresAtMs <= state.globals.columns.timeMs[0]! + SESSION_KEY_MS;
  const code = scheme === AgentScheme.local || isForSession ? OK : judgeLongKey(engine, member, terms);
  return code === OK ? letKeyTrade(engine, member, terms) : code;
}

function judgeLongKey(engine: Engine, member: number, { scope, ...terms }: KeyTerms): number {
  const scheme = terms.scheme === AgentScheme.p256 ? 'p256' : 'ed25519';
  const action: ApproveKey = { kind: 'ApproveKey', ...terms, ...scope, scheme, member };
  const { firm } = engine.state.directory.members[member]!;
  const { code, verdict } = judgeAsking(engine, firm, member, action);
  if (code !== OK) return code;
  return verdict.is === 'allow' ? OK : refusal['agent.approvalNeeded'];
}

/** Ends a key at once. Refusal: actor.unknown. Revoking twice is not an error. */
export function revokeAgent(engine: Engine, c: RevokeAgent): number {
  const row = engine.state.directory.agents.findIndex((agent) => agent.publicKey === c.publicKey);
  if (row < 0) return refusal['actor.unknown'];
  endAgent(engine, row);
  return OK;
}
