/**
 * GET /api/v1/custody: what stands behind the addresses that sign for a firm or are paid by it, and which of them a
 * custodian's machine asks for. To every member of the firm.
 */
export interface CustodyView {
  /** The desk's clock. */
  timeMs: number;
  chainId: number;
  vault: string;
  /** The final block the addresses were looked at; null while the chain does not answer. */
  block: { number: number; hash: string } | null;
  /** The longest that GET /api/v1/approvals waits for news. */
  waitMsMax: number;
  /** Wallets of the firm's present members, then those addresses of its book that are nobody's wallet. */
  addresses: CustodyAddressView[];
}

/**
 * What an address is at a block. `key`: no code; also of a contract that has not been deployed yet. `contract`: its
 * signature is what its code says (ERC-1271). `delegated`: a key that lends code (EIP-7702), and still signs by itself.
 * `unknown`: the chain does not answer.
 */
export type CodeKind = 'key' | 'contract' | 'delegated' | 'unknown';

export interface CustodyAddressView {
  /** Lower case hex. */
  address: string;
  /** Whose wallet it is; null for an address that is only paid. */
  member: number | null;
  code: CodeKind;
  /** When it asked GET /api/v1/approvals last, by the desk's clock; null: not since the desk was started. */
  askedMs: number | null;
  /** Whether a question of it waits for news now. */
  isListening: boolean;
}
