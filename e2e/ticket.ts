import { expect, type Locator, type Page } from '@playwright/test';

export interface Terms {
  side?: 'Buy' | 'Sell';
  type?: 'Limit' | 'Market' | 'Stop market' | 'Take limit';
  size: string;
  price?: string;
  trigger?: string;
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

/** Writes an order the way a trader does: every field from the keyboard. */
export async function write(page: Page, terms: Terms): Promise<void> {
  const ticket = ticketOf(page);
  const { side = 'Buy', type = 'Limit', size, price, trigger } = terms;
  await ticket.getByRole('radio', { name: side }).check({ force: true });
  await ticket.getByLabel('Order type').selectOption(type);
  await ticket.getByLabel('Quantity', { exact: true }).fill(size);
  if (price !== undefined) await ticket.getByLabel('Limit', { exact: true }).fill(price);
  if (trigger !== undefined) await ticket.getByLabel('Trigger at mark').fill(trigger);
  if (type === 'Limit') await ticket.getByLabel('post').setChecked(terms.isPostOnly ?? false);
  await ticket.getByLabel('reduce').setChecked(terms.isReduceOnly ?? false);
}

/** Waits until the ticket may be sent, which means that the preview on screen is of these terms. */
export async function ready(page: Page): Promise<void> {
  await expect(sendButtonOf(page)).not.toHaveAttribute('aria-disabled', 'true');
}

export async function send(page: Page): Promise<void> {
  await ready(page);
  await page.keyboard.press('Control+Enter');
}

export async function readPreview(page: Page): Promise<ExactPreview> {
  const preview = previewOf(page);
  const fact = async (name: string) =>
    Number(await preview.locator('dl > div', { hasText: name }).locator('data').getAttribute('value'));
  const before: Record<string, number> = {};
  const after: Record<string, number> = {};
  for (const row of await preview.locator('tbody tr').all()) {
    const name = (await row.locator('th').textContent()) ?? '';
    const values = row.locator('data');
    before[name] = Number(await values.nth(0).getAttribute('value'));
    after[name] = Number(await values.nth(1).getAttribute('value'));
  }
  return {
    seq: Number(await preview.locator('[data-seq]').getAttribute('data-seq')),
    filledLots: await fact('fills now'),
    restingLots: await fact('rests'),
    notionalUsd: await fact('average'),
    feeUsd: await fact('fee'),
    before,
    after,
  };
}

/** Numbers of the message that says what became of the last order. */
export async function readOutcome(page: Page): Promise<{ text: string; values: number[] }> {
  const message = ticketOf(page).getByRole('status').locator('p').first();
  await expect(message).toBeVisible();
  const values = await message
    .locator('data')
    .evaluateAll((all) => all.map((each) => Number((each as HTMLDataElement).value)));
  return { text: (await message.textContent()) ?? '', values };
}
