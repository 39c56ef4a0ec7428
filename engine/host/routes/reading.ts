import type { Names } from '../../api/native/names.ts';
import { clearSigningFile } from '../../protocol/typed/clearSigning.ts';
import type { HealthView, MarketsView } from '../../protocol/views/health.ts';
import type { MarketView } from '../../protocol/views/market.ts';
import { DAY_MS } from '../../units/time.ts';
import { ok, refuse } from '../http/reply.ts';
import type { Route } from '../http/routes.ts';

export interface ReadingPorts {
  readonly isPaused: boolean;
  names(): Names | undefined;
  health(): HealthView;
  metrics(): Promise<string>;
}

/** Settled contracts leave the list after this long: by then nobody looks for what they settled at. */
const SETTLED_SHOWN_MS = 30 * DAY_MS;

/** What can be asked without changing anything. `?settled=all` lists every contract there ever was. */
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
      // What wallets show of each text that is signed here, for whoever makes or checks one.
      method: 'GET',
      path: '/api/v1/erc7730.json',
      lane: 'requests',
      handle: () => {
        const names = ports.names();
        return names === undefined ? refuse('engine.notReady') : ok(clearSigningFile(names.view));
      },
    },
    {
      method: 'GET',
      path: '/api/v1/markets',
      lane: 'requests',
      handle: ({ query }) => {
        const names = ports.names();
        if (names === undefined) return refuse('engine.notReady');
        const settledMs = query.get('settled') === 'all' ? Number.POSITIVE_INFINITY : SETTLED_SHOWN_MS;
        return ok(marketsViewOf(names, ports.isPaused, ports.health().timeMs, settledMs));
      },
    },
  ];
}

/** @param settledMs contracts that settled longer before `timeMs` are left out */
export function marketsViewOf(
  { view }: Names,
  isPaused: boolean,
  timeMs: number,
  settledMs: number = SETTLED_SHOWN_MS,
): MarketsView {
  const { chainId, vault, isSandbox, assets } = view;
  const isShown = ({ stage, expiryMs }: MarketView) => stage !== 'settled' || timeMs - expiryMs < settledMs;
  return { chainId, vault, isSandbox, isPaused, markets: view.markets.filter(isShown), assets };
}
