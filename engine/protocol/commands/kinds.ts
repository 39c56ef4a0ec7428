import type { CommandKind } from './types.ts';

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
  ReportPrices: 30,
  Tick: 31,
  SetSurface: 32,
  OpenPot: 50,
  MoveCollateral: 51,
  SetLeverageCap: 52,
  RegisterMarketMaker: 53,
  SetRedemptionRatio: 40,
} as const satisfies Record<CommandKind, number>;

const names = new Map<number, CommandKind>(
  Object.entries(commandKinds).map(([name, number]) => [number, name as CommandKind]),
);

export function commandKindName(number: number): CommandKind | undefined {
  return names.get(number);
}
