// Goal: while a market stands alone, what is gained in it carries no other position, and what is lost there counts.
import { expect, test } from 'vitest';
import { ALTS, BASIS, BTC, Desk, ETH, MAKER } from '../../lab/fixtures/desk.ts';
import { SECOND_MS } from '../../units/time.ts';
import { requirementOf } from '../margin/requirement.ts';
import { accountViewOf } from '../views/account.ts';

const BITCOIN = 0;
const ETHER = 1;
const USD = 1_000_000;

/** The account buys so many lots of BTC (0.0001 each), then BTC comes to stand alone at 66 000. */
function isolatedDesk(lots: number, account = ALTS): Desk {
  const desk = new Desk();
  desk.prices({ [BITCOIN]: 60_000, [ETHER]: 3_000 });
  desk.place({ account: MAKER, side: lots > 0 ? 1 : 0, sizeLots: Math.abs(lots) });
  desk.place({ account, side: lots > 0 ? 0 : 1, sizeLots: Math.abs(lots) });
  move(desk, 66_000);
  return desk;
}

function move(desk: Desk, usd: number) {
  desk.wait(SECOND_MS).prices({ [BITCOIN]: usd, [ETHER]: 3_000 });
}

const requirement = ({ engine }: Desk, account = ALTS) =>
  requirementOf(engine.risk.parameters(), engine.risk.portfolioOf(account));

test('a gain since the start counts for the market’s own requirement and no more', () => {
  // 10 BTC.
  const desk = isolatedDesk(100_000);
  expect(requirement(desk).heldBackUsd).toBe(0);
  move(desk, 68_000);
  const { heldBackUsd, maintenanceUsd, equityUsd, ratioPpm } = requirement(desk);
  const gained = 20_000 * USD;
  const { maintenance } = accountViewOf(desk.engine, ALTS).margin;
  const own = maintenance.standalone.find(({ underlying }) => underlying === 'BTC')!.usd * 0.6;
  expect(heldBackUsd / (gained - own)).toBeCloseTo(1, 6);
  expect(ratioPpm).toBe(Math.ceil((maintenanceUsd / (equityUsd - heldBackUsd)) * 1e6));
});

test('a loss counts in full', () => {
  const desk = isolatedDesk(-100_000);
  const before = requirement(desk);
  move(desk, 68_000);
  const after = requirement(desk);
  expect(after.equityUsd).toBe(before.equityUsd - 20_000 * USD);
  expect(after.heldBackUsd).toBe(0);
});

test('a short against coins of the same size gains nothing, and is not punished for its winning leg', () => {
  // BASIS holds 25 BTC; short the 24.25 that count.
  const desk = isolatedDesk(-242_500, BASIS);
  move(desk, 68_000);
  expect(requirement(desk, BASIS).heldBackUsd).toBe(0);
});

test('what is held back can neither be traded on nor withdrawn', () => {
  const desk = isolatedDesk(500_000);
  const before = requirement(desk);
  move(desk, 69_500);
  const after = requirement(desk);
  // 50 BTC gained 175 000 USD: free collateral rises by what its own requirement takes of it at the most.
  expect(after.equityUsd - before.equityUsd).toBe(175_000 * USD);
  expect(after.freeUsd).toBeLessThan(before.freeUsd);
  const parameters = desk.engine.risk.parameters();
  const counted = requirementOf(parameters, { ...desk.engine.risk.portfolioOf(ALTS), hasWindow: false });
  expect(after.freeUsd).toBeLessThanOrEqual(counted.freeUsd);
});

test('orders in other markets go by what is left', () => {
  const desk = isolatedDesk(500_000);
  desk.place({ account: ALTS, instrument: ETH, sizeLots: 100, priceTicks: 300_000 });
  expect(desk.code).toBeUndefined();
  desk.place({ account: ALTS, instrument: BTC, sizeLots: 1, priceTicks: 660_000 });
  expect(desk.code).toBe('market.isolated');
});
