import { expect, test } from 'vitest';
import { namesOf } from '../../api/native/names.ts';
import { sampleDirectory } from '../../api/native/sampleDirectory.ts';
import type { ClearSigningFile } from '../../protocol/typed/clearSigning.ts';
import type { MarketsView } from '../../protocol/views/health.ts';
import type { MarketView } from '../../protocol/views/market.ts';
import { DAY_MS } from '../../units/time.ts';
import type { RouteRequest } from '../http/routes.ts';
import { type ReadingPorts, readingRoutes } from './reading.ts';

const NOW_MS = Date.UTC(2026, 6, 1);

/** The sample desk with three futures more: one that trades, one settled yesterday and one settled long ago. */
function portsOf(): ReadingPorts {
  const future = (name: string, over: Partial<MarketView>): MarketView => ({
    ...sampleDirectory.markets[0]!,
    instrument: sampleDirectory.markets.length,
    name,
    kind: 'future',
    ...over,
  });
  const futures = [
    future('BTC-3JUL26', { expiryMs: NOW_MS + 2 * DAY_MS }),
    future('BTC-30JUN26', { expiryMs: NOW_MS - DAY_MS, stage: 'settled' }),
    future('BTC-29MAY26', { expiryMs: NOW_MS - 33 * DAY_MS, stage: 'settled' }),
  ];
  const view = { ...sampleDirectory, markets: [...sampleDirectory.markets, ...futures] };
  return {
    isPaused: false,
    names: () => namesOf(view),
    health: () => ({ timeMs: NOW_MS }) as ReturnType<ReadingPorts['health']>,
  } as ReadingPorts;
}

async function listed(query: string): Promise<string[]> {
  const route = readingRoutes(portsOf()).find(({ path }) => path === '/api/v1/markets')!;
  const { body } = await route.handle({ query: new URLSearchParams(query) } as RouteRequest);
  return (body as MarketsView).markets.map(({ name }) => name);
}

test('the descriptors of what wallets sign are those of this chain and vault', async () => {
  const route = readingRoutes(portsOf()).find(({ path }) => path === '/api/v1/erc7730.json')!;
  const { body } = await route.handle({} as RouteRequest);
  const { chainId, vault } = sampleDirectory;
  expect((body as ClearSigningFile).context.eip712.deployments).toEqual([{ chainId, address: vault }]);
});

test('a settled contract is listed for thirty days', async () => {
  expect(await listed('')).toEqual(['BTC-PERP', 'ETH-PERP', 'BTC-3JUL26', 'BTC-30JUN26']);
});

test('who asks for all that was settled gets every contract there ever was', async () => {
  expect(await listed('settled=all')).toContain('BTC-29MAY26');
});
