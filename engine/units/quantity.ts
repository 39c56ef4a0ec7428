import type { Brand } from './brand.ts';

/** Integer count of lots. Unsigned in orders; signed in positions (positive is long). */
export type Lots = Brand<number, 'Lots'>;

/** Largest size of one order or one price level entry: fits a signed 32-bit word. */
export const LOTS_MAX = 2_147_483_647 as Lots;
