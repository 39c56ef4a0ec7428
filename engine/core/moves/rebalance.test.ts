// Goal: what is proposed does what it says. How: accounts with random positions and cash; the plan is done as the change
// set it is asked for as, and every account is looked at before and after by the functions that liquidate.
import { beforeEach, describe, expect, test } from 'vitest';
import {
  ALTS,
  BASIS,
  BTC,
  type Desk,
  ETH,
  MAKER,
  openDesk,
  raiseOwnerCap,
  VOL,
} from '../../lab/fixtures/desk.ts';
import { sequence } from '../../lab/fixtures/randomFlow.ts';
import type { Action } from '../../protocol/commands/actions.ts';
import { Side } from '../../protocol/enums.ts';
import type { RebalanceTarget } from '../../protocol/views/rebalance.ts';
import { USD_SCALE } from '../../units/money.ts';
import { balanceOf } from '../ledger/post.ts';
import { USDC } from '../ledger/systemAccounts.ts';
import { stateHash } from '../snapshot.ts';
import { limitUsesAbove } from '../views/firmRisk.ts';
import { previewSideOf } from '../views/previewSide.ts';
import { rebalanceOf, standsAt } from './rebalance.ts';

const FIRM = 1;
const OWN = [BASIS, ALTS, VOL];
let desk: Desk;

beforeEach(() => {
  desk = openDesk();
  raiseOwnerCap(desk);
});

const free = (account: number) => desk.engine.risk.movableUsd(account);
const cash = (account: number) => balanceOf(desk.engine.state, account, USDC);

/** Gives an account a position against the market's maker. */
function hold(account: number, instrument: number, sizeLots: number, side: Side = Side.buy): void {
  const priceTicks = instrument === BTC ? 600_000 : 300_000;
  const other = side === Side.buy ? Side.sell : Side.buy;
  desk.place({ account: MAKER, instrument, sizeLots, priceTicks, side: other });
  desk.place({ account, instrument, sizeLots, priceTicks, side });
}

function plan(wanted: number[], target: RebalanceTarget) {
  const others = OWN.filter((account) => !wanted.includes(account));
  return rebalanceOf(desk.engine, FIRM, { wanted, others, target });
}

/** Asks the engine for the transfers as the desk does: one by itself, several as one set. */
function perform(transfers: ReturnType<typeof plan>['transfers']): void {
  const parts = transfers.map((transfer) => ({ kind: 'Transfer', ...transfer }) as const);
  const action: Action = parts.length === 1 ? parts[0]! : { kind: 'ChangeSet', parts };
  desk.accept({ kind: 'Propose', firm: FIRM, action });
}

describe('an account near liquidation', () => {
  test('is brought to the target by one transfer where one can give it, and nothing is changed by asking', () => {
    hold(BASIS, BTC, 6_000_000);
    const target = { by: 'ratio', ratioPpm: 150_000 } as const;
    const before = stateHash(desk.engine.state);
    const { needs, transfers } = plan([BASIS], target);
    expect(stateHash(desk.engine.state)).toBe(before);
    expect(needs).toEqual([{ account: BASIS, neededUsd: expect.any(Number), givenUsd: needs[0]!.neededUsd }]);
    expect(transfers).toHaveLength(1);
    perform(transfers);
    expect(standsAt(desk.engine, BASIS, 0, target)).toBe(true);
    // Not more than needed, to a thousandth.
    expect(standsAt(desk.engine, BASIS, -Math.max(2 * USD_SCALE, needs[0]!.neededUsd! / 400), target)).toBe(
      false,
    );
  });

  test('that stands at the target needs nothing, and nobody gives', () => {
    hold(BASIS, BTC, 100);
    expect(plan([BASIS], { by: 'ratio', ratioPpm: 900_000 })).toMatchObject({ needs: [], transfers: [] });
  });

  test('gets all that can be spared where that is not enough, and the rest is said', () => {
    hold(BASIS, BTC, 6_000_000);
    const { needs, transfers } = plan([BASIS], { by: 'ratio', ratioPpm: 1 });
    expect(needs[0]!.neededUsd === null || needs[0]!.neededUsd > needs[0]!.givenUsd).toBe(true);
    expect(transfers.reduce((sum, { amount }) => sum + amount, 0)).toBe(needs[0]!.givenUsd);
  });

  test('takes nothing from accounts that are kept apart', () => {
    hold(BASIS, BTC, 6_000_000);
    for (const account of [ALTS, VOL])
      desk.accept({
        kind: 'Propose',
        firm: FIRM,
        action: { kind: 'SetSegregation', account, isSegregated: true },
      });
    const { needs, transfers } = plan([BASIS], { by: 'ratio', ratioPpm: 150_000 });
    expect([needs.length, transfers]).toEqual([1, []]);
  });

  test('takes nothing by which a giver would pass a limit', () => {
    hold(BASIS, BTC, 6_000_000);
    hold(ALTS, BTC, 200_000);
    const node = desk.engine.state.accounts.columns.node[ALTS]!;
    const target = { by: 'ratio', ratioPpm: 150_000 } as const;
    const given = () =>
      rebalanceOf(desk.engine, FIRM, { wanted: [BASIS], others: [ALTS], target }).needs[0]!.givenUsd;
    const cap = (leveragePpm: number) =>
      desk.accept({
        kind: 'Propose',
        firm: FIRM,
        action: { kind: 'SetLimits', node, limits: { soft: {}, hard: { leveragePpm } } },
      });
    const freely = given();
    // At 0.2× now; at 0.25× a fifth of its equity may go.
    cap(250_000);
    const within = given();
    expect([within > 0, within < freely]).toEqual([true, true]);
    perform([{ from: ALTS, to: BASIS, asset: 'USDC', amount: within }]);
    const [use] = limitUsesAbove(desk.engine.state, [ALTS]).filter(({ kind }) => kind === 'leverage');
    expect(use!.used).toBeLessThanOrEqual(250_000);
    cap(1_000);
    expect(given()).toBe(0);
  });
});

test.each([1, 2, 3, 4])(
  'whatever they hold, receivers gain, givers keep the target, cash is conserved (seed %i)',
  (seed) => {
    const below = sequence(seed);
    let doneCount = 0;
    for (const account of OWN) {
      hold(
        account,
        BTC,
        (account === BASIS ? 4_000_000 : 1) + below(800_000),
        below(2) === 0 ? Side.buy : Side.sell,
      );
      hold(account, ETH, 1 + below(800_000), below(2) === 0 ? Side.buy : Side.sell);
    }
    const stands = previewSideOf(desk.engine, BASIS, 0);
    const targets: RebalanceTarget[] = [
      { by: 'distance', sigmas: stands.distanceSigmas * (1.1 + below(50) / 100) },
      { by: 'ratio', ratioPpm: Math.floor((stands.ratioPpm * (50 + below(45))) / 100) },
    ];
    for (const target of targets) {
      const wanted = OWN.slice(0, 1 + below(2));
      const { needs, transfers } = plan(wanted, target);
      if (transfers.length === 0) continue;
      doneCount += 1;
      const [cashBefore, total] = [
        new Map(OWN.map((account) => [account, cash(account)])),
        OWN.reduce((sum, account) => sum + cash(account), 0),
      ];
      perform(transfers);
      expect(OWN.reduce((sum, account) => sum + cash(account), 0)).toBe(total);
      for (const { account, neededUsd, givenUsd } of needs) {
        expect(cash(account) - cashBefore.get(account)!).toBe(givenUsd);
        if (neededUsd === givenUsd) expect(standsAt(desk.engine, account, 0, target)).toBe(true);
      }
      for (const { from } of transfers) {
        expect(wanted).not.toContain(from);
        expect(standsAt(desk.engine, from, 0, target)).toBe(true);
        expect(free(from)).toBeGreaterThanOrEqual(0);
      }
    }
    expect(doneCount).toBeGreaterThan(0);
  },
);
