import type { CodeKind, CustodyAddressView, CustodyView } from '../../../engine/protocol/views/custody.ts';
import type { FirmNodeView, FirmView } from '../../../engine/protocol/views/firm.ts';
import { roleName } from '../../../lib/firm/words.ts';
import { formatAge } from '../../../lib/format.ts';

/** A wallet or an address a custodian has to do with. */
export interface CustodyRow {
  address: string;
  /** Whose it is. */
  whose: string;
  /** `owner`, `ops approver`, `is paid`. */
  is: string;
  code: CodeKind;
  /** What it says in words, and what follows from it. */
  codeWords: string;
  /** Of a wallet: whether a machine asks for it. Undefined of an address that signs nothing. */
  hook: string | undefined;
  isListening: boolean;
}

/** What the desk knows of who keeps the firm's wallets; those nobody but a person uses are only counted. */
export interface CustodyRows {
  rows: CustodyRow[];
  keyCount: number;
}

const CODE_WORDS: Readonly<Record<CodeKind, string>> = {
  key: 'key',
  contract: 'contract, ERC-1271',
  delegated: 'key that lends code, EIP-7702',
  unknown: 'unknown',
};

/** The owner first, then contracts and co-signers, then where money goes; in the order they were enrolled. */
export function custodyRows(firm: FirmView, view: CustodyView): CustodyRows {
  const wallets = view.addresses.filter(({ member }) => member !== null);
  const isKept = (each: CustodyAddressView) =>
    each.address === firm.owner || each.code !== 'key' || each.askedMs !== null;
  const paid = view.addresses.filter(({ member }) => member === null);
  const shown = wallets.filter(isKept);
  const owners = shown.filter(({ address }) => address === firm.owner);
  const others = shown.filter(({ address }) => address !== firm.owner);
  return {
    rows: [...owners, ...others, ...paid].map((each) => rowOf(firm, view, each)),
    keyCount: wallets.length - shown.length,
  };
}

function rowOf(firm: FirmView, view: CustodyView, each: CustodyAddressView): CustodyRow {
  const { address, code, isListening } = each;
  const member = firm.members.find((one) => one.member === each.member);
  const line = firm.withdrawals.destinations.find(({ to }) => to === address);
  const roles = [
    ...(address === firm.owner ? ['owner: lists addresses, has a word in each withdrawal'] : []),
    ...(member === undefined || address === firm.owner ? [] : [roleName(member.role)]),
    ...(line === undefined || line.isOwner ? [] : ['is paid']),
  ];
  return {
    address,
    whose: member?.label ?? line?.label ?? '',
    is: roles.join(' · '),
    code,
    codeWords: CODE_WORDS[code],
    hook: member === undefined ? undefined : hookWords(each, view.timeMs),
    isListening,
  };
}

function hookWords({ isListening, askedMs }: CustodyAddressView, nowMs: number): string {
  if (isListening) return 'waits for news';
  return askedMs === null ? 'not asked' : `asked ${formatAge(Math.max(0, nowMs - askedMs))} ago`;
}

/** Subaccounts nothing moves out of into another. */
export function apartOf({ nodes }: Pick<FirmView, 'nodes'>): FirmNodeView[] {
  return nodes.filter(({ isSegregated, isArchived }) => isSegregated && !isArchived);
}

/** `Macro / Rates`: the groups above a place, from the root down. */
export function placeAbove({ nodes }: Pick<FirmView, 'nodes'>, { parent }: FirmNodeView): string {
  const labels: string[] = [];
  for (let at = parent; at !== null; ) {
    const node = nodes.find((each) => each.node === at);
    if (node === undefined) break;
    labels.unshift(node.label);
    at = node.parent;
  }
  return labels.join(' / ');
}

/** Subaccounts of the tree that take part, for asking what a withdrawal from one needs. */
export function openSubaccounts({ nodes }: Pick<FirmView, 'nodes'>): FirmNodeView[] {
  return nodes.filter(({ account, isArchived }) => account !== null && !isArchived);
}
