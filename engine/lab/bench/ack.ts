import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ECHO_PATH, openAckDesk } from './ackDesk.ts';

/** Round trips of one transport: an order until its durable answer, beside a bare echo of the same bytes. */
export interface AckFigures {
  readonly echoP50Us: number;
  readonly orderP50Us: number;
  readonly orderP99Us: number;
  /** A bare write and fdatasync between the same round trips: what an order waits for and an echo does not. */
  readonly syncP50Us: number;
  /** Order ÷ echo, medians. */
  readonly ratio: number;
}

export interface AckResult {
  readonly http: AckFigures;
  readonly socket: AckFigures;
}

/** Ascending, in microseconds. */
type RoundTrips = Record<'echo' | 'order', number[]>;
type Elapsed = Record<'http' | 'socket', RoundTrips> & { sync: number[] };

const COUNT = 2_000;

/**
 * Order → durable answer, without the signature, over HTTP and WebSocket; the client is a process of its own
 * and asks one at a time, so that nothing is hidden in a group.
 *
 * @param dir an empty folder on the disk to measure
 */
export async function measureAck(dir: string, count = COUNT): Promise<AckResult> {
  const desk = await openAckDesk(dir);
  try {
    // `bench/main.ts` bundles the client beside this.
    const client = fileURLToPath(new URL('./ackClient.mjs', import.meta.url));
    const asked = JSON.stringify({ ...desk, stop: undefined, dir, count, echoPath: ECHO_PATH });
    const { stdout } = await promisify(execFile)(process.execPath, [client, asked], {
      maxBuffer: 64 * 1_024 * 1_024,
    });
    const { http, socket, sync } = JSON.parse(stdout) as Elapsed;
    return { http: figures(http, sync), socket: figures(socket, sync) };
  } finally {
    await desk.stop();
  }
}

function figures({ echo, order }: RoundTrips, sync: readonly number[]): AckFigures {
  const [echoP50Us, orderP50Us] = [percentile(echo, 0.5), percentile(order, 0.5)];
  return {
    ...{ echoP50Us, orderP50Us, ratio: orderP50Us / echoP50Us },
    orderP99Us: percentile(order, 0.99),
    syncP50Us: percentile(sync, 0.5),
  };
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}
