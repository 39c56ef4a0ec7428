import type { Page } from '@playwright/test';
import type { FirmView } from '../engine/protocol/views/firm.ts';
import type { FirmRiskView } from '../engine/protocol/views/firmRisk.ts';

export const ACCOUNTS = 1_000;
export const PER_GROUP = 50;
/** Numbers of groups, below those of accounts: none is the desk's own. */
export const FIRST = 1_000;

/**
 * A firm of a thousand subaccounts in groups of fifty below the root, each like the first one. The desk's own answers
 * are grown on their way to the page, so that each number is one the engine has made.
 *
 * @param isMoving every account earns or loses something with each answer
 */
export async function growFirm(page: Page, isMoving = false): Promise<void> {
  const groups = Array.from({ length: ACCOUNTS / PER_GROUP }, (_, group) => FIRST + group);
  const places = Array.from({ length: ACCOUNTS }, (_, place) => ({
    number: 2 * FIRST + place,
    parent: groups[Math.floor(place / PER_GROUP)]!,
  }));
  await page.route('**/api/v1/firm', async (route) => {
    const response = await route.fetch();
    const firm = (await response.json()) as FirmView;
    const like = { ...firm.nodes.find(({ account }) => account !== null)! };
    const group = (node: number) => ({ ...like, node, parent: 0, account: null, label: `Zone ${node}` });
    const grown = [
      ...firm.nodes.filter(({ account }) => account === null),
      ...groups.map(group),
      ...places.map(({ number, parent }) => ({
        ...like,
        node: number,
        parent,
        account: number,
        label: `Book ${number}`,
      })),
    ];
    await route.fulfill({ response, json: { ...firm, nodes: grown } });
  });
  let answers = 0;
  await page.route('**/api/v1/firm/risk', async (route) => {
    const response = await route.fetch();
    const view = (await response.json()) as FirmRiskView;
    const [like] = view.accounts;
    answers++;
    const accounts = places.map(({ number }, place) => ({
      ...like!,
      ...(isMoving && moved(like!, answers, place)),
      account: number,
      node: number,
      label: `Book ${number}`,
    }));
    const limits = groups.map((node) => ({ node, kind: 'gross', of: '', used: 1e9, soft: 2e9, hard: 4e9 }));
    await route.fulfill({ response, json: { ...view, accounts, limits } });
  });
}

type Moved = Pick<
  FirmRiskView['accounts'][number],
  'equityUsd' | 'freeUsd' | 'unrealizedPnlUsd' | 'dayPnlUsd'
>;

/** Some whole dollars up or down, another number for each account and each answer. */
function moved(account: Moved, answer: number, place: number): Moved {
  const usd = (((answer * 7_919 + place * 104_729) % 20_001) - 10_000) * 1_000_000;
  return {
    equityUsd: account.equityUsd + usd,
    freeUsd: account.freeUsd + usd,
    unrealizedPnlUsd: account.unrealizedPnlUsd + usd,
    dayPnlUsd: (account.dayPnlUsd ?? 0) + usd,
  };
}
