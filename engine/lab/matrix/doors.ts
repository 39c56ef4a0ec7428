import type { CommandKind } from '../../protocol/commands/types.ts';

/** Commands that only the desk itself gives. */
export const systemKinds = [
  'Genesis',
  'ListAsset',
  'ListUnderlying',
  'ListInstrument',
  'SetFeeTiers',
  'SetCorrelations',
  'OpenFirm',
  'OpenSubaccount',
  'RegisterMarketMaker',
  'AddMember',
  'ApproveAgent',
  'RevokeAgent',
  'CreditDeposit',
  'SkipDeposit',
  'RevertDeposit',
  'AdoptVault',
  'CutRoot',
  'SettleWithdrawal',
  'ReopenWithdrawal',
  'NoteWhitelist',
  'NoteVaultCap',
  'ServeDemand',
  'ReportPrices',
  'Tick',
  'SetSurface',
  'SetRedemptionRatio',
] as const satisfies readonly CommandKind[];

/** Rows of the matrix that come with the vault, with liquidation or with the venue's own people: nothing offers them yet. */
export const notYet = /publish|root|override|pause|guardian/i;

/**
 * Who is answered at an address: `anyone`; a `person` who is signed in; a `reader` of the audit log, which a trader is
 * not; a `member` of the account in the path; who
 * signed with a `wallet` besides being signed in; who signed with a `key`, signed in or not.
 */
export type Audience = 'anyone' | 'person' | 'reader' | 'member' | 'wallet' | 'key';

/** Every address under /api. One that is missing here fails the test: say who may use it. */
export const routeAudiences: Readonly<Record<string, Audience>> = {
  'GET /api/v1/health': 'anyone',
  'GET /api/v1/metrics': 'anyone',
  'GET /api/v1/markets': 'anyone',
  'GET /api/v1/candles': 'anyone',
  'GET /api/v1/oracle': 'anyone',
  'GET /api/v1/settlement': 'anyone',
  'GET /api/v1/erc7730.json': 'anyone',
  'GET /api/v1/options/:underlying': 'anyone',
  'POST /api/v1/csp-reports': 'anyone',
  'POST /api/v1/chain/rpc': 'anyone',
  'POST /api/v1/session/nonce': 'anyone',
  'POST /api/v1/session': 'anyone',
  'DELETE /api/v1/session': 'anyone',
  'GET /api/v1/session': 'person',
  'GET /api/v1/session/probe': 'person',
  'GET /api/v1/proof/:epoch': 'member',
  'GET /api/v1/proof/:epoch/withdrawal/:nonce': 'person',
  'GET /api/v1/entitlements/:epoch': 'person',
  'POST /api/v1/settlement/rehearsal': 'person',
  'GET /api/v1/sessions': 'person',
  'DELETE /api/v1/sessions': 'person',
  'DELETE /api/v1/sessions/:session': 'person',
  'GET /api/v1/accounts': 'person',
  'GET /api/v1/stresses': 'person',
  'GET /api/v1/stress-map': 'person',
  'GET /api/v1/margin-schedule': 'person',
  'GET /api/v1/firm': 'person',
  'GET /api/v1/audit': 'reader',
  'GET /api/v1/audit/export': 'reader',
  'GET /api/v1/past': 'reader',
  'GET /api/v1/firm/risk': 'person',
  'GET /api/v1/approvals': 'person',
  'GET /api/v1/custody': 'person',
  'GET /api/v1/proposals': 'person',
  'GET /api/v1/proposals/:proposal/preview': 'person',
  'POST /api/v1/proposals/preview': 'person',
  'POST /api/v1/firm/policy/trial': 'person',
  'POST /api/v1/firm/rebalance': 'person',
  'POST /api/v1/stream/ticket': 'person',
  'GET /api/v1/fills': 'person',
  'GET /api/v1/accounts/:account': 'member',
  'GET /api/v1/accounts/:account/margin-history': 'member',
  'GET /api/v1/accounts/:account/venues': 'member',
  'GET /api/v1/accounts/:account/payoff/:underlying': 'member',
  'GET /api/v1/accounts/:account/fills': 'member',
  'GET /api/v1/accounts/:account/funding': 'member',
  'GET /api/v1/accounts/:account/interest': 'member',
  'GET /api/v1/accounts/:account/ledger': 'member',
  'GET /api/v1/accounts/:account/outcomes': 'member',
  'GET /api/v1/orders/by-client-id/:account/:clientId': 'member',
  'POST /api/v1/sandbox/faucet': 'member',
  'POST /api/v1/proposals': 'wallet',
  'POST /api/v1/proposals/draft': 'person',
  'POST /api/v1/proposals/:proposal/comments': 'wallet',
  'POST /api/v1/proposals/:proposal/decision': 'wallet',
  'POST /api/v1/proposals/:proposal/decision/draft': 'person',
  'POST /api/v1/proposals/:proposal/withdrawal': 'wallet',
  'GET /api/v1/agents': 'person',
  'POST /api/v1/agents': 'wallet',
  'POST /api/v1/commands': 'key',
};

/** What may be said on the stream: by `anyone`, by a `member` of the account named, by who signed with a `key`. */
export const streamAudiences: Readonly<Record<string, Audience>> = {
  ping: 'anyone',
  'subscribe markets': 'anyone',
  'subscribe market': 'anyone',
  'subscribe account': 'member',
  unsubscribe: 'anyone',
  preview: 'member',
  previewOperations: 'member',
  largestOrder: 'member',
  command: 'key',
};
