import type { Action, CollateralTransfer, Withdraw } from '../../protocol/commands/actions.ts';
import { NodeState, nameOf, Role } from '../../protocol/enums.ts';
import { shortKey } from '../../protocol/keyWords.ts';
import { type Canonical, canonicalJson } from '../../units/canonicalJson.ts';
import { positionLots } from '../accounts/positions.ts';
import { ownLevelsOf } from '../calls/callLevels.ts';
import { tradingKeyRow } from '../firms/members.ts';
import { balanceOf, balanceRow } from '../ledger/post.ts';
import { limitsOf } from '../limits/limitsOf.ts';
import { NONE } from '../memory/table.ts';
import { isSegregated } from '../moves/judgeSides.ts';
import { policyOf } from '../policy/policyOf.ts';
import { bookOf, withdrawalLimitsOf } from '../settlement/destinations.ts';
import type { State } from '../state.ts';

/**
 * What an action is about to change, as it stands: asked before and after the deed, the two say what it did. Things that
 * are not there yet have no value.
 *
 * @returns canonical text by what it is the value of; money in the asset's smallest unit, positions in lots
 */
export function actionFacets(state: State, firm: number, action: Action): Record<string, string> {
  const values = valuesOf(state, firm, action);
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known.map(([what, value]) => [what, canonicalJson(value!)]));
}

type Values = Record<string, Canonical | undefined>;

function valuesOf(state: State, firm: number, action: Action): Values {
  switch (action.kind) {
    case 'RenameNode':
    case 'MoveNode':
    case 'TagNode':
    case 'ArchiveNode':
    case 'SetNodeState':
      return nodeValues(state, action.node);
    case 'ChangeMember':
    case 'RemoveMember':
      return memberValues(state, action.member);
    case 'SetPolicy':
      return { policy: policyOf(state, firm).rules as unknown as Canonical };
    case 'Transfer':
      return transferValues(state, [action]);
    case 'TransferMany':
      return transferValues(state, action.transfers);
    case 'Withdraw':
      return withdrawalValues(state, action);
    case 'PortPosition':
      return Object.fromEntries(
        [action.from, action.to].map((account) => [
          `account ${account} lots of instrument ${action.instrument}`,
          positionLots(state, account, action.instrument),
        ]),
      );
    case 'ChangeSet':
      return Object.assign({}, ...action.parts.map((part) => valuesOf(state, firm, part)));
    case 'SetLimits':
      return { [`node ${action.node} limits`]: limitsOf(state, action.node) as unknown as Canonical };
    case 'SetMarginCalls': {
      const levels = ownLevelsOf(state, action.node) as unknown as Canonical;
      return { [`node ${action.node} margin calls`]: levels };
    }
    case 'AcknowledgeMarginCall': {
      const call = state.directory.calls.find((each) => each.call === action.call);
      return { [`margin call ${action.call} taken on by member`]: call?.acknowledgedBy };
    }
    case 'ListDestination':
    case 'UnlistDestination': {
      const entry = bookOf(state, firm).find(({ to }) => to === action.to);
      return { [`address ${action.to}`]: entry && { label: entry.label, dayUsd: entry.dayUsd } };
    }
    case 'SetWithdrawalLimits':
      return { 'withdrawals in a day': withdrawalLimitsOf(state, firm) };
    case 'SetSegregation':
      return state.directory.accounts[action.account] === undefined
        ? {}
        : { [`account ${action.account} is segregated`]: isSegregated(state, action.account) };
    case 'OpenNode':
    case 'NetPositions':
    case 'SetNettingWindow':
    case 'Unwind':
    case 'Flatten':
    case 'PlaceOverLimit':
    case 'AdmitMember':
    case 'LinkWallet':
    case 'UnlinkWallet':
      return {};
    case 'ApproveKey':
    case 'RevokeKey':
    case 'ChangeKey':
      return keyValues(state, firm, action.publicKey);
  }
}

function nodeValues({ nodes, directory }: State, node: number): Values {
  const facts = directory.nodes[node];
  if (facts === undefined) return {};
  const { parent, state } = nodes.columns;
  return {
    [`node ${node} label`]: facts.label,
    [`node ${node} tags`]: facts.tags,
    [`node ${node} parent`]: parent[node] === NONE ? null : parent[node]!,
    [`node ${node} state`]: nameOf(NodeState, state[node]!),
  };
}

function memberValues({ directory }: State, member: number): Values {
  const facts = directory.members[member];
  if (facts === undefined) return {};
  return {
    [`member ${member} role`]: nameOf(Role, facts.role),
    [`member ${member} nodes`]: facts.nodes,
    [`member ${member} has left`]: facts.isRemoved,
  };
}

function keyValues(state: State, firm: number, publicKey: string): Values {
  const row = tradingKeyRow(state, firm, publicKey);
  if (row === NONE) return {};
  const { markets, addresses } = state.directory.agents[row]!;
  const { isRevoked, notionalPerHourUsd, expiresAtMs } = state.agents.columns;
  const key = `key ${shortKey(publicKey)}`;
  return {
    [`${key} is revoked`]: isRevoked[row] === 1,
    [`${key} markets`]: markets.map((instrument) => state.directory.instruments[instrument]!.name),
    [`${key} micro-USD an hour`]: notionalPerHourUsd[row]!,
    [`${key} addresses`]: addresses,
    [`${key} ends`]: expiresAtMs[row]!,
  };
}

function withdrawalValues(state: State, { account, asset }: Withdraw): Values {
  const number = state.directory.assets.findIndex(({ name }) => name === asset);
  if (number === -1 || state.directory.accounts[account] === undefined) return {};
  const { authorised } = state.balances.columns;
  return {
    [`account ${account} ${asset}`]: balanceOf(state, account, number),
    [`account ${account} ${asset} authorised`]: authorised[balanceRow(state, account, number)]!,
  };
}

function transferValues(state: State, transfers: readonly CollateralTransfer[]): Values {
  const values: Values = {};
  for (const { from, to, asset } of transfers) {
    const number = state.directory.assets.findIndex(({ name }) => name === asset);
    if (number === -1) continue;
    for (const account of [from, to])
      if (state.directory.accounts[account] !== undefined)
        values[`account ${account} ${asset}`] = balanceOf(state, account, number);
  }
  return values;
}
