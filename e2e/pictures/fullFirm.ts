import { FirmPerson } from '../../engine/lab/firmPerson.ts';
import type { Action } from '../../engine/protocol/commands/actions.ts';
import { people } from '../../engine/sandbox/people.ts';

const USD = 1_000_000;
const [ROOT, MACRO, VOL] = [0, 1, 2];
const [BASIS, ALTS, VOLATILITY] = [8, 9, 10];
const BTC = 0;

const transfer = (from: number, to: number, usd: number): Action => ({
  kind: 'Transfer',
  from,
  to,
  asset: 'USDC',
  amount: usd * USD,
});
const limits = (node: number, grossUsd: number, netUsd: number): Action => ({
  kind: 'SetLimits',
  node,
  limits: {
    soft: { grossUsd: grossUsd * 0.8 * USD, netUsd: netUsd * 0.8 * USD, dayLossUsd: grossUsd * 0.02 * USD },
    hard: {
      grossUsd: grossUsd * USD,
      netUsd: netUsd * USD,
      orderUsd: 5_000_000 * USD,
      dayLossUsd: grossUsd * 0.03 * USD,
    },
  },
});

/** What a firm's day leaves behind: limits, small moves, one thing that was vetoed, and a queue with a question. */
export async function fillFirm(origin: string): Promise<void> {
  const person = (role: (typeof people)[number]['role']) =>
    FirmPerson.signIn(
      origin,
      people.findIndex((each) => each.role === role),
    );
  const [manager, risk, opsMaker] = await Promise.all([
    person('portfolio manager'),
    person('risk'),
    person('ops-maker'),
  ]);
  await risk.ask(limits(ROOT, 45_000_000, 30_000_000));
  await risk.ask(limits(MACRO, 30_000_000, 20_000_000));
  await risk.ask(limits(VOL, 2_500_000, 2_000_000));
  await manager.ask({ kind: 'TagNode', node: MACRO, tags: ['basis', 'carry'] });
  await manager.ask(transfer(BASIS, ALTS, 120_000));
  const vetoed = await manager.ask(transfer(VOLATILITY, BASIS, 2_000_000));
  const view = (await risk.proposals()).find(({ proposal }) => proposal === vetoed);
  if (view !== undefined) await risk.decide(view, { decision: 'veto' });
  await opsMaker.ask(transfer(ALTS, BASIS, 750_000));
  await manager.ask(limits(MACRO, 44_000_000, 28_000_000));
  const port = await manager.ask({
    kind: 'PortPosition',
    from: BASIS,
    to: ALTS,
    instrument: BTC,
    lots: 20_000,
    priceTicks: 0,
  });
  await risk.comment(port!, 'Why not sell it in the market?', true);
  await manager.comment(port!, 'It would move the price: Alts wants to keep it.');
}
