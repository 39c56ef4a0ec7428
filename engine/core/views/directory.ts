import {
  AgentScheme,
  InstrumentKind,
  InstrumentStage,
  NodeState,
  nameOf,
  OptionType,
} from '../../protocol/enums.ts';
import type { PotOfView } from '../../protocol/views/account.ts';
import type { DirectoryView, NodeView } from '../../protocol/views/directory.ts';
import type { AssetView, MarketView } from '../../protocol/views/market.ts';
import { assert } from '../../units/assert.ts';
import { USD_SCALE } from '../../units/money.ts';
import { collateralPriceE8, collateralWeightPpm } from '../accounts/collateralValue.ts';
import type { Engine } from '../engine.ts';
import { agentsOf } from '../firms/members.ts';
import { standingOf } from '../firms/standing.ts';
import { USDC } from '../ledger/systemAccounts.ts';
import { NONE } from '../memory/table.ts';
import { policyHashOf } from '../policy/policyOf.ts';
import type { State } from '../state.ts';

/** Grows whenever `directoryOf` would say something new. */
export function directoryStamp({ state }: Engine): number {
  return state.directory.version + state.globals.columns.treeSeq[0]!;
}

/** Names and numbers of everything that has a name, as the gateway reads requests by them. */
export function directoryOf({ state, access }: Engine): DirectoryView {
  const { directory } = state;
  assert(directory.genesis !== null, 'there is a directory from the genesis on');
  const { isSandbox, chainId, vault } = directory.genesis;
  const u = state.underlyings.columns;
  return {
    seq: state.globals.columns.seq[0]!,
    isSandbox,
    chainId,
    vault,
    limits: state.limits,
    markets: marketsOf(state),
    assets: assetsOf(state),
    underlyings: directory.underlyings.map(({ name }, id) => ({
      id,
      name,
      isMajor: u.isMajor[id] === 1,
      sources: u.sources[id]!,
    })),
    firms: directory.firms.map(({ label, owner }, firm) => ({
      firm,
      label,
      owner,
      policyHash: policyHashOf(state, firm),
    })),
    proposals: directory.proposals,
    accounts: directory.accounts.map(({ label, firm }, account) => ({
      account,
      firm,
      label,
      potOf: potOfView(state, account),
    })),
    nodes: nodesOf(state),
    members: directory.members.map((facts, member) => ({
      ...facts,
      member,
      accounts: access.accountsOfMember(member),
      wallets: agentsOf(state, member)
        .map((row) => directory.agents[row]!)
        .filter(({ scheme }) => scheme === AgentScheme.wallet)
        .map(({ publicKey }) => publicKey),
    })),
    agents: directory.agents.map((agent, row) => ({
      ...agent,
      agent: row + 1,
      notionalPerHourUsd: state.agents.columns.notionalPerHourUsd[row]!,
      expiresAtMs: state.agents.columns.expiresAtMs[row]!,
      isRevoked: state.agents.columns.isRevoked[row] === 1,
    })),
  };
}

/** Fees shown are those of the entry tier; an account's own tier is in its fills. */
function marketsOf(state: State): MarketView[] {
  const i = state.instruments.columns;
  const tier = state.directory.feeTiers[0];
  return state.directory.instruments.map(({ name }, instrument) => ({
    instrument,
    name,
    kind: nameOf(InstrumentKind, i.kind[instrument]!),
    expiryMs:
      i.maturity[instrument] === NONE ? 0 : state.maturities.columns.expiryMs[i.maturity[instrument]!]!,
    strikeE8: i.strikeE8[instrument]!,
    optionType:
      i.kind[instrument] === InstrumentKind.option ? nameOf(OptionType, i.optionType[instrument]!) : null,
    baseAsset: i.baseAsset[instrument]!,
    stage: nameOf(InstrumentStage, i.stage[instrument]!),
    settlementUsdPerLot: i.settlement[instrument]!,
    underlying: state.directory.underlyings[i.underlying[instrument]!]!.name,
    underlyingId: i.underlying[instrument]!,
    lotsPerUnit: i.lotsPerUnit[instrument]!,
    ticksPerUsd: i.ticksPerUsd[instrument]!,
    usdPerTickLot: i.usdPerTickLot[instrument]!,
    sizeLotsMax: i.sizeLotsMax[instrument]!,
    priceTicksMax: i.priceTicksMax[instrument]!,
    notionalMinUsd: i.notionalMin[instrument]!,
    bandPpm: i.bandPpm[instrument]!,
    makerPpm: tier === undefined ? 0 : tier.makerPpm,
    takerPpm: tier === undefined ? 0 : tier.takerPpm,
  }));
}

function assetsOf(state: State): AssetView[] {
  return state.directory.assets.map((facts, asset) => ({
    asset,
    name: facts.name,
    decimals: facts.decimals,
    weightPpm: collateralWeightPpm(state, asset),
    underlyingId: facts.underlying,
    redemptionPpm: facts.redemptionPpm,
    sources: facts.sources,
    indexUsd: assetIndexUsd(state, asset),
  }));
}

/** One whole unit of an asset at the index, by its ratio if it is wrapped, micro-USD rounded down; 0 before there is a price. */
export function assetIndexUsd(state: State, asset: number): number {
  return asset === USDC ? USD_SCALE : Math.floor(collateralPriceE8(state, asset) / 100);
}

function nodesOf(state: State): NodeView[] {
  const { firm, parent, account, state: stateOf } = state.nodes.columns;
  return state.directory.nodes.map(({ label, tags }, node) => ({
    node,
    firm: firm[node]!,
    parent: parent[node] === NONE ? null : parent[node]!,
    account: account[node] === NONE ? null : account[node]!,
    label,
    tags,
    state: nameOf(NodeState, stateOf[node]!),
    isArchived: standingOf(state, node) === NodeState.archived,
  }));
}

/** Of a pot: the account it belongs to and what it trades; null for a subaccount. */
export function potOfView(state: State, account: number): PotOfView | null {
  const { potOf, potUnderlying } = state.accounts.columns;
  if (potOf[account] === NONE) return null;
  return {
    account: potOf[account]!,
    underlying: state.directory.underlyings[potUnderlying[account]!]!.name,
  };
}
