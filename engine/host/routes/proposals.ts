import { readJson } from '../../api/native/readJson.ts';
import { errorView } from '../../protocol/errors.ts';
import type { CommandAnswer } from '../../protocol/stream.ts';
import {
  commentWire,
  decideWire,
  proposeDraftWire,
  proposeWire,
  withdrawProposalWire,
} from '../../protocol/wire/firm.ts';
import type { FirmDoor } from '../firmDoor.ts';
import { ok, type Reply, refuse } from '../http/reply.ts';
import type { Route, RouteRequest } from '../http/routes.ts';
import { refusalIn } from './trading.ts';

/**
 * What a firm's people ask for and agree to. A session alone does nothing here: each body carries a fresh signature of
 * the wallet that is signed in.
 */
export function proposalRoutes(door: FirmDoor): Route[] {
  return [
    {
      method: 'POST',
      path: '/api/v1/proposals',
      lane: 'requests',
      handle: (request) => signed(request, proposeWire, (wire) => door.propose(wire)),
    },
    {
      method: 'POST',
      path: '/api/v1/proposals/draft',
      isQuestion: true,
      lane: 'requests',
      handle: (request) => ofWallet(request, proposeDraftWire, (wire) => ok(door.draft(wire))),
    },
    {
      method: 'POST',
      path: '/api/v1/proposals/:proposal/decision',
      lane: 'requests',
      handle: (request) => signed(request, decideWire, (wire) => door.decide(proposalIn(request), wire)),
    },
    {
      method: 'POST',
      path: '/api/v1/proposals/:proposal/withdrawal',
      lane: 'requests',
      handle: (request) =>
        signed(request, withdrawProposalWire, (wire) => door.withdraw(proposalIn(request), wire)),
    },
    {
      method: 'POST',
      path: '/api/v1/proposals/:proposal/comments',
      lane: 'requests',
      handle: (request) => signed(request, commentWire, (wire) => door.comment(proposalIn(request), wire)),
    },
  ];
}

/** The number in the address; one that is none is of no proposal. */
export function proposalIn({ params }: RouteRequest): number {
  const proposal = Number(params.proposal);
  return Number.isSafeInteger(proposal) && proposal > 0 ? proposal : 0;
}

async function signed<T extends { wallet: string }>(
  request: RouteRequest,
  schema: Parameters<typeof readJson<T>>[1],
  submit: (wire: T) => Promise<CommandAnswer>,
): Promise<Reply> {
  return await ofWallet(request, schema, async (wire) => {
    const answer = await submit(wire);
    return refusalIn(answer) ?? ok(answer);
  });
}

/** A body that names the wallet that is signed in. */
export async function ofWallet<T extends { wallet: string }>(
  { session, text }: RouteRequest,
  schema: Parameters<typeof readJson<T>>[1],
  handle: (wire: T) => Promise<Reply> | Reply,
): Promise<Reply> {
  if (session === undefined) return refuse('session.required');
  const reading = readJson(text, schema);
  if ('error' in reading) return refuse(reading.error);
  if (reading.value.wallet !== session.address)
    return refuse(errorView('signature.payloadMismatch', 'It names another wallet than the one signed in.'));
  return await handle(reading.value);
}
