import { readableDecimal } from '../../units/decimal.ts';
import type {
  Action,
  ApproveKey,
  ChangeKey,
  ChangePart,
  CollateralTransfer,
  MarginCallLevel,
  MoveNode,
  NodeLimits,
  PlaceOverLimit,
  PortPosition,
} from '../commands/actions.ts';
import { nameOf, Role } from '../enums.ts';
import { scopeWords, shortKey, utcMinute } from '../keyWords.ts';
import { roleWords } from '../roleWords.ts';
import type { DirectoryView } from '../views/directory.ts';

/** What a summary is made from: browser, desk and auditor have the same directory at a sequence, so the same sentence. */
export type SummaryNames = Pick<DirectoryView, 'nodes' | 'accounts' | 'members' | 'markets' | 'assets'>;

/**
 * An action as the sentence a wallet shows beside its fields. The desk makes it from the action and refuses any other
 * text, so a page cannot have another one signed. Numbers stand behind names, because two things may be named alike.
 *
 * @example "Move 250,000 USDC from Macro / BTC-basis (8) to Macro / Alts (9)."
 */
export function actionSummary(action: Action, names: SummaryNames): string {
  const node = (number: number) => `${names.nodes[number]?.label ?? '?'} (node ${number})`;
  const member = (number: number) => `${names.members[number]?.label ?? '?'} (member ${number})`;
  const reach = (nodes: readonly number[]) =>
    nodes.length === 0 ? 'all of the firm' : nodes.map(node).join(', ');
  switch (action.kind) {
    case 'OpenNode':
      return `Open the ${action.isAccount ? 'subaccount' : 'group'} ${action.label} below ${node(action.parent)}.`;
    case 'RenameNode':
      return `Rename ${node(action.node)} to ${action.label}.`;
    case 'MoveNode':
      return `${moveWords(action, names)}.`;
    case 'TagNode':
      return `Tag ${node(action.node)} with ${action.tags.length === 0 ? 'nothing' : action.tags.join(', ')}.`;
    case 'ArchiveNode':
      return `Close ${node(action.node)} for good, with all below it.`;
    case 'SetNodeState':
      return `${stateWords[action.state]} ${node(action.node)} and all below it.`;
    case 'Transfer':
      return `Move ${transferWords(action, names)}.`;
    case 'TransferMany':
      return `Move ${action.transfers.map((each) => transferWords(each, names)).join('; ')}; all or none.`;
    case 'PortPosition':
      return `${portWords(action, names)}.`;
    case 'ChangeSet':
      return `${action.parts.length} moves as one change, all or none: ${action.parts.map((part, at) => `${at + 1}. ${partWords(part, names)}`).join('; ')}.`;
    case 'NetPositions':
      return `Net ${marketOf(action.instrument, names)} of the subaccounts of ${node(action.node)} at the mark.`;
    case 'SetNettingWindow':
      return action.everyMinutes === 0
        ? `End the netting window of ${node(action.node)}.`
        : `Net the subaccounts of ${node(action.node)} every ${action.everyMinutes} minutes from minute ${action.startMinuteUtc} of the UTC day.`;
    case 'Unwind':
      return `Cancel all orders of ${accountOf(action.account, names)} and close its positions in the market${distanceWords(action)}.`;
    case 'Flatten':
      return `Cancel all orders of all at or below ${node(action.node)} and close their positions in the market${distanceWords(action)}.`;
    case 'PlaceOverLimit':
      return orderWords(action, names);
    case 'Withdraw':
      return `Withdraw ${amountWords(action, names)} from ${accountOf(action.account, names)} to ${action.to} on the chain.`;
    case 'ListDestination':
      return `Let withdrawals go to ${action.label}, ${action.to}, ${dayWords(action.dayUsd)}.`;
    case 'UnlistDestination':
      return `Let no more withdrawals go to ${action.to}.`;
    case 'SetWithdrawalLimits':
      return `Limit withdrawals in a day: in all ${dayWords(action.dayUsd)}; to one address ${dayWords(action.destinationDayUsd)}.`;
    case 'SetSegregation':
      return action.isSegregated
        ? `Keep ${accountOf(action.account, names)} apart: nothing moves, is ported or crossed between it and another account.`
        : `Keep ${accountOf(action.account, names)} apart no longer.`;
    case 'AdmitMember':
      return `Let ${action.address} act as ${roleOf(action.role)} ${action.label} on ${reach(action.nodes)}.`;
    case 'ChangeMember':
      return `Make ${member(action.member)} ${roleOf(action.role)} on ${reach(action.nodes)}.`;
    case 'RemoveMember':
      return `End the membership of ${member(action.member)} with all wallets and keys.`;
    case 'LinkWallet':
      return `Let ${action.address} sign for ${member(action.member)}.`;
    case 'UnlinkWallet':
      return `Let ${action.address} no longer sign for ${member(action.member)}.`;
    case 'ApproveKey':
      return approveKeyWords(action, names);
    case 'RevokeKey':
      return `Revoke the trading key ${shortKey(action.publicKey)} and cancel the orders it placed or changed last.`;
    case 'ChangeKey':
      return changeKeyWords(action);
    case 'SetLimits':
      return `Limit ${node(action.node)} and all below it: hard ${limitWords(action.limits.hard)}; soft ${limitWords(action.limits.soft)}.`;
    case 'SetMarginCalls':
      return `Call people over ${node(action.node)} and all below it: ${callWords(action.levels)}.`;
    case 'AcknowledgeMarginCall':
      return `Margin call ${action.call} is taken on by ${member(action.member)}.`;
    case 'SetPolicy':
      return `Replace the firm's policy by these ${action.rules.length} rules: ${action.rules.map(({ id }) => id).join(', ')}.`;
  }
}

function approveKeyWords(action: ApproveKey, names: SummaryNames): string {
  const { member, scheme, publicKey, accounts, expiresAtMs, ...scope } = action;
  const who = `${names.members[member]?.label ?? '?'} (member ${member})`;
  const where =
    accounts.length === 0
      ? 'every account it may'
      : `${accounts.map((account) => accountOf(account, names)).join(', ')} and their pots`;
  return `Let the ${scheme} key ${shortKey(publicKey)} trade ${where} for ${who}${scopeWords(scope)} until ${utcMinute(expiresAtMs)} UTC. It can never withdraw.`;
}

function changeKeyWords({ publicKey, expiresAtMs, ...scope }: ChangeKey): string {
  return `Let the trading key ${shortKey(publicKey)} trade its accounts${scopeWords(scope) || ' without further terms'} until ${utcMinute(expiresAtMs)} UTC.`;
}

const stateWords = {
  normal: 'Let all orders through again at',
  reduceOnly: 'Let only reducing orders through at',
  frozen: 'Freeze',
} as const;

function roleOf(role: Role): string {
  return roleWords(nameOf(Role, role));
}

function accountOf(account: number, names: SummaryNames): string {
  return `${names.accounts[account]?.label ?? '?'} (${account})`;
}

function marketOf(instrument: number, names: SummaryNames): string {
  return names.markets[instrument]?.name ?? `instrument ${instrument}`;
}

function transferWords(transfer: CollateralTransfer, names: SummaryNames): string {
  const { from, to } = transfer;
  return `${amountWords(transfer, names)} from ${accountOf(from, names)} to ${accountOf(to, names)}`;
}

function amountWords({ asset, amount }: { asset: string; amount: number }, names: SummaryNames): string {
  const decimals = names.assets.find(({ name }) => name === asset)?.decimals ?? 0;
  return `${readableDecimal(amount, decimals)} ${asset}`;
}

function dayWords(usd: number): string {
  return usd === 0 ? 'without an end of its own' : `at most ${readableDecimal(usd, 6)} USD a day`;
}

/** Every field that is set, so that nothing is agreed to unread. */
function limitWords(limits: NodeLimits): string {
  const usd = (micro: number) => `${readableDecimal(micro, 6)} USD`;
  const sums = ({ grossUsd, netUsd }: { grossUsd?: number; netUsd?: number }, of = '') => [
    ...(grossUsd === undefined ? [] : [`gross${of} ${usd(grossUsd)}`]),
    ...(netUsd === undefined ? [] : [`net${of} ${usd(netUsd)}`]),
  ];
  const {
    orderUsd,
    ordersPerMinute,
    dayLossUsd,
    leveragePpm,
    concentrationPpm,
    concentrationFloorUsd = 0,
    underlyings,
    kinds,
  } = limits;
  const share = `one asset at most ${readableDecimal(concentrationPpm ?? 0, 4)} % over ${usd(concentrationFloorUsd)}`;
  const words = [
    ...sums(limits),
    ...(limits.classes ?? []).flatMap((each) => sums(each, ` of ${each.class}`)),
    ...(limits.assets ?? []).flatMap((each) => sums(each, ` of ${each.underlying}`)),
    ...(orderUsd === undefined ? [] : [`one order ${usd(orderUsd)}`]),
    ...(ordersPerMinute === undefined ? [] : [`${ordersPerMinute} orders a minute`]),
    ...(dayLossUsd === undefined ? [] : [`loss of a day ${usd(dayLossUsd)}`]),
    ...(leveragePpm === undefined ? [] : [`gross ${readableDecimal(leveragePpm, 6)} times its worth`]),
    ...(concentrationPpm === undefined ? [] : [share]),
    ...(underlyings === undefined ? [] : [`only ${underlyings.join(', ')}`]),
    ...(kinds === undefined ? [] : [`only ${kinds.join(', ')}`]),
  ];
  return words.length === 0 ? 'none' : words.join(', ');
}

const preparedWords = { nothing: '', transfer: ', a transfer laid ready', unwind: ', an unwind laid ready' };

function callWords(levels: readonly MarginCallLevel[]): string {
  const words = levels.map(
    ({ ratioPpm, roles, prepare }) =>
      `${roles.map(roleOf).join(' and ')} at ${readableDecimal(ratioPpm, 4)} % of maintenance${preparedWords[prepare]}`,
  );
  return words.length === 0 ? 'as above it' : words.join('; ');
}

function orderWords(action: PlaceOverLimit, names: SummaryNames): string {
  const { account, instrument, side, sizeLots, priceTicks, timeInForce } = action;
  const size = sizeWords(instrument, sizeLots, names);
  const verb = side === 'buy' ? 'Buy' : 'Sell';
  const price = priceWords(instrument, priceTicks, names);
  return `${verb} ${size} for ${accountOf(account, names)} at ${price} or better, ${timeInForce}, over its soft limits.`;
}

function distanceWords({ distancePpm = 0 }: { distancePpm?: number }): string {
  return distancePpm === 0 ? '' : `, no further than ${readableDecimal(distancePpm, 4)} % from the mark`;
}

function sizeWords(instrument: number, lots: number, names: SummaryNames): string {
  const market = names.markets[instrument];
  return `${market === undefined ? `${lots} lots` : lots / market.lotsPerUnit} ${marketOf(instrument, names)}`;
}

function priceWords(instrument: number, ticks: number, names: SummaryNames): string {
  const market = names.markets[instrument];
  return market === undefined ? `${ticks} ticks` : `${ticks / market.ticksPerUsd} USD`;
}

function portWords({ from, to, instrument, lots, priceTicks }: PortPosition, names: SummaryNames): string {
  const price = priceTicks === 0 ? 'the mark' : priceWords(instrument, priceTicks, names);
  const places = `from ${accountOf(from, names)} to ${accountOf(to, names)}`;
  return `Port ${sizeWords(instrument, lots, names)} ${places} at ${price}, without a trade`;
}

function moveWords({ node, parent }: MoveNode, { nodes }: SummaryNames): string {
  const name = (number: number) => `${nodes[number]?.label ?? '?'} (node ${number})`;
  return `Move ${name(node)} below ${name(parent)}`;
}

/** A part of a change set as it stands in the sentence of the set. */
export function partWords(part: ChangePart, names: SummaryNames): string {
  switch (part.kind) {
    case 'Transfer':
      return `Move ${transferWords(part, names)}`;
    case 'PortPosition':
      return portWords(part, names);
    case 'MoveNode':
      return moveWords(part, names);
  }
}
