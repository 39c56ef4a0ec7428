import { randomUUID } from 'node:crypto';
import type { Names } from '../../api/native/names.ts';
import { readJson } from '../../api/native/readJson.ts';
import { errorView } from '../../protocol/errors.ts';
import { faucetWire } from '../../protocol/wire/session.ts';
import { parseDecimal } from '../../units/decimal.ts';
import { HOUR_MS } from '../../units/time.ts';
import type { Gateway } from '../gateway.ts';
import { ok, type Reply, refuse } from '../http/reply.ts';
import type { Route, RouteRequest } from '../http/routes.ts';
import { limits } from '../limits.ts';
import type { Session } from '../sessions/session.ts';
import type { DeskSettlement } from '../settlement/deskSettlement.ts';
import { refusalIn } from './trading.ts';

export interface FaucetPorts {
  readonly gateway: Gateway;
  names(): Names | undefined;
  nowMs(): number;
  mayTrade(session: Session | undefined, account: number): boolean;
  readonly settlement: Pick<DeskSettlement, 'isAdopted' | 'deposit'>;
}

/**
 * Money for nothing: in a sandbox, for who trades the account, within bounds. It enters as a credited deposit like any
 * other: through the vault once there is one, and what was credited before is put there when it opens.
 */
export function faucetRoutes(ports: FaucetPorts): Route[] {
  const grantsMs = new Map<number, number[]>();
  return [
    {
      method: 'POST',
      path: '/api/v1/sandbox/faucet',
      lane: 'requests',
      handle: (request) => grant(ports, grantsMs, request),
    },
  ];
}

async function grant(
  ports: FaucetPorts,
  grantsMs: Map<number, number[]>,
  request: RouteRequest,
): Promise<Reply> {
  const names = ports.names();
  if (names === undefined) return refuse('engine.notReady');
  if (!names.view.isSandbox) return refuse('request.unknownRoute');
  const reading = readJson(request.text, faucetWire);
  if ('error' in reading) return refuse(reading.error);
  if (request.session === undefined) return refuse('session.required');
  const { account, asset, amount } = reading.value;
  if (!ports.mayTrade(request.session, account)) return refuse('actor.outOfScope');
  const listed = names.assetByName.get(asset);
  const unitsMax = limits.faucet.unitsMax.get(asset);
  if (listed === undefined || unitsMax === undefined) return refuse('asset.unknown');
  const units = parseDecimal(amount, listed.decimals);
  if (units === undefined || units <= 0) return refuse('amount.invalid');
  if (units > unitsMax * 10 ** listed.decimals) {
    return refuse(errorView('amount.invalid', `One grant is at most ${unitsMax} ${asset}.`));
  }
  const grantMs = ports.nowMs();
  if (!takeGrant(grantsMs, account, grantMs)) return refuse('request.tooMany');
  let isGranted = false;
  try {
    const reply = await give(ports, account, listed, units);
    isGranted = reply.status === 200;
    return reply;
  } finally {
    if (!isGranted) giveBack(grantsMs, account, grantMs);
  }
}

/** Through the vault where there is one. */
async function give(
  ports: FaucetPorts,
  account: number,
  { asset, name }: { asset: number; name: string },
  units: number,
): Promise<Reply> {
  if (await ports.settlement.isAdopted()) return await throughVault(ports, account, asset, units);
  const reference = `faucet ${randomUUID()}`;
  const credit = { kind: 'CreditDeposit', account, asset: name, amount: units, reference } as const;
  const answer = await ports.gateway.submitSystem(credit);
  const refusal = refusalIn(answer);
  // The vault was adopted between the look and the credit.
  if (refusal !== undefined && (await ports.settlement.isAdopted()))
    return await throughVault(ports, account, asset, units);
  return refusal ?? ok(answer);
}

async function throughVault(
  { settlement }: FaucetPorts,
  account: number,
  asset: number,
  units: number,
): Promise<Reply> {
  await settlement.deposit(account, asset, units);
  return ok({});
}

function takeGrant(grantsMs: Map<number, number[]>, account: number, nowMs: number): boolean {
  const recent = (grantsMs.get(account) ?? []).filter((timeMs) => timeMs > nowMs - HOUR_MS);
  if (recent.length >= limits.faucet.grantsPerAccountPerHour) return false;
  grantsMs.set(account, [...recent, nowMs]);
  return true;
}

/** What was refused does not count. */
function giveBack(grantsMs: Map<number, number[]>, account: number, grantMs: number): void {
  const grants = grantsMs.get(account) ?? [];
  const index = grants.indexOf(grantMs);
  if (index >= 0) grantsMs.set(account, grants.toSpliced(index, 1));
}
