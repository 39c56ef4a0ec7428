/** Where an action listens: outside fields, in fields too, or from everywhere, open dialogs included. */
export type ActionReach = 'page' | 'fields' | 'everywhere';

export const actionGroups = [
  'Desk',
  'Ticket',
  'Ladder',
  'Chart',
  'Orders',
  'Positions',
  'Settlement',
  'Approvals',
] as const;
export type ActionGroup = (typeof actionGroups)[number];

interface ActionRow {
  id: string;
  /** What it does, as the key sheet says it. */
  name: string;
  group: ActionGroup;
  /** The chord it has until somebody chooses another, as `chordOf` names it; '' is none. */
  keys: string;
  /** `page` when left out. */
  reach?: ActionReach;
}

/** Groups that are heard on one page alone: a key may mean one thing there, another elsewhere. */
const pages: Partial<Record<ActionGroup, string>> = {
  Ticket: 'trade',
  Ladder: 'trade',
  Chart: 'trade',
  Settlement: 'settlement',
  Approvals: 'approvals',
};

/** Whether two groups may be heard on one page, so that they cannot share a key. */
export function shareAPage(a: ActionGroup, b: ActionGroup): boolean {
  const [one, other] = [pages[a], pages[b]];
  return one === undefined || other === undefined || one === other;
}

/** Every action that a key starts. Escape is none of them: it always means stop. */
export const actions = [
  { id: 'desk.arm', name: 'Arm, or make safe', group: 'Desk', keys: '`' },
  { id: 'desk.kill', name: 'Kill switch', group: 'Desk', keys: 'Control+Shift+K', reach: 'everywhere' },
  { id: 'desk.keySheet', name: 'Show the keys', group: 'Desk', keys: '?' },
  { id: 'market.favourite', name: 'Make the market a favourite, or not', group: 'Desk', keys: 'F' },
  { id: 'market.pick', name: 'Pick a market', group: 'Desk', keys: '/' },
  { id: 'ticket.buy', name: 'Buy', group: 'Ticket', keys: 'B' },
  { id: 'ticket.sell', name: 'Sell', group: 'Ticket', keys: 'S' },
  { id: 'ticket.size', name: 'Write the quantity', group: 'Ticket', keys: 'Q' },
  { id: 'ticket.price', name: 'Write the price', group: 'Ticket', keys: 'P' },
  { id: 'ticket.send', name: 'Review or send', group: 'Ticket', keys: 'Control+Enter', reach: 'fields' },
  { id: 'ladder.focus', name: 'Go to the ladder', group: 'Ladder', keys: 'L' },
  { id: 'ladder.centre', name: 'Centre the ladder', group: 'Ladder', keys: 'C' },
  { id: 'ladder.finer', name: 'Finer price step', group: 'Ladder', keys: '[' },
  { id: 'ladder.coarser', name: 'Coarser price step', group: 'Ladder', keys: ']' },
  { id: 'ladder.carry', name: 'Pick up own orders, put them down', group: 'Ladder', keys: 'M' },
  { id: 'ladder.watch', name: 'Watch the price, or no longer', group: 'Ladder', keys: 'W' },
  { id: 'tape.hold', name: 'Hold the tape, or let it go', group: 'Ladder', keys: 'T' },
  { id: 'chart.place', name: 'Start something at a price', group: 'Chart', keys: 'Shift+P' },
  { id: 'orders.cancelAll', name: 'Cancel all orders', group: 'Orders', keys: 'Shift+X' },
  { id: 'positions.flattenAll', name: 'Flatten all positions', group: 'Positions', keys: 'Shift+F' },
  { id: 'settlement.withdraw', name: 'Withdraw from the vault', group: 'Settlement', keys: 'W' },
  { id: 'settlement.deposit', name: 'Deposit in the vault', group: 'Settlement', keys: 'D' },
  { id: 'settlement.exitKit', name: 'Download the exit kit', group: 'Settlement', keys: 'X' },
  { id: 'settlement.verify', name: 'Verify a balance again', group: 'Settlement', keys: 'V' },
  { id: 'approvals.agree', name: 'Agree: the wallet opens', group: 'Approvals', keys: 'A' },
  { id: 'approvals.veto', name: 'Veto', group: 'Approvals', keys: 'D' },
  { id: 'approvals.ask', name: 'Ask who made it', group: 'Approvals', keys: 'Q' },
  {
    id: 'approvals.sign',
    name: 'Agree, while the reason is written too',
    group: 'Approvals',
    keys: 'Control+Enter',
    reach: 'fields',
  },
] as const satisfies readonly ActionRow[];

export type ActionId = (typeof actions)[number]['id'];

const rows: ReadonlyMap<string, ActionRow> = new Map(actions.map((action) => [action.id, action]));

export function actionRow(id: ActionId): ActionRow {
  return rows.get(id)!;
}
