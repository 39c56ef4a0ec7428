import type { Command, CommandKind } from './types.ts';

/** The tag byte of each command in the journal. Numbers are never reused. */
export const commandKinds = {
  Genesis: 1,
  ListAsset: 2,
  ListUnderlying: 3,
  ListInstrument: 4,
  SetFeeTiers: 5,
  SetCorrelations: 6,
  OpenFirm: 7,
  OpenSubaccount: 8,
  AddMember: 9,
  ApproveAgent: 10,
  RevokeAgent: 11,
  CreditDeposit: 12,
  PlaceOrder: 20,
  AmendOrder: 21,
  CancelOrder: 22,
  CancelByClientId: 23,
  CancelAll: 24,
  Batch: 25,
  PlaceScale: 26,
  ReportPrices: 30,
  Tick: 31,
  SetSurface: 32,
  OpenPot: 50,
  MoveCollateral: 51,
  SetLeverageCap: 52,
  RegisterMarketMaker: 53,
  SetRedemptionRatio: 40,
  Propose: 60,
  Decide: 61,
  WithdrawProposal: 62,
  CommentProposal: 63,
  AdoptVault: 70,
  CutRoot: 71,
  SettleWithdrawal: 72,
  NoteWhitelist: 73,
  ReopenWithdrawal: 74,
  SkipDeposit: 75,
  RevertDeposit: 76,
  NoteVaultCap: 77,
  ServeDemand: 79,
} as const satisfies Record<CommandKind, number>;

/** Tag of an AmendOrder with a bracket: one without is written as before there was such a thing. */
export const AMEND_WITH_BRACKET = 27;

const names = new Map<number, CommandKind>([
  ...Object.entries(commandKinds).map(([name, number]): [number, CommandKind] => [
    number,
    name as CommandKind,
  ]),
  [AMEND_WITH_BRACKET, 'AmendOrder'],
]);

/** The tag byte of a command. */
export function tagOf(command: Command): number {
  return command.kind === 'AmendOrder' && command.bracket !== undefined
    ? AMEND_WITH_BRACKET
    : commandKinds[command.kind];
}

/** Whether a tag is of a command that a batch may hold. */
export function isOrderKind(kind: number): boolean {
  return (
    (kind >= commandKinds.PlaceOrder && kind <= commandKinds.CancelAll) ||
    kind === commandKinds.PlaceScale ||
    kind === AMEND_WITH_BRACKET
  );
}

/** Whether a tag is of what a member's wallet signs. */
export function isFirmKind(kind: number): boolean {
  return kind >= commandKinds.Propose && kind <= commandKinds.CommentProposal;
}

/** Whether a tag is of what a trading key signs: orders, and what changes an account's own margin. */
export function isKeyKind(kind: number): boolean {
  return isOrderKind(kind) || kind === commandKinds.Batch || ACCOUNT_KINDS.has(kind);
}

const ACCOUNT_KINDS: ReadonlySet<number> = new Set([
  commandKinds.OpenPot,
  commandKinds.MoveCollateral,
  commandKinds.SetLeverageCap,
]);

export function commandKindName(number: number): CommandKind | undefined {
  return names.get(number);
}
