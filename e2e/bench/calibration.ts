import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** How long fixed work took. */
export interface Calibration {
  /** By the clock: what others run on this machine makes it longer. */
  tookMs: number;
  /** By the processor's own time: others make that longer too, because cores share caches and clock, but less. */
  cpuMs: number;
}

/** Fixed work on as many threads as there are cores, because browser, desk and bench use them all. */
export async function calibrate(): Promise<Calibration> {
  const count = availableParallelism();
  const before = process.cpuUsage();
  const tookMs = await Promise.all(Array.from({ length: count }, () => onThread()));
  const { user, system } = process.cpuUsage(before);
  return { tookMs: Math.max(...tookMs), cpuMs: (user + system) / 1_000 / count };
}

/** Integer, float and memory work in equal parts; 0.2 s on a core of today. */
const work = `
  const { parentPort } = require('node:worker_threads');
  const table = new Float64Array(1 << 16);
  function run(rounds) {
    let state = 1;
    for (let round = 0; round < rounds; round++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const at = state & 65535;
      table[at] = Math.sqrt(table[at] + state) + table[(at + 1) & 65535] * 0.5;
    }
    return table[7];
  }
  run(2e6);
  const started = performance.now();
  run(24e6);
  parentPort.postMessage(performance.now() - started);
`;

function onThread(): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(work, { eval: true });
    worker.once('message', (tookMs: number) => resolve(tookMs));
    worker.once('error', reject);
  });
}
