import { parseSiweMessage } from 'viem/siwe';

/** What the message must say to be meant for this desk. */
export interface SignInPlace {
  /** Host header of the request, which was checked against the names the desk answers to. */
  readonly domain: string;
  readonly chainId: number;
  readonly nowMs: number;
}

export interface SignInMessage {
  /** Lower case hex. */
  readonly address: string;
  readonly nonce: string;
}

/**
 * Reads an EIP-4361 message and checks that it names this desk, this chain and the present.
 *
 * @returns undefined when it is not for us; who signed it is another question
 */
export function readSignInMessage(text: string, place: SignInPlace): SignInMessage | undefined {
  const message = parseSiweMessage(text);
  const { address, nonce, domain, chainId, version, uri } = message;
  if (address === undefined || nonce === undefined) return undefined;
  if (domain !== place.domain || chainId !== place.chainId || version !== '1') return undefined;
  if (!isOf(uri, place.domain)) return undefined;
  const isEarly = message.notBefore !== undefined && !(message.notBefore.getTime() <= place.nowMs);
  const isLate = message.expirationTime !== undefined && !(message.expirationTime.getTime() > place.nowMs);
  if (isEarly || isLate) return undefined;
  return { address: address.toLowerCase(), nonce };
}

function isOf(uri: string | undefined, domain: string): boolean {
  if (uri === undefined || !URL.canParse(uri)) return false;
  const { host, protocol } = new URL(uri);
  return host === domain && (protocol === 'http:' || protocol === 'https:');
}
