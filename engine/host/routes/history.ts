import type { Names } from '../../api/native/names.ts';
import { generatedHistory } from '../../market/generated/history.ts';
import type { CandleView, MarketView } from '../../protocol/views/market.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../units/time.ts';
import type { History, HistoryKind } from '../history.ts';
import { ok, type Reply, refuse } from '../http/reply.ts';
import type { Route, RouteRequest } from '../http/routes.ts';
import { limits } from '../limits.ts';
import type { Session } from '../sessions/session.ts';

export interface HistoryPorts {
  readonly history: Pick<History, 'page' | 'candles'>;
  /** Seed of a generated market; undefined for any other. */
  readonly generatedSeed: number | undefined;
  names(): Names | undefined;
  nowMs(): number;
  maySee(session: Session | undefined, account: number): boolean;
}

/** A Map, because an object also answers to `__proto__`. */
const intervals = new Map([
  ['1m', MINUTE_MS],
  ['5m', 5 * MINUTE_MS],
  ['15m', 15 * MINUTE_MS],
  ['1h', HOUR_MS],
  ['4h', 4 * HOUR_MS],
  ['1d', DAY_MS],
]);

const KINDS: readonly HistoryKind[] = ['fills', 'funding', 'interest', 'ledger'];

const PAGE_DEFAULT = 100;

/** What happened: candles of a market, pages of an account. */
export function historyRoutes(ports: HistoryPorts): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/candles',
      lane: 'requests',
      handle: (request) => candles(ports, request),
    },
    ...KINDS.map(
      (kind): Route => ({
        method: 'GET',
        path: `/api/v1/accounts/:account/${kind}`,
        lane: 'requests',
        handle: (request) => page(ports, kind, request),
      }),
    ),
  ];
}

/** `?limit=100[&beforeSeq=…&beforePlace=…]`: newest first, the next page behind the last row's place. */
async function page(ports: HistoryPorts, kind: HistoryKind, request: RouteRequest): Promise<Reply> {
  const { session, params, query } = request;
  if (session === undefined) return refuse('session.required');
  const account = Number(params.account);
  if (!ports.maySee(session, account)) return refuse('actor.outOfScope');
  const limit = wholeNumber(query.get('limit') ?? String(PAGE_DEFAULT));
  const seq = wholeNumber(query.get('beforeSeq') ?? '0');
  const place = wholeNumber(query.get('beforePlace') ?? '0');
  const isReadable = limit !== undefined && seq !== undefined && place !== undefined;
  if (!isReadable || limit < 1 || limit > limits.records.rowsMax) return refuse('request.malformed');
  const before = seq === 0 ? undefined : { seq, place };
  return ok({ account, [kind]: await ports.history.page(kind, account, { before, limit }) });
}

/**
 * `?instrument=0&interval=1m[&from=ms][&to=ms][&generated=1]`, the instrument by number or by name. With
 * `generated`, candles the model makes up for the time before the desk stand in front; those before
 * `generatedBeforeMs` are such, and whoever shows them must say so.
 */
async function candles(ports: HistoryPorts, { query }: RouteRequest): Promise<Reply> {
  const names = ports.names();
  if (names === undefined) return refuse('engine.notReady');
  const wanted = query.get('instrument') ?? '';
  const market = names.marketByName.get(wanted) ?? names.view.markets[wholeNumber(wanted) ?? -1];
  if (market === undefined) return refuse('instrument.unknown');
  const intervalMs = intervals.get(query.get('interval') ?? '1m');
  const fromMs = wholeNumber(query.get('from') ?? '0');
  const toMs = wholeNumber(query.get('to') ?? String(Number.MAX_SAFE_INTEGER));
  if (intervalMs === undefined || fromMs === undefined || toMs === undefined)
    return refuse('request.malformed');
  const { instrument } = market;
  const traded = await ports.history.candles({ instrument, intervalMs, fromMs, toMs });
  if (query.get('generated') !== '1') return ok({ instrument, intervalMs, candles: traded });
  const generatedBeforeMs = traded[0]?.openMs ?? Math.min(toMs, ports.nowMs());
  const before = earlierCandles(ports, market, intervalMs, fromMs, generatedBeforeMs);
  return ok({ instrument, intervalMs, generatedBeforeMs, candles: [...before, ...traded] });
}

function earlierCandles(
  { generatedSeed }: HistoryPorts,
  market: MarketView,
  intervalMs: number,
  fromMs: number,
  startMs: number,
): CandleView[] {
  const count = Math.min(limits.candles.generatedMax, Math.floor((startMs - fromMs) / intervalMs));
  if (generatedSeed === undefined || count < 1) return [];
  const made = generatedHistory({ seed: generatedSeed, market, startMs, intervalMs, count });
  return made.candles.filter(({ openMs }) => openMs >= fromMs && openMs < startMs);
}

function wholeNumber(text: string): number | undefined {
  const value = Number(text);
  return /^[0-9]{1,16}$/.test(text) && Number.isSafeInteger(value) ? value : undefined;
}
