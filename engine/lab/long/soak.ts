import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import WebSocket from 'ws';
import type { ServerMessage } from '../../protocol/stream.ts';
import type { MarketsView } from '../../protocol/views/health.ts';
import { startAsUser, stopAsUser, type UserDesk, usageOf } from './userDesk.ts';

/** One look at the desk from outside. */
interface Sample {
  atMs: number;
  cpuSeconds: number;
  rssBytes: number;
  heapBytes: number;
  journalBytes: number;
}

export interface SoakReport {
  minutes: number;
  /** Share of one core over the whole run, all threads, after the start. */
  cpuShare: number;
  rssFirstMb: number;
  rssLastMb: number;
  /** From the lowest of the third quarter to the lowest of the last: what lies there until it is collected is no growth. */
  rssRiseMb: number;
  heapRiseMb: number;
  journalMbPerHour: number;
  booksSeen: number;
  crossed: number;
  /** Lines of its output that tell of an error. */
  complaints: string[];
  samples: { minute: number; rssMb: number; heapMb: number; cpuShare: number }[];
}

const SAMPLES = 120;

/**
 * Runs a desk on the generated market at default pace, without a browser, and looks at it from outside:
 * processor, memory, journal, and whether any book is ever crossed.
 */
export async function soak(minutes: number): Promise<SoakReport> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'ballast-soak-'));
  const desk = await startAsUser(dataDir);
  try {
    const samples: Sample[] = [await sample(desk)];
    const books = { seen: 0, crossed: 0 };
    const everyMs = (minutes * 60_000) / SAMPLES;
    for (let count = 0; count < SAMPLES; count++) {
      await new Promise((resolve) => setTimeout(resolve, everyMs));
      await lookAtBooks(desk.address, books);
      samples.push(await sample(desk));
    }
    return reportOf(minutes, samples, books, desk.output());
  } finally {
    await stopAsUser(desk);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function sample(desk: UserDesk): Promise<Sample> {
  const text = await (await fetch(`${desk.address}/api/v1/metrics`)).text();
  const metric = (name: string): number =>
    Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
  return {
    atMs: performance.now(),
    ...usageOf(desk.child.pid!),
    heapBytes: metric('ballast_heap_bytes'),
    journalBytes: metric('ballast_journal_bytes'),
  };
}

/** Takes a snapshot of every market and counts the crossed ones. */
async function lookAtBooks(address: string, books: { seen: number; crossed: number }): Promise<void> {
  const { markets } = (await (await fetch(`${address}/api/v1/markets`)).json()) as MarketsView;
  const socket = new WebSocket(`${address.replace('http', 'ws')}/api/v1/stream`);
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error('no snapshot of every market within ten seconds')),
      10_000,
    );
    let left = markets.length;
    socket.once('error', reject);
    socket.on('open', () => {
      for (const [id, { instrument }] of markets.entries()) {
        socket.send(JSON.stringify({ op: 'subscribe', id, channel: 'market', instrument }));
      }
    });
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as ServerMessage;
      if (message.type !== 'marketSnapshot') return;
      const [bid] = message.market.bids;
      const [ask] = message.market.asks;
      books.seen += 1;
      if (bid !== undefined && ask !== undefined && bid[0] >= ask[0]) books.crossed += 1;
      left -= 1;
      if (left > 0) return;
      clearTimeout(timer);
      resolve();
    });
  }).finally(() => socket.close());
}

function reportOf(
  minutes: number,
  samples: Sample[],
  books: { seen: number; crossed: number },
  output: string,
): SoakReport {
  const first = samples[0]!;
  const last = samples.at(-1)!;
  const hours = (last.atMs - first.atMs) / 3_600_000;
  const mb = (bytes: number): number => Math.round(bytes / 1e5) / 10;
  return {
    minutes,
    cpuShare: Math.round(((last.cpuSeconds - first.cpuSeconds) / (hours * 3_600)) * 1_000) / 1_000,
    rssFirstMb: mb(first.rssBytes),
    rssLastMb: mb(last.rssBytes),
    rssRiseMb: mb(riseOf(samples.map(({ rssBytes }) => rssBytes))),
    heapRiseMb: mb(riseOf(samples.map(({ heapBytes }) => heapBytes))),
    journalMbPerHour: mb((last.journalBytes - first.journalBytes) / hours),
    booksSeen: books.seen,
    crossed: books.crossed,
    complaints: output.split('\n').filter((line) => /unhandled|assert|error|halt/i.test(line)),
    samples: samples
      .filter((_, k) => k % 10 === 0)
      .map((s, k, kept) => ({
        minute: Math.round((s.atMs - first.atMs) / 6_000) / 10,
        rssMb: mb(s.rssBytes),
        heapMb: mb(s.heapBytes),
        cpuShare:
          k === 0
            ? 0
            : Math.round(
                ((s.cpuSeconds - kept[k - 1]!.cpuSeconds) / ((s.atMs - kept[k - 1]!.atMs) / 1_000)) * 100,
              ) / 100,
      })),
  };
}

/** How much higher the lowest of the last quarter is than the lowest of the one before. */
export function riseOf(values: readonly number[]): number {
  const quarter = Math.floor(values.length / 4);
  const lowest = (from: number, to: number) => Math.min(...values.slice(from, to));
  return (
    lowest(values.length - quarter, values.length) -
    lowest(values.length - 2 * quarter, values.length - quarter)
  );
}
