import type { Names } from '../../api/native/names.ts';
import type { AccountView } from '../../protocol/views/account.ts';
import type { HealthView, MarketsView } from '../../protocol/views/health.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../units/time.ts';
import { ok, type Reply, refuse } from '../http/reply.ts';
import type { Route, RouteRequest } from '../http/routes.ts';
import type { Session } from '../sessions/sessionStore.ts';
import type { MarketFeeds } from '../streams/marketFeeds.ts';

export interface ReadingPorts {
  readonly isPaused: boolean;
  readonly markets: MarketFeeds;
  names(): Names | undefined;
  health(): HealthView;
  metrics(): Promise<string>;
  maySee(session: Session | undefined, account: number): boolean;
  accountView(account: number): Promise<AccountView>;
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

/** What can be asked without changing anything. */
export function readingRoutes(ports: ReadingPorts): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/health',
      handle: () => {
        const health = ports.health();
        return { status: health.status === 'ok' ? 200 : 503, body: health };
      },
    },
    { method: 'GET', path: '/api/v1/metrics', handle: async () => ok(await ports.metrics()) },
    {
      method: 'GET',
      path: '/api/v1/markets',
      lane: 'requests',
      handle: () => {
        const names = ports.names();
        return names === undefined ? refuse('engine.notReady') : ok(marketsView(ports, names));
      },
    },
    {
      method: 'GET',
      path: '/api/v1/candles',
      lane: 'requests',
      handle: (request) => candles(ports, request),
    },
    {
      method: 'GET',
      path: '/api/v1/accounts/:account',
      lane: 'requests',
      handle: async ({ session, params }) => {
        if (session === undefined) return refuse('session.required');
        const account = Number(params.account);
        if (!ports.maySee(session, account)) return refuse('actor.outOfScope');
        return ok(await ports.accountView(account));
      },
    },
  ];
}

function marketsView({ isPaused }: ReadingPorts, { view }: Names): MarketsView {
  const { chainId, vault, isSandbox, markets, assets } = view;
  return { chainId, vault, isSandbox, isPaused, markets, assets };
}

/** `?instrument=0&interval=1m[&from=ms][&to=ms]`; the instrument by number or by name. */
function candles(ports: ReadingPorts, { query }: RouteRequest): Reply {
  const name = query.get('instrument') ?? '';
  const number = ports.names()?.marketByName.get(name)?.instrument ?? wholeNumber(name);
  const feed = number === undefined ? undefined : ports.markets.feed(number);
  if (feed === undefined) return refuse('instrument.unknown');
  const intervalMs = intervals.get(query.get('interval') ?? '1m');
  const fromMs = wholeNumber(query.get('from') ?? '0');
  const toMs = wholeNumber(query.get('to') ?? String(Number.MAX_SAFE_INTEGER));
  if (intervalMs === undefined || fromMs === undefined || toMs === undefined)
    return refuse('request.malformed');
  const found = feed.candles.query(intervalMs, fromMs, toMs);
  return ok({ instrument: feed.instrument, intervalMs, candles: found });
}

function wholeNumber(text: string): number | undefined {
  const value = Number(text);
  return /^[0-9]{1,16}$/.test(text) && Number.isSafeInteger(value) ? value : undefined;
}
