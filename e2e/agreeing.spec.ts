import { expect, type Page } from '@playwright/test';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import type { FirmView } from '../engine/protocol/views/firm.ts';
import type { FirmRiskView } from '../engine/protocol/views/firmRisk.ts';
import { stillDesk } from './deskOfFile.ts';
import { buyForBasis, detailOf, entryOf, openApprovals, signShown } from './firm.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';

/**
 * What passes a limit is agreed to with a word why; what is passed while somebody looks is read before it is agreed to;
 * what would be refused is not agreed to at all.
 */
const desk = stillDesk();

const [MANAGER, RISK] = [2, 3];
const ALTS_NODE = 4;
const [BASIS, ALTS] = [8, 9];
const USD = 1_000_000;

/** How the button to agree stood, from when on, by the page's own clock, and which line flashed. */
interface Standing {
  atMs: number;
  isBlocked: boolean;
  title: string;
  flashing: string;
}

/** The page writes down each change of the button as it is made. */
async function watchAgreeing(page: Page, proposal: number): Promise<() => Promise<Standing[]>> {
  const seen = await page.evaluateHandle((number) => {
    const standings: Standing[] = [];
    const look = () => {
      const button = [...document.querySelectorAll('button')].find(({ textContent }) =>
        textContent?.startsWith(`Agree to #${number}`),
      );
      if (button === undefined) return;
      const isBlocked = button.getAttribute('aria-disabled') === 'true';
      const flashing = document.querySelector('[data-fresh="true"]')?.textContent ?? '';
      const last = standings.at(-1);
      if (last?.isBlocked === isBlocked && last.title === button.title) return;
      standings.push({ atMs: performance.now(), isBlocked, title: button.title, flashing });
    };
    look();
    const watching = { subtree: true, childList: true, attributes: true };
    new MutationObserver(look).observe(document.body, watching);
    return standings;
  }, proposal);
  return () => seen.jsonValue();
}

test('what passes a limit wants a reason, is read again when it has just changed, and is refused past the hard one', async ({
  page,
}) => {
  const complaints = await listen(page);
  const manager = await FirmPerson.signIn(desk.origin, MANAGER);
  const risk = await FirmPerson.signIn(desk.origin, RISK);
  await buyForBasis(manager, '0.5');
  const { body } = await manager.client.get<FirmRiskView>('/api/v1/firm/risk');
  const { lots, instrument } = body.accounts.find(({ account }) => account === BASIS)!.positions[0]!;
  const tighten = async (severity: 'soft' | 'hard', terms: { grossUsd?: number; netUsd?: number }) => {
    const { body: firm } = await risk.client.get<FirmView>('/api/v1/firm');
    const { soft, hard } = firm.nodes[ALTS_NODE]!.limits!;
    const limits = { soft, hard, [severity]: { ...(severity === 'soft' ? soft : hard), ...terms } };
    expect(await risk.ask({ kind: 'SetLimits', node: ALTS_NODE, limits })).toBeUndefined();
  };
  await tighten('soft', { grossUsd: 10_000 * USD });
  const terms = { from: BASIS, to: ALTS, instrument, lots, priceTicks: 0 };
  const proposal = (await manager.ask({ kind: 'PortPosition', ...terms }))!;
  await openApprovals(page, desk.origin, 'Second risk');
  await entryOf(page, proposal).click();
  const agree = page.getByRole('button', { name: `Agree to #${proposal}` });
  const words = page.getByLabel('Comment, or why');

  await test.step('who is asked begins in the reason, which is due', async () => {
    await expect(words).toBeFocused();
    await expect(words).toHaveAccessibleDescription('required: something is passed');
    await expect(agree).toHaveAttribute('title', 'Write why first: Macro / Alts Gross over soft.');
    await expect(agree).toHaveAttribute('aria-disabled', 'true');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.keyboard.type('It is hedged, and back on Monday.');
    await expect(agree).not.toHaveAttribute('aria-disabled', 'true');
    expect(await violationsOf(page)).toEqual([]);
  });

  await test.step('what is passed meanwhile flashes, and a second goes by before anybody agrees', async () => {
    const standings = await watchAgreeing(page, proposal);
    await tighten('soft', { netUsd: 10_000 * USD });
    await expect
      .poll(async () => (await standings()).map(({ isBlocked }) => isBlocked))
      .toEqual([false, true, false]);
    const [, blocked, again] = await standings();
    expect(blocked!.title).toBe('It has just changed, read it again: Macro / Alts Net over soft.');
    expect(blocked!.flashing).toMatch(/^Macro \/ AltsNet/);
    expect(again!.atMs - blocked!.atMs).toBeGreaterThanOrEqual(990);
    await expect(words).toHaveValue('It is hedged, and back on Monday.');
  });

  await test.step('Ctrl+Enter opens the wallet, from the reason', async () => {
    await words.focus();
    await page.keyboard.press('Control+Enter');
    await signShown(page, 'Second risk', 'It is hedged, and back on Monday.');
    await expect(detailOf(page, proposal)).toContainText('Risk 2: It is hedged, and back on Monday.');
  });

  await test.step('past the hard limit it says that it would be refused, and is not agreed to', async () => {
    const next = (await manager.ask({ kind: 'PortPosition', ...terms }))!;
    await entryOf(page, next).click();
    const other = page.getByRole('button', { name: `Agree to #${next}` });
    await words.fill('It is hedged.');
    await expect(other).not.toHaveAttribute('aria-disabled', 'true');
    await tighten('hard', { grossUsd: 10_000 * USD });
    await expect(detailOf(page, next)).toContainText('Would be refused now:');
    await expect(other).toHaveAttribute('aria-disabled', 'true');
    await expect(other).toHaveAttribute('title', /^It would be refused now: /);
    await expect(page.getByRole('button', { name: `Veto #${next}` })).not.toHaveAttribute(
      'aria-disabled',
      'true',
    );
    expect(complaints).toEqual([]);
  });
});
