import { readJson } from '../../api/native/readJson.ts';
import type {
  EntitlementsView,
  ExitRehearsalView,
  ProofView,
  SettlementView,
  WithdrawalProofView,
} from '../../protocol/views/settlement.ts';
import { rehearsalWire } from '../../protocol/wire/settlement.ts';
import { ok, type Reply, refuse } from '../http/reply.ts';
import type { Route, RouteRequest } from '../http/routes.ts';
import type { Session } from '../sessions/session.ts';

export interface SettlementPorts {
  isOpen(): boolean;
  maySee(session: Session | undefined, account: number): boolean;
  view(maySee: (account: number) => boolean): SettlementView;
  /** @param epoch undefined for the newest final one */
  proof(epoch: number | undefined, account: number): Promise<ProofView | undefined>;
  /** @param epoch undefined for the newest final one */
  entitlements(
    epoch: number | undefined,
    maySee: (account: number) => boolean,
  ): Promise<EntitlementsView | undefined>;
  /** Whose a withdrawal is. */
  accountOf(proof: WithdrawalProofView): number;
  withdrawalProof(epoch: number | undefined, nonce: number): Promise<WithdrawalProofView | undefined>;
  /** @param escapes data of transactions */
  rehearse(escapes: readonly `0x${string}`[]): Promise<ExitRehearsalView>;
}

/** What the vault holds and what was signed about it is everybody's; a leaf and a withdrawal are their account's. */
export function settlementRoutes(ports: SettlementPorts): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/settlement',
      lane: 'requests',
      handle: ({ session }) =>
        ports.isOpen()
          ? ok(ports.view((account) => ports.maySee(session, account)))
          : refuse('engine.notReady'),
    },
    {
      // `final` as epoch is the newest final one. `?account=8`
      method: 'GET',
      path: '/api/v1/proof/:epoch',
      lane: 'requests',
      handle: (request) => proof(ports, request),
    },
    {
      method: 'GET',
      path: '/api/v1/proof/:epoch/withdrawal/:nonce',
      lane: 'requests',
      handle: (request) => withdrawalProof(ports, request),
    },
    {
      // What a root says of all accounts of who asks, to be booked against; the proof of each is asked for by itself.
      method: 'GET',
      path: '/api/v1/entitlements/:epoch',
      lane: 'requests',
      handle: (request) => entitlements(ports, request),
    },
    {
      // Whoever has a leaf with its path has what a stranger could send: nothing is learnt from it but what it is worth.
      method: 'POST',
      path: '/api/v1/settlement/rehearsal',
      lane: 'requests',
      isQuestion: true,
      handle: (request) => rehearsal(ports, request),
    },
  ];
}

async function proof(ports: SettlementPorts, { session, params, query }: RouteRequest): Promise<Reply> {
  if (session === undefined) return refuse('session.required');
  const epoch = epochIn(params.epoch ?? '');
  const account = Number(query.get('account') ?? Number.NaN);
  if (epoch === null || !Number.isSafeInteger(account)) return refuse('request.malformed');
  if (!ports.maySee(session, account)) return refuse('actor.outOfScope');
  const found = await ports.proof(epoch, account);
  return found === undefined ? refuse('root.unknown') : ok(found);
}

async function withdrawalProof(ports: SettlementPorts, { session, params }: RouteRequest): Promise<Reply> {
  const epoch = epochIn(params.epoch ?? '');
  const nonce = Number(params.nonce);
  const isRead = epoch !== null && Number.isSafeInteger(nonce);
  const found = isRead ? await ports.withdrawalProof(epoch, nonce) : undefined;
  // A deposit that goes back to whom no account belongs: they cannot sign in here, and it pays nobody else.
  if (found !== undefined && ports.accountOf(found) < 0) return ok(found);
  if (session === undefined) return refuse('session.required');
  if (!isRead) return refuse('request.malformed');
  if (found === undefined) return refuse('root.unknown');
  return ports.maySee(session, ports.accountOf(found)) ? ok(found) : refuse('actor.outOfScope');
}

async function entitlements(ports: SettlementPorts, { session, params }: RouteRequest): Promise<Reply> {
  if (session === undefined) return refuse('session.required');
  const epoch = epochIn(params.epoch ?? '');
  if (epoch === null) return refuse('request.malformed');
  const found = await ports.entitlements(epoch, (account) => ports.maySee(session, account));
  return found === undefined ? refuse('root.unknown') : ok(found);
}

async function rehearsal(ports: SettlementPorts, { session, text }: RouteRequest): Promise<Reply> {
  if (session === undefined) return refuse('session.required');
  const reading = readJson(text, rehearsalWire);
  if ('error' in reading) return refuse(reading.error);
  return ok(await ports.rehearse(reading.value.escapes as `0x${string}`[]));
}

/** @returns null where it is neither a number nor `final` */
function epochIn(text: string): number | undefined | null {
  if (text === 'final') return undefined;
  return /^[0-9]{1,16}$/.test(text) ? Number(text) : null;
}
