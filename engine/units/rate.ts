import type { Brand } from './brand.ts';

/** Integer parts per million (1e-6). Fees: positive is paid by the account, negative is a rebate. */
export type Ppm = Brand<number, 'Ppm'>;

/** Integer hundredths of a percent (1e-4). */
export type Bps = Brand<number, 'Bps'>;

export const PPM_SCALE = 1_000_000;
export const BPS_SCALE = 10_000;
