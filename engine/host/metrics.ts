import { type EventLoopUtilization, monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { SettlementHealthView, TableUseView } from '../protocol/views/health.ts';

/** Numbers read when somebody asks. */
export interface MetricSources {
  sequence(): number;
  followerSequence(): number;
  recordsSequence(): number;
  pendingCommands(): number;
  sockets(): number;
  sessions(): number;
  settlement(): SettlementHealthView;
  tables(): readonly TableUseView[];
}

const LATENCY_BUCKETS_MS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 1_000];

/** What Prometheus scrapes at GET /api/v1/metrics. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #ackLatency: Histogram;
  readonly #syncDuration: Histogram;
  readonly #groupLanes: Histogram;
  readonly #journalBytes: Gauge;
  readonly cspReports: Counter;
  readonly clockJumps: Counter;

  constructor(sources: MetricSources) {
    const registers = [this.#registry];
    const histogram = (name: string, help: string, buckets: number[]) =>
      new Histogram({ name, help, buckets, registers });
    this.#ackLatency = histogram(
      'ballast_ack_ms',
      'Command handed over to durable answer, ms',
      LATENCY_BUCKETS_MS,
    );
    this.#syncDuration = histogram(
      'ballast_sync_ms',
      'One group from its frame to its durability, ms: under load the next group is applied meanwhile',
      LATENCY_BUCKETS_MS,
    );
    this.#groupLanes = histogram(
      'ballast_group_lanes',
      'Event lanes of one group',
      [16, 64, 256, 1_024, 4_096, 16_384],
    );
    this.#journalBytes = new Gauge({
      name: 'ballast_journal_bytes',
      help: 'Journal bytes written since the start',
      registers,
    });
    this.cspReports = new Counter({
      name: 'ballast_csp_reports_total',
      help: 'Content security reports of browsers',
      registers,
    });
    this.clockJumps = new Counter({
      name: 'ballast_clock_alarms_total',
      help: 'Alarms about the wall clock',
      registers,
    });
    this.#gauge('ballast_sequence', 'Last durable sequence', sources.sequence);
    this.#gauge(
      'ballast_heap_bytes',
      'JavaScript heap of the main thread in use',
      () => process.memoryUsage().heapUsed,
    );
    this.#gauge('ballast_follower_sequence', 'Last sequence the follower applied', sources.followerSequence);
    this.#gauge('ballast_records_sequence', 'Last sequence in the records', sources.recordsSequence);
    this.#gauge('ballast_commands_pending', 'Commands waiting for their answer', sources.pendingCommands);
    this.#gauge('ballast_sockets', 'Open sockets of the stream', sources.sockets);
    this.#gauge('ballast_sessions', 'Signed-in sessions', sources.sessions);
    this.#gauge('ballast_settlement_open', '1 while settlement goes on, else 0', () =>
      sources.settlement().status === 'open' ? 1 : 0,
    );
    this.#gauge(
      'ballast_deposits_credited',
      'Deposits of the vault the engine has credited',
      () => sources.settlement().depositCursor,
    );
    this.#gauge('ballast_root_posted', 'Epoch of the last root posted', () => sources.settlement().lastRoot);
    this.#gauge('ballast_root_final', 'Epoch of the last final root', () => sources.settlement().finalRoot);
    for (const state of ['ready', 'behind', 'refusing'] as const)
      this.#gauge(
        `ballast_signers_${state}`,
        `Machines for the signing of roots that are ${state}`,
        () => sources.settlement().signers.each.filter((each) => each.state === state).length,
      );
    this.#ofTables('ballast_table_rows', 'Rows taken of what people fill', sources, ({ used }) => used);
    this.#ofTables('ballast_table_rows_max', 'Rows there can be of it', sources, ({ limit }) => limit);
    this.#gauge('ballast_rss_bytes', 'Resident memory of the process', () => process.memoryUsage.rss());
    this.#watchEventLoop();
  }

  acknowledged(latencyMs: number): void {
    this.#ackLatency.observe(latencyMs);
  }

  group(syncMs: number, laneCount: number, journalBytes: number): void {
    this.#syncDuration.observe(syncMs);
    this.#groupLanes.observe(laneCount);
    this.#journalBytes.set(journalBytes);
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.set(read());
      },
    });
  }

  #ofTables(name: string, help: string, { tables }: MetricSources, read: (of: TableUseView) => number): void {
    new Gauge({
      ...{ name, help, registers: [this.#registry], labelNames: ['table'] as const },
      collect() {
        for (const each of tables()) this.set({ table: each.name }, read(each));
      },
    });
  }

  #watchEventLoop(): void {
    const delay = monitorEventLoopDelay({ resolution: 20 });
    delay.enable();
    this.#gauge(
      'ballast_event_loop_delay_p99_ms',
      'Delay of the main event loop since the last scrape',
      () => {
        const p99Ms = delay.percentile(99) / 1e6;
        delay.reset();
        return p99Ms;
      },
    );
    let last: EventLoopUtilization = performance.eventLoopUtilization();
    this.#gauge(
      'ballast_event_loop_utilization',
      'Busy share of the main event loop since the last scrape',
      () => {
        const { utilization } = performance.eventLoopUtilization(last);
        last = performance.eventLoopUtilization();
        return utilization;
      },
    );
  }
}
