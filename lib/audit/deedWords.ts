import { actionNumbers } from '../../engine/protocol/commands/actionNumbers.ts';
import type { Action } from '../../engine/protocol/commands/actions.ts';
import type { ApproveAgent } from '../../engine/protocol/commands/types.ts';
import { scopeWords, shortKey, utcMinute } from '../../engine/protocol/keyWords.ts';
import { actionSummary, type SummaryNames } from '../../engine/protocol/typed/actionSummary.ts';
import type { AuditRecord } from '../../engine/protocol/views/audit.ts';
import type { FirmView } from '../../engine/protocol/views/firm.ts';
import type { AssetView, MarketView } from '../../engine/protocol/views/market.ts';
import { browserName } from '../browserName.ts';
import { formatPrice, formatSize } from '../format.ts';
import { paramsWords, shortAddress } from './recordWords.ts';

/** Names of what a record speaks of by number. */
export interface DeedNames {
  firm: FirmView | undefined;
  markets: readonly MarketView[];
  assets: readonly AssetView[];
}

/**
 * What a record's deed was, as a sentence with names: the one its wallet showed, for what the firm asks for. A command
 * without a sentence of its own is told by its parameters as they stand, so that nothing is left out.
 */
export function deedWords(record: AuditRecord, names: DeedNames): string {
  const { action, params } = record;
  if (typeof params !== 'object' || params === null || Array.isArray(params)) return paramsWords(record);
  const session = sessionWords(action, params as unknown as SessionParams);
  if (session !== undefined) return session;
  if (action === 'ApproveAgent') return keyWords(params as unknown as ApproveAgent);
  if (action === 'PlaceOrder')
    return orderWords(params as unknown as PlacedOrder, names) ?? paramsWords(record);
  const decided = decisionWords(action, params as unknown as DecisionParams);
  if (decided !== undefined) return decided;
  // What is asked for and what time ended carry the action itself; a decision carries its hash alone.
  const kind = /^(?:Propose|End)\.(.*)$/.exec(action)?.[1] ?? '';
  if (names.firm === undefined || !Object.hasOwn(actionNumbers, kind)) return paramsWords(record);
  try {
    return actionSummary({ ...params, kind } as unknown as Action, byNumber(names.firm, names));
  } catch {
    // What was refused need not have the shape of what it says it is.
    return paramsWords(record);
  }
}

interface SessionParams {
  wallet?: string;
  browser?: string;
  why?: string;
  count?: number;
  codes?: string[];
}

const endWords: Readonly<Record<string, string>> = {
  revoked: 'was ended in the list of sessions',
  replaced: 'ended: its browser signed in anew',
  lostStanding: 'ended: its wallet is no longer what it was of the firm',
  ranOut: 'ran out',
  crowdedOut: 'ended: too many were open, and it was idle longest',
};

/** Signing in and out, which no wallet has a sentence for. */
function sessionWords(action: string, params: SessionParams): string | undefined {
  const { wallet = '', browser = '', why = '', count = 0, codes = [] } = params;
  const whose = wallet === '' ? 'a wallet that it does not name' : shortAddress(wallet);
  switch (action) {
    case 'SignIn':
      return browser === '' ? `Sign in as ${whose}` : `Sign in as ${whose} with ${browserName(browser)}`;
    case 'SignInsRefused':
      return `${count} more sign-ins from there within the minute: ${codes.join(', ')}`;
    case 'SignOut':
      return `Sign out of ${whose}`;
    case 'EndSession':
      return `The session of ${whose} ${endWords[why] ?? why}`;
    default:
      return undefined;
  }
}

interface DecisionParams {
  proposal?: number;
  decision?: string;
  reason?: string;
  isQuestion?: boolean;
  text?: string;
}

/** What is said of a proposal; what it asks for stands in the record that proposed it. */
function decisionWords(action: string, params: DecisionParams): string | undefined {
  const [verb] = action.split('.');
  const { proposal, decision, reason = '', isQuestion = false, text = '' } = params;
  if (proposal === undefined) return undefined;
  const why = reason === '' ? '' : `: “${reason}”`;
  if (verb === 'Decide' && decision === 'approve') return `Agree to #${proposal}${why}`;
  if (verb === 'Decide' && decision === 'veto') return `Veto #${proposal}${why}`;
  if (verb === 'CommentProposal') return `${isQuestion ? 'Ask about' : 'Comment on'} #${proposal}: “${text}”`;
  return verb === 'WithdrawProposal' ? `Withdraw proposal #${proposal}` : undefined;
}

/** A key that a wallet lets trade; keys of before scopes have none. */
function keyWords({ publicKey, accounts, expiresAtMs, scope }: ApproveAgent): string {
  const places = accounts.length === 0 ? 'every account of its member' : `accounts ${accounts.join(', ')}`;
  const terms = scope === undefined ? '' : scopeWords(scope);
  return `Let the trading key ${shortKey(publicKey)} trade ${places}${terms} until ${utcMinute(expiresAtMs)} UTC.`;
}

interface PlacedOrder {
  account: number;
  instrument: number;
  side: number;
  sizeLots: number;
  priceTicks: number;
  triggerTicks: number;
}

function orderWords(order: PlacedOrder, { firm, markets }: DeedNames): string | undefined {
  const market = markets.find(({ instrument }) => instrument === order.instrument);
  if (market === undefined) return undefined;
  const { account, side, sizeLots, priceTicks, triggerTicks } = order;
  const place = firm?.nodes.find((node) => node.account === account)?.label ?? `account ${account}`;
  const price = priceTicks === 0 ? 'at market' : `at ${formatPrice(priceTicks, market)}`;
  const trigger = triggerTicks === 0 ? '' : `, from ${formatPrice(triggerTicks, market)} on`;
  return `${side === 0 ? 'Buy' : 'Sell'} ${formatSize(sizeLots, market)} ${market.name} ${price}${trigger}, ${place}`;
}

/** The firm's own things in the places the directory has them. */
function byNumber(firm: FirmView, { markets, assets }: DeedNames): SummaryNames {
  const nodes: SummaryNames['nodes'] = [];
  const accounts: SummaryNames['accounts'] = [];
  const members: SummaryNames['members'] = [];
  for (const node of firm.nodes) {
    nodes[node.node] = node;
    if (node.account !== null)
      accounts[node.account] = { account: node.account, firm: node.firm, label: node.label, potOf: null };
  }
  for (const member of firm.members) members[member.member] = member;
  const named: SummaryNames['markets'] = [];
  for (const market of markets) named[market.instrument] = market;
  return { nodes, accounts, members, markets: named, assets: [...assets] };
}
