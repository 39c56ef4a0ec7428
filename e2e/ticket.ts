import { expect, type Locator, type Page } from '@playwright/test';

export interface Terms {
  side?: 'Buy' | 'Sell';
  type?: 'Limit' | 'Market' | 'Stop market' | 'Stop limit' | 'Take market' | 'Take limit' | 'Scale';
  size: string;
  price?: string;
  trigger?: string;
  /** Of an order at market; left out, what stands there by itself. */
  worst?: string;
  /** Of a scale: its last price; `price` is its first. */
  to?: string;
  orders?: string;
  life?: 'GTC' | 'IOC' | 'FOK' | 'GTT';
  takeProfit?: string;
  stopLoss?: string;
  isPostOnly?: boolean;
  isReduceOnly?: boolean;
}

/** The last unit of everything a preview says; what is on screen is these numbers, rounded. */
export interface ExactPreview {
  seq: number;
  filledLots: number;
  restingLots: number;
  notionalUsd: number;
  feeUsd: number;
  before: Record<string, number>;
  after: Record<string, number>;
}

export function ticketOf(page: Page): Locator {
  return page.getByRole('form', { name: 'Order ticket' });
}

export function previewOf(page: Page): Locator {
  return page.getByRole('region', { name: 'Preview' });
}

export function sendButtonOf(page: Page): Locator {
  return ticketOf(page).locator('button[aria-keyshortcuts="Control+Enter"]');
}

/** Waits until the page, which is drawn before its code has arrived, hears keys and fields. */
export async function listening(page: Page): Promise<void> {
  await expect(ticketOf(page).getByRole('radio', { name: 'Buy' })).toBeEnabled();
}

/** Writes an order the way a trader does: every field from the keyboard. */
export async function write(page: Page, terms: Terms): Promise<void> {
  const ticket = ticketOf(page);
  const { side = 'Buy', type = 'Limit', size, price, trigger } = terms;
  await listening(page);
  await ticket.getByRole('radio', { name: side }).check({ force: true });
  await ticket.getByLabel('Order type').selectOption(type);
  await ticket.getByLabel('Quantity', { exact: true }).fill(size);
  const priceLabel = type === 'Scale' ? 'From' : 'Limit';
  if (price !== undefined) await ticket.getByLabel(priceLabel, { exact: true }).fill(price);
  if (trigger !== undefined) await ticket.getByLabel('Trigger at mark').fill(trigger);
  if (terms.worst !== undefined) await ticket.getByLabel('Worst price').fill(terms.worst);
  if (type === 'Limit') await ticket.getByLabel('post').setChecked(terms.isPostOnly ?? false);
  await ticket.getByLabel('reduce').setChecked(terms.isReduceOnly ?? false);
  if (terms.life !== undefined) await ticket.getByLabel('Time in force').selectOption(terms.life);
  for (const [label, typed] of [
    ['To', terms.to],
    ['Orders', terms.orders],
    ['Take profit', terms.takeProfit],
    ['Stop loss', terms.stopLoss],
  ] as const) {
    if (typed !== undefined) await ticket.getByLabel(label, { exact: true }).fill(typed);
  }
}

/** Waits until the ticket may be sent, which means that the preview on screen is of these terms. */
export async function ready(page: Page): Promise<void> {
  await expect(sendButtonOf(page)).not.toHaveAttribute('aria-disabled', 'true');
}

/** The last look before an order is signed, opened from the ticket. */
export async function review(page: Page): Promise<Locator> {
  const dialog = page.getByRole('dialog', { name: /^Review: / });
  // Each change blocks the ticket until it is previewed: a press that came a frame too early opens nothing.
  await expect(async () => {
    await ready(page);
    if (!(await dialog.isVisible())) await page.keyboard.press('Control+Enter');
    await expect(dialog).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(dialog.locator(':focus')).toHaveCount(1);
  return dialog;
}

/** Reviews, ticks what the guards ask, and sends: all from the keyboard. */
export async function send(page: Page): Promise<void> {
  await agree(page, await review(page));
}

/**
 * Asks for something until its review is open. Where a feed was held just then nothing is reviewed and the page says so:
 * asked again, as whoever reads that does.
 */
export async function ask(page: Page, title: RegExp, press: () => Promise<void>): Promise<Locator> {
  const dialog = page.getByRole('dialog', { name: title });
  await expect(async () => {
    if (!(await dialog.isVisible())) await press();
    await expect(dialog).toBeVisible({ timeout: 2_000 });
  }).toPass();
  return dialog;
}

/** The same, reads what is about to be signed, and sends it from the keyboard. */
export async function order(page: Page, title: RegExp, press: () => Promise<void>): Promise<void> {
  await ask(page, title, press);
  await confirm(page, title);
}

/** Reads what is about to be signed, whoever asked for it, and sends it from the keyboard. */
export async function confirm(page: Page, title: RegExp): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title });
  await expect(dialog.locator(':focus')).toHaveCount(1);
  await agree(page, dialog);
}

/** Ticks each warning, and sends. What is warned of was decided when the review was opened. */
export async function agree(page: Page, dialog: Locator): Promise<void> {
  for (const warning of await dialog.getByRole('checkbox').all()) await warning.press('Space');
  await pressSend(page, dialog);
}

/** Enter sends. A feed that is held just then blocks it and says so: pressed again. */
export async function pressSend(page: Page, dialog: Locator): Promise<void> {
  await expect(async () => {
    if (await dialog.isVisible()) await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0, { timeout: 1_000 });
  }).toPass();
}

/** All of one answer, read at once: the ticket asks again four times a second. */
export async function readPreview(page: Page): Promise<ExactPreview> {
  return await previewOf(page).evaluate((preview) => {
    const exact = (data: HTMLDataElement | null | undefined) => Number(data?.value || Number.NaN);
    const facts = new Map(
      Array.from(preview.querySelectorAll('dl > div'), (fact) => [
        fact.querySelector('dt')?.textContent,
        exact(fact.querySelector('data')),
      ]),
    );
    const fact = (name: string) => facts.get(name) ?? Number.NaN;
    const effects = Array.from(preview.querySelectorAll('tbody tr'), (row) => {
      const [before, after] = row.querySelectorAll('data');
      return { name: row.querySelector('th')?.textContent ?? '', before: exact(before), after: exact(after) };
    });
    return {
      seq: Number(preview.querySelector('[data-seq]')?.getAttribute('data-seq')),
      filledLots: fact('fills now'),
      restingLots: fact('rests'),
      notionalUsd: fact('average'),
      feeUsd: fact('fee'),
      before: Object.fromEntries(effects.map(({ name, before }) => [name, before])),
      after: Object.fromEntries(effects.map(({ name, after }) => [name, after])),
    };
  });
}

/** Numbers of the message that says what became of the last order, once it says so. */
export async function readOutcome(page: Page, words: string): Promise<number[]> {
  const message = ticketOf(page).getByRole('status').locator('p').first();
  await expect(message).toContainText(words);
  return await message
    .locator('data')
    .evaluateAll((all) => all.map((each) => Number((each as HTMLDataElement).value)));
}
