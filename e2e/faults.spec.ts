import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { replayedDesk } from '../engine/lab/replayedDesk.ts';
import type { ServerMessage } from '../engine/protocol/stream.ts';
import type { HealthView, MarketsView } from '../engine/protocol/views/health.ts';
import type { MarketSnapshotView, MarketView } from '../engine/protocol/views/market.ts';
import { formatPrice, formatSize, formatUsd } from '../lib/format.ts';
import { type Desk, startDesk } from './desk.ts';
import { sleep } from './frozen.ts';
import { test } from './journey.ts';
import { type Row, readRows, rowsOf, usdOf } from './ladder.ts';
import { PlainBook } from './plainBook.ts';
import { whole } from './quiet.ts';
import { type Passage, type Relay, startRelay } from './relay.ts';
import { type Sign, watchFor } from './sighting.ts';
import { send, ticketOf, write } from './ticket.ts';
import { signIn } from './wallet.ts';

/**
 * Goal: whatever happens between desk and browser, the screen never claims to be live when it is not, and is the desk's
 * own again soon after. How: the page talks to the desk through a relay that loses, repeats and reorders messages, or
 * cuts the line; afterwards the desk is stopped in its tracks, and each level, the account and its orders on screen are
 * held against the engine that the desk's journal makes anew, whose state is then the one that both engines of the desk
 * hashed alike. `npm run long -- offline` cuts the line for a minute.
 */
const CUT_MS = Number(process.env.BALLAST_CUT_MS ?? 8_000);
const TRUTHFUL_WITHIN_MS = 2_000;
const CONSISTENT_WITHIN_MS = 1_000;
const RECONNECTED_WITHIN_MS = 10_000;
/** So many ticks a row, that a dozen rows hold something. */
const GROUP_TICKS = 50;
const FROZEN_MS = 5_000;
/** Until the signal that stops it has reached it. */
const STOPPED_LATE_MS = 1_000;

const ticket = 'button[aria-keyshortcuts="Control+Enter"]';
/** Says that it is old, and takes no order. */
const stale: readonly Sign[] = [
  { at: `${ticket}[aria-disabled="true"]`, says: /Blocked/ },
  { at: 'main', says: /held, [\d.]+ s old/ },
];
const feedLive: Sign = { at: 'footer', says: /feed\s+live/ };
/** Live words, no age anywhere, and nothing asked again. */
const live: readonly Sign[] = [
  feedLive,
  { at: 'main', says: /held, [\d.]+ s/, isGone: true },
  { at: 'main', says: /Resync asked|Resuming/, isGone: true },
];

let desk: Desk;
let relay: Relay;
let dataDir: string;
let market: MarketView;
/** Of the stake, once it is open. */
let stakeAccount = 0;
/** Where a page was found to be the desk's own. */
const seqsHeld: number[] = [];

test.beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'ballast-faults-'));
  desk = await startDesk({ dataDir });
  await whole(desk);
  relay = await startRelay(desk.origin);
  const { markets } = (await (await fetch(`${desk.origin}/api/v1/markets`)).json()) as MarketsView;
  market = markets.find(({ name }) => name === 'BTC-PERP')!;
});
test.afterAll(async () => {
  await relay?.close();
  await desk?.stop();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 9 });
});
test.describe('a page', () => {
  test.beforeEach(async ({ page }) => {
    relay.passage = undefined;
    await page.goto(`${relay.origin}/trade/BTC-PERP`);
    await signIn(page, 'Trader');
    await expect.poll(() => readRows(page)).not.toEqual([]);
    if (stakeAccount === 0) await openStake(page);
    await page.getByLabel('step', { exact: true }).selectOption(String(GROUP_TICKS));
    await write(page, { size: '0.1' });
    await expect(page.getByRole('contentinfo')).toContainText(/feed\s+live/);
  });

  test(`a line cut for ${CUT_MS / 1_000} s: old and blocked within 2 s, and the desk’s own within 1 s of its return`, async ({
    page,
  }) => {
    test.setTimeout(CUT_MS + 300_000);
    const old = await watchFor(page, [...stale, { at: 'footer', says: /(stale|offline) [\d.]+ s/ }]);
    const cutMs = Date.now();
    relay.cut();
    await old.seenWithin(TRUTHFUL_WITHIN_MS, cutMs);
    await page.waitForTimeout(Math.max(0, cutMs + CUT_MS - Date.now()));
    const [connected, consistent] = [await watchFor(page, [feedLive]), await watchFor(page, live)];
    const mendedMs = Date.now();
    relay.mend();
    // The next try comes when it comes; from then on a second is allowed.
    const connectedMs = await connected.seenWithin(RECONNECTED_WITHIN_MS, mendedMs);
    await consistent.seenWithin(CONSISTENT_WITHIN_MS, connectedMs);
    await expect(page.getByText(/^Connected again after /)).toBeVisible();
    await expect(page.getByText(/resumed by sequence|resynced from a snapshot/)).toBeVisible();
    await expectSame(page);
  });

  test('messages lost, repeated and overtaken on the way leave no trace', async ({ page }) => {
    relay.passage = troubled();
    await page.waitForTimeout(4_000);
    const consistent = await watchFor(page, live);
    await consistent.seenWithin(CONSISTENT_WITHIN_MS, await mended(), relay.stalls);
    await expectSame(page);
  });

  test('one message lost before a silence is missed at the next heartbeat', async ({ page }) => {
    const old = await watchFor(page, stale);
    const lostMs = Date.now();
    relay.passage = (message, send) => {
      // Nothing on the channel itself tells of it, and what would mend it is lost as well.
      if (message.type !== 'marketDelta' && message.type !== 'marketSnapshot') send(message);
    };
    await old.seenWithin(TRUTHFUL_WITHIN_MS, lostMs);
    const consistent = await watchFor(page, live);
    await consistent.seenWithin(CONSISTENT_WITHIN_MS, await mended(), relay.stalls);
    await expectSame(page);
  });

  test('a tab that was frozen wakes up with its age and takes no order, and is live again within a second of the desk’s word', async ({
    page,
  }) => {
    const old = await watchFor(page, [...stale, { at: 'main', says: /Positions and cancels still work/ }]);
    // Nothing comes when it wakes: what waited would be drawn before anybody could read how old the page was.
    relay.passage = () => {};
    const { sleptMs, wokenMs } = await sleep(page, FROZEN_MS);
    const oldMs = await old.seenWithin(TRUTHFUL_WITHIN_MS, wokenMs);
    expect(sleptMs, 'ms in which the page did not run').toBeGreaterThan(FROZEN_MS - STOPPED_LATE_MS);
    expect(oldMs, 'it says so when it wakes, for before it could not').toBeGreaterThanOrEqual(wokenMs);
    const consistent = await watchFor(page, live);
    await consistent.seenWithin(CONSISTENT_WITHIN_MS, await mended(), relay.stalls);
    await expectSame(page);
  });
});

test('where the pages were found equal, the journal leads to the state that both engines hashed alike', async () => {
  const last = Math.max(...seqsHeld);
  const health = async () => (await (await fetch(`${desk.origin}/api/v1/health`)).json()) as HealthView;
  await expect
    .poll(async () => (await health()).hashCheckedSequence, { timeout: 90_000 })
    .toBeGreaterThanOrEqual(last);
  const { hashCheckedSequence: seq, stateHash } = await health();
  expect(replayedDesk(dataDir, [{ kind: 'hash', seq }]).hashes.get(seq)).toBe(stateHash);
});

/**
 * Everything passes again.
 *
 * @returns when the page was first told how far the desk is: sooner it cannot know what it missed
 */
function mended(): Promise<number> {
  return new Promise((resolve) => {
    relay.passage = (message, send) => {
      send(message);
      if (message.type !== 'heartbeat') return;
      relay.passage = undefined;
      resolve(Date.now());
    };
  });
}

/**
 * The desk stops where it is; what the page holds then is held against the engine that its journal makes anew, at the
 * sequence the page says it is of.
 */
async function expectSame(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /centre/i })
    .first()
    .click();
  desk.freeze();
  try {
    let held = await heldBy(page);
    // What was under way arrives and is drawn; then nothing follows.
    await expect(async () => {
      const before = held;
      held = await heldBy(page);
      expect({ ...held, banner: '' }).toEqual({ ...before, banner: '' });
    }).toPass({ intervals: [250] });
    const account = stakeAccount;
    const { books, accounts } = replayedDesk(dataDir, [
      { kind: 'book', seq: held.bookSeq, instrument: market.instrument },
      { kind: 'account', seq: held.accountSeq, account },
    ]);
    const rows = windowOf(books.get(held.bookSeq)!, held.rows);
    expect(plain(held.rows)).toEqual(plain(rows));
    const { margin, orders, positions } = accounts.get(held.accountSeq)!;
    for (const usd of [margin.equityUsd, margin.freeUsd]) expect(held.banner).toContain(formatUsd(usd, 2));
    expect(held.orders).toEqual(
      orders.map(({ openLots, priceTicks }) => [
        formatSize(openLots, market),
        formatPrice(priceTicks, market),
      ]),
    );
    expect(held.nets).toEqual(positions.map(({ lots }) => lots));
    seqsHeld.push(held.bookSeq, held.accountSeq);
  } finally {
    desk.thaw();
  }
}

interface Held {
  bookSeq: number;
  rows: Row[];
  accountSeq: number;
  banner: string;
  orders: [open: string, price: string][];
  /** Of each position, in lots. */
  nets: number[];
}

async function heldBy(page: Page): Promise<Held> {
  const bookSeq = Number(await page.locator('tbody[data-seq]').getAttribute('data-seq'));
  const rows = await readRows(page);
  expect(rows.length).toBeGreaterThan(2);
  await page.getByRole('banner').getByRole('button').filter({ hasText: 'why' }).first().click();
  const source = await page.getByRole('group', { name: 'Why Equity' }).locator('p').last().textContent();
  const accountSeq = Number(/^seq ([\d,]+)/.exec(source ?? '')?.[1]?.replaceAll(',', ''));
  await page.keyboard.press('Escape');
  const banner = (await page.getByRole('banner').textContent()) ?? '';
  const orders: Held['orders'] = [];
  for (const row of await page.getByRole('grid', { name: 'Open orders' }).locator('tr[data-order]').all()) {
    const text = async (column: string) =>
      (await row.locator(`td[data-column="${column}"]`).textContent()) ?? '';
    orders.push([await text('open'), await text('price')]);
  }
  const nets = await page
    .getByRole('grid', { name: 'Positions' })
    .locator('td[data-column="net"] data')
    .evaluateAll((all) => all.map((each) => Number((each as HTMLDataElement).value)));
  return { bookSeq, rows, accountSeq, banner, orders, nets };
}

/** The rows of a book that the ladder's window shows, from the top. */
function windowOf(snapshot: MarketSnapshotView, shown: readonly Row[]): Row[] {
  const book = new PlainBook();
  for (const [ticks, lots] of snapshot.bids) book.set('bids', ticks, lots);
  for (const [ticks, lots] of snapshot.asks) book.set('asks', ticks, lots);
  const [highest, lowest] = [usdOf(shown[0]!), usdOf(shown.at(-1)!)];
  return rowsOf(grouped(book), market, shown).filter((row) => usdOf(row) <= highest && usdOf(row) >= lowest);
}

/** Whole steps are written without decimals: the number is what counts. */
const plain = (rows: readonly Row[]) => rows.map((row) => [usdOf(row), row[1], row[2]]);

/** Bids fall into the row below them, asks into the one above. */
function grouped({ bids, asks }: PlainBook): PlainBook {
  const rows = new PlainBook();
  const add = (side: 'bids' | 'asks', row: number, lots: number) =>
    rows.set(side, row * GROUP_TICKS, (rows[side].get(row * GROUP_TICKS) ?? 0) + lots);
  for (const [ticks, lots] of bids) add('bids', Math.floor(ticks / GROUP_TICKS), lots);
  for (const [ticks, lots] of asks) add('asks', Math.ceil(ticks / GROUP_TICKS), lots);
  return rows;
}

/** A position, and an order that nobody reaches: an account with nothing in it is easily equal. */
async function openStake(page: Page): Promise<void> {
  await write(page, { side: 'Buy', type: 'Market', size: '0.3' });
  await send(page);
  await expect(ticketOf(page)).toContainText('Filled: order');
  await ticketOf(page).getByRole('button', { name: 'Price at bid' }).click();
  const bid = Number(await ticketOf(page).getByLabel('Limit', { exact: true }).inputValue());
  await write(page, { side: 'Buy', size: '0.2', price: (bid * 0.97).toFixed(0), isPostOnly: true });
  await send(page);
  await expect(ticketOf(page)).toContainText('Resting: order');
  stakeAccount = Number(await page.getByLabel('Account', { exact: true }).inputValue());
}

/** One message in ten is lost, one repeated, one held back until the next has passed. Answers and hellos pass. */
function troubled(): Passage {
  let count = 0;
  let late: ServerMessage | undefined;
  return (message, send) => {
    const isStream = /Delta|Snapshot|heartbeat|markets/.test(message.type);
    const turn = isStream ? count++ % 10 : -1;
    if (turn === 3) return;
    if (turn === 5) {
      late = message;
      return;
    }
    send(message);
    if (turn === 7) send(message);
    if (late !== undefined) send(late);
    late = undefined;
  };
}
