import { decodeErrorResult, type Hex, isHex } from 'viem';
import { tokenAbi, vaultAbi } from './vaultAbi.ts';

/** What the vault's and the tokens' refusals mean for whoever is about to send, and the way on. */
const words: Readonly<Record<string, string>> = {
  NotAllowed: 'Only the owner of the account may do this. Use the owner’s wallet.',
  IsPaused: 'A guardian has paused the vault. Nothing goes in or out until the pause ends.',
  IsFrozen: 'The vault is frozen: accounts leave by their exit kit.',
  TooSoon: 'It is too soon: the vault still waits, or a request of this account is open already.',
  UnknownAsset: 'The vault holds no such asset.',
  NotWholeUnits: 'The amount is finer than the smallest unit of this asset.',
  BelowMinimum: 'The amount is under the least the vault takes.',
  ReceivedOther: 'The token moved another amount than was asked for; the vault takes no such token.',
  AlreadyCounted: 'A state root counts this deposit already: it cannot be taken back any more.',
  UnknownDeposit: 'The vault knows no such deposit.',
  NotDue: 'It is not due yet.',
  BadProof: 'The vault does not accept the proof: it is of another root. Ask for a new one.',
  NotFinal: 'The root is not final yet. Wait until its dispute time is over.',
  AlreadyPaid: 'This withdrawal was paid already.',
  NotWhitelisted: 'The destination is not on the account’s address list yet, or not for long enough.',
  Expired: 'The request has expired. Ask again.',
  NothingDue: 'There is nothing of this left to be paid.',
  NotFrozen: 'The vault is not frozen: withdraw as usual.',
  AlreadyEscaped: 'This account has left already.',
  RateLimitExceeded: 'More is leaving than may in one window. Try again later, or less.',
  ERC20InsufficientBalance: 'This wallet does not have that much of the token.',
  ERC20InsufficientAllowance: 'The vault may not take that much of the token yet.',
};

const known = [...vaultAbi, ...tokenAbi];

/** Why a call would fail, as a sentence. */
export function revertSentence(error: unknown): string {
  const data = revertData(error);
  const name = data === undefined ? undefined : errorName(data);
  if (name !== undefined) return words[name] ?? `The contract refuses: ${name}.`;
  const { message } = error as { message?: unknown };
  return `It would fail: ${typeof message === 'string' ? message.slice(0, 160) : 'no reason was given'}`;
}

/** Whether the vault may take too little of a token: also where a token says why in words of its own, or not at all. */
export function isOfAllowance(error: unknown): boolean {
  const data = revertData(error);
  const name = data === undefined ? undefined : errorName(data);
  return name === undefined || name === 'ERC20InsufficientAllowance';
}

/** Nodes put a revert's data in `data`, some wallets one deeper. */
function revertData(error: unknown): Hex | undefined {
  const { data } = error as { data?: unknown };
  if (isHex(data)) return data;
  return typeof data === 'object' && data !== null ? revertData(data) : undefined;
}

function errorName(data: Hex): string | undefined {
  try {
    return decodeErrorResult({ abi: known, data }).errorName;
  } catch {
    return undefined;
  }
}
