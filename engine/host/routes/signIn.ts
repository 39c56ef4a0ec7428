import type { Names } from '../../api/native/names.ts';
import { readJson } from '../../api/native/readJson.ts';
import type { ErrorView } from '../../protocol/errors.ts';
import { signInWire } from '../../protocol/wire/session.ts';
import { ok, type Reply, refuse } from '../http/reply.ts';
import type { Route, RouteRequest } from '../http/routes.ts';
import { limits } from '../limits.ts';
import { sessionViewOf, standingOf } from '../membership.ts';
import type { OnceTokens } from '../sessions/onceTokens.ts';
import { placeOf } from '../sessions/place.ts';
import type { SignedInFrom } from '../sessions/session.ts';
import { clearedSessionCookie, sessionCookie } from '../sessions/sessionCookie.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';
import type { SignInAudit } from '../sessions/signInAudit.ts';
import { readSignInMessage } from '../sessions/signInMessage.ts';
import type { WalletSignatures } from '../signatures/walletSignatures.ts';
import { CallError } from '../threads/pendingCalls.ts';
import type { SignaturesClient } from '../threads/signaturesClient.ts';

export interface SignInPorts {
  names(): Names | undefined;
  nowMs(): number;
  readonly nonces: OnceTokens<true>;
  readonly sessions: SessionStore;
  readonly signatures: Pick<SignaturesClient, 'signerOfMessage'>;
  readonly signIns: Pick<SignInAudit, 'signedIn' | 'refused'>;
  readonly wallets: Pick<WalletSignatures, 'ofMessage'>;
}

/** Signing in with a wallet (EIP-4361), asking who one is, signing out. */
export function signInRoutes(ports: SignInPorts): Route[] {
  return [
    {
      method: 'POST',
      path: '/api/v1/session/nonce',
      lane: 'signIns',
      handle: () => {
        const { token, expiresAtMs } = ports.nonces.issue(true);
        return ok({ nonce: token, expiresAtMs });
      },
    },
    {
      method: 'POST',
      path: '/api/v1/session',
      lane: 'signIns',
      handle: (request) => recordedSignIn(ports, request),
    },
    {
      method: 'GET',
      path: '/api/v1/session',
      lane: 'requests',
      handle: (request) => viewOf(ports, request, 'session.required'),
    },
    {
      // Right after signing in: no session here means that the browser threw the cookie away.
      method: 'GET',
      path: '/api/v1/session/probe',
      lane: 'requests',
      handle: (request) => viewOf(ports, request, 'session.cookieNotKept'),
    },
    {
      method: 'DELETE',
      path: '/api/v1/session',
      lane: 'requests',
      handle: ({ session, address }) => {
        if (session !== undefined)
          ports.sessions.end(session.id, { is: 'signedOut', by: { session, ipAddress: address } });
        return ok({}, { 'set-cookie': clearedSessionCookie() });
      },
    },
  ];
}

/** A sign-in that is refused is a decision too, kept apart from others so that a flood of them stays small. */
async function recordedSignIn(ports: SignInPorts, request: RouteRequest): Promise<Reply> {
  const reply = await signIn(ports, request);
  const { error } = reply.body as { error?: ErrorView };
  if (error === undefined) return reply;
  const wallet = /0x[0-9a-fA-F]{40}/.exec(request.text)?.[0] ?? '';
  ports.signIns.refused({ session: undefined, ipAddress: request.address }, error.code, wallet);
  return { ...reply, isRecorded: true };
}

/** Refusals in order: malformed, message, nonce, signature, member. The nonce is used up by the first try. */
async function signIn(ports: SignInPorts, request: RouteRequest): Promise<Reply> {
  const names = ports.names();
  if (names === undefined) return refuse('engine.notReady');
  const reading = readJson(request.text, signInWire);
  if ('error' in reading) return refuse(reading.error);
  const { message, signature } = reading.value;
  const domain = request.headers.host ?? '';
  const read = readSignInMessage(message, { domain, chainId: names.view.chainId, nowMs: ports.nowMs() });
  if (read === undefined) return refuse('session.messageInvalid');
  if (ports.nonces.redeem(read.nonce) === undefined) return refuse('session.nonceInvalid');
  const signer = await ports.signatures.signerOfMessage(message, signature);
  const isMember = names.membersByAddress.has(read.address);
  if (signer !== read.address && !(isMember && (await isContracts(ports, read.address, reading.value))))
    return refuse('session.signatureInvalid');
  if (!isMember) return refuse('session.notMember');
  // A new session at every sign-in: one that was planted before is worth nothing.
  const { address: ipAddress, session: before } = request;
  if (before !== undefined)
    ports.sessions.end(before.id, { is: 'replaced', by: { session: before, ipAddress } });
  const { secret, session } = ports.sessions.start(read.address, signedInFrom(names, read.address, request));
  ports.signIns.signedIn({ session, ipAddress });
  return ok(sessionViewOf(names, session), {
    'set-cookie': sessionCookie(secret, limits.session.lifeMs / 1_000),
  });
}

/** A member's wallet may be a contract; nobody else has the chain asked. @fails CallError chain.unavailable, engine.busy */
async function isContracts(
  { wallets }: SignInPorts,
  address: string,
  { message, signature }: { message: string; signature: string },
): Promise<boolean> {
  try {
    await wallets.ofMessage(address, message, signature);
    return true;
  } catch (error) {
    if (error instanceof CallError && error.error.code.startsWith('signature.')) return false;
    throw error;
  }
}

function viewOf(
  ports: SignInPorts,
  { session }: RouteRequest,
  code: 'session.required' | 'session.cookieNotKept',
): Reply {
  const names = ports.names();
  if (session === undefined) return refuse(code);
  return names === undefined ? refuse('engine.notReady') : ok(sessionViewOf(names, session));
}

const BROWSER_CHARACTERS_MAX = 200;

function signedInFrom(names: Names, wallet: string, { headers, address }: RouteRequest): SignedInFrom {
  const browser = (headers['user-agent'] ?? '').replace(/[^ -~]/g, '').slice(0, BROWSER_CHARACTERS_MAX);
  return { browser, place: placeOf(address), standing: standingOf(names, wallet) };
}
