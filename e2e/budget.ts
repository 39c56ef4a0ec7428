import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Calibration } from './bench/calibration.ts';

/**
 * What the trade screen, and the desk of a large firm, may cost. Bytes, nodes, long tasks and growth of a calm page are held by `npm test`; times depend on
 * the machine and are held by `npm run bench:ui`.
 */
export interface Budget {
  /** Gzip bytes of scripts in the page's HTML, and with what its first screen fetches later. */
  readonly firstLoadBytes: number;
  readonly firstScreenBytes: number;
  readonly domNodes: number;
  /** Over 50 ms, after the page has loaded: of processor time in `npm test`, from start to end on a quiet machine. */
  readonly longTasks: number;
  /** By messages a second. */
  readonly tickToFrameP99Ms: Readonly<Record<string, number>>;
  /** Of the main thread, by messages a second. */
  readonly busyShare: Readonly<Record<string, number>>;
  readonly interactionP98Ms: number;
  readonly previewP99Ms: number;
  /** From the key that sends an order to its row, for all but one in fifty. */
  readonly pendingRowMs: number;
  /** And to the engine's answer in that row. */
  readonly ackP99Ms: number;
  /** No key or click takes longer until its paint. */
  readonly eventMaxMs: number;
  /** Of a first load on a processor of a quarter of the speed. */
  readonly largestPaintMs: number;
  readonly layoutShift: number;
  /** Of the desk of a thousand subaccounts, all of them moving each second: time between two frames. */
  readonly deskFrameP99Ms: number;
  /** Over 50 ms, in the same. */
  readonly deskLongTasks: number;
  readonly deskBusyShare: number;
  readonly heapMbPerHour: number;
  /** In the first seconds, when tape and candles still fill: the short form of the line above. */
  readonly calmHeapGrowthMb: number;
  /** The fixed work of `e2e/bench/calibration.ts` on a quiet machine: times are allowed as much more as it takes. */
  readonly calibration: Calibration;
}

export const budget = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'budget.json'), 'utf8'),
) as Budget;
