// Goal: spot pairs can be bought and sold on every desk, whatever moves its perpetuals. How: half a minute of each market,
// then a person takes the best ask and the best bid of every pair, and what moved is counted.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bestAsk, bestBid } from '../../core/book/ladder.ts';
import { balanceOf } from '../../core/ledger/post.ts';
import { USDC } from '../../core/ledger/systemAccounts.ts';
import { NONE } from '../../core/memory/table.ts';
import { orderBookOf } from '../../core/orders/books.ts';
import { chainPorts } from '../../host/chainPorts.ts';
import { ContractMarket } from '../../market/contracts/contractMarket.ts';
import { GeneratedMarket } from '../../market/generated/generatedMarket.ts';
import type { Market } from '../../market/market.ts';
import { openRecordings } from '../../market/recorded/recordings.ts';
import { takingOrder } from '../../market/venue/orderCommands.ts';
import { Side } from '../../protocol/enums.ts';
import type { MarketView } from '../../protocol/views/market.ts';
import { contractsDue } from '../../sandbox/contracts.ts';
import { FIRST_SUBACCOUNT } from '../../sandbox/genesis.ts';
import { smallCapture } from '../fixtures/captureFixture.ts';
import { DESK_START_MS, SandboxDesk } from '../fixtures/sandboxDesk.ts';

const LOTS = 100;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ballast-spot-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function together(...markets: Market[]): Market {
  return {
    stepMs: 100,
    onEvents: (lanes) => {
      for (const market of markets) market.onEvents(lanes);
    },
    step: (nowMs) => markets.flatMap((market) => market.step(nowMs)),
  };
}

async function perpetuals(kind: string, desk: SandboxDesk): Promise<Market> {
  const options = { directory: desk.directory(), seed: 1, pace: 'default' } as const;
  if (kind === 'generated') return new GeneratedMarket(options);
  const file = smallCapture(40).write(path.join(folder, 'binance-usdm-btcusdt_spot.jsonl'));
  return (await openRecordings({ ...options, path: file, ports: chainPorts })).market;
}

/** What a person has of the pair's asset and of USDC. */
function holdings(desk: SandboxDesk, { baseAsset }: MarketView): [base: number, usdc: number] {
  const { state } = desk.engine;
  return [balanceOf(state, FIRST_SUBACCOUNT, baseAsset), balanceOf(state, FIRST_SUBACCOUNT, USDC)];
}

function take(desk: SandboxDesk, { instrument }: MarketView, side: Side): void {
  const book = orderBookOf(instrument);
  const { book: books } = desk.engine.state;
  const priceTicks = side === Side.buy ? bestAsk(books, book) : bestBid(books, book);
  expect(priceTicks).not.toBe(NONE);
  desk.submit(takingOrder({ account: FIRST_SUBACCOUNT, instrument, side, priceTicks, sizeLots: LOTS }));
}

test.each(['generated', 'recorded'])(
  'every spot pair beside a %s market is quoted and trades',
  async (kind) => {
    const desk = new SandboxDesk();
    const usd = new Map(desk.directory().underlyings.map(({ id }) => [id, 63_100e8]));
    for (const command of contractsDue(desk.directory(), usd, desk.timeMs)) desk.submit(command);
    const contracts = new ContractMarket({ directory: desk.directory(), seed: 1, pace: 'paused' });
    desk.run(together(await perpetuals(kind, desk), contracts), DESK_START_MS + 30_000);
    const pairs = desk.directory().markets.filter((market) => market.kind === 'spot');
    expect(pairs.map(({ name }) => name)).toEqual(expect.arrayContaining(['BTC/USDC', 'ETH/USDC']));
    for (const pair of pairs) {
      const before = holdings(desk, pair);
      take(desk, pair, Side.buy);
      const bought = holdings(desk, pair);
      expect([pair.name, bought[0] > before[0], bought[1] < before[1]]).toEqual([pair.name, true, true]);
      take(desk, pair, Side.sell);
      const sold = holdings(desk, pair);
      // What was bought is gone again, and the way there and back cost the spread.
      expect([pair.name, sold[0], sold[1] < before[1]]).toEqual([pair.name, before[0], true]);
    }
  },
);
