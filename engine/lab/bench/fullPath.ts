import { readFileSync, writeFileSync } from 'node:fs';
import { apply } from '../../core/apply.ts';
import type { Engine } from '../../core/engine.ts';
import { openEngine } from '../../core/openEngine.ts';
import { stateHash } from '../../core/snapshot.ts';
import { ByteReader, ByteWriter } from '../../protocol/bytes.ts';
import { encodeEnvelope } from '../../protocol/commands/envelope.ts';
import type { Command, Genesis, PlaceOrder } from '../../protocol/commands/types.ts';
import { sandboxGenesis } from '../../sandbox/genesis.ts';
import { BTC, START_MS } from '../fixtures/desk.ts';

/** One command as the journal would hold it. */
export interface Record {
  seq: number;
  timeMs: number;
  bytes: Uint8Array;
}

/** Orders, amendments and cancels of forty accounts around a price that walks: what a busy desk applies. */
export interface Flow {
  genesis: Genesis;
  /** Listings, accounts, deposits, a first mark and a book: replayed untimed. */
  opening: Record[];
  records: Record[];
}

const ACCOUNTS = 40;
const LADDER = 400;

/** A seeded stream of 32-bit words. */
function words(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let t = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    t = Math.imul(t ^ (t >>> 15), 0x735a2d97);
    return (t ^ (t >>> 15)) >>> 0;
  };
}

/**
 * Makes the flow by running it once, so that cancels and amendments name orders that live.
 *
 * @param count commands in the timed part
 */
export function createFlow(count: number, seed = 7): Flow {
  const [first, ...rest] = sandboxGenesis() as [Genesis, ...Command[]];
  const genesis = { ...first, limits: { ...first.limits, orders: 131_072, levels: 65_536 } };
  const engine = openEngine(genesis);
  const opening: Record[] = [];
  const records: Record[] = [];
  let seq = 0;
  let timeMs = START_MS;
  const run = (command: Command, into: Record[]): void => {
    seq += 1;
    const bytes = encodeEnvelope({ actor: 0, nonce: 0, command, proof: undefined });
    engine.out.reset();
    apply(engine, seq, timeMs, bytes);
    into.push({ seq, timeMs, bytes });
  };
  for (const command of [genesis, ...rest, ...openAccounts()]) run(command, opening);
  const random = words(seed);
  const firstAccount = engine.state.directory.accounts.length - ACCOUNTS;
  let mid = 600_000;
  run(priceReport(mid, timeMs), opening);
  for (let k = 0; k < LADDER * 2; k++) {
    const side = (k & 1) as 0 | 1;
    run(
      order(
        firstAccount + (k % ACCOUNTS),
        side,
        mid + (side ? 1 : -1) * (1 + (k >> 1)),
        1 + (random() % 500),
      ),
      opening,
    );
  }
  for (let k = 0; k < count; k++) {
    if (k % 1_000 === 0) {
      timeMs += 250;
      mid += (random() % 11) - 5;
      run(priceReport(mid, timeMs), records);
    }
    run(next(engine, random, firstAccount, mid), records);
  }
  return { genesis, opening, records };
}

function openAccounts(): Command[] {
  const firms: Command[] = [];
  const base = sandboxGenesis();
  const firmCount = base.filter((command) => command.kind === 'OpenFirm').length;
  const isOpening = (command: Command): boolean =>
    command.kind === 'OpenSubaccount' ||
    (command.kind === 'Propose' && command.action.kind === 'OpenNode' && command.action.isAccount);
  const accountCount = 8 + base.filter(isOpening).length;
  for (let k = 0; k < ACCOUNTS; k++) {
    firms.push({ kind: 'OpenFirm', label: `Bench ${k}`, owner: `0x${String(k).padStart(40, '0')}` });
    firms.push({ kind: 'OpenSubaccount', firm: firmCount + 1 + k, label: `Bench ${k}` });
    firms.push({
      kind: 'CreditDeposit',
      account: accountCount + k,
      asset: 'USDC',
      amount: 5e13,
      reference: 'bench',
    });
  }
  return firms;
}

function priceReport(midTicks: number, timeMs: number): Command {
  const reports = Array.from({ length: 7 }, (_, source) => ({
    underlying: 0,
    source,
    priceE8: midTicks * 1e7,
    sourceTimeMs: timeMs,
  }));
  return { kind: 'ReportPrices', reports };
}

function order(
  account: number,
  side: 0 | 1,
  priceTicks: number,
  sizeLots: number,
  timeInForce: 0 | 1 = 0,
): PlaceOrder {
  return {
    kind: 'PlaceOrder',
    account,
    instrument: BTC,
    side,
    type: 0,
    timeInForce,
    selfTrade: 2,
    flags: 0,
    priceTicks,
    sizeLots: sizeLots + 10,
    triggerTicks: 0,
    expiresAtMs: 0,
    clientId0: 0,
    clientId1: 0,
    clientId2: 0,
    clientId3: 0,
  };
}

/** 52 % new orders near the touch, 40 % cancels, 5 % amendments, 3 % takers: the mix of the match benchmark. */
function next(engine: Engine, random: () => number, firstAccount: number, mid: number): Command {
  const account = firstAccount + (random() % ACCOUNTS);
  const dice = random() % 100;
  const side = (random() & 1) as 0 | 1;
  const away = 1 + (random() % 300);
  if (dice < 52) return order(account, side, mid + (side ? away : -away), random() % 500);
  if (dice < 55) return order(account, side, mid + (side ? -40 : 40), random() % 2_000, 1);
  const row = engine.state.accounts.columns.firstOrder[account]!;
  if (row < 0) return order(account, side, mid + (side ? away : -away), random() % 500);
  const orderId = engine.state.book.orders.columns.id[row]!;
  if (dice < 95) return { kind: 'CancelOrder', account, orderId };
  return {
    kind: 'AmendOrder',
    account,
    orderId,
    priceTicks: 0,
    sizeLots: 11 + (random() % 500),
    triggerTicks: 0,
  };
}

/** Writes a flow where another process can read it. */
export function writeFlow(path: string, flow: Flow): void {
  const records = [...flow.opening, ...flow.records];
  const to = new ByteWriter();
  to.text(JSON.stringify(flow.genesis));
  to.u32(flow.opening.length);
  to.u32(flow.records.length);
  for (const { seq, timeMs, bytes } of records) {
    to.f64(seq);
    to.f64(timeMs);
    to.u32(bytes.length);
    to.raw(bytes);
  }
  writeFileSync(path, to.take());
}

/** Reads a flow: the commands lie one behind the other, as a thread gets them. */
export function readFlow(path: string): Flow {
  const from = new ByteReader(readFileSync(path));
  const genesis = JSON.parse(from.text()) as Genesis;
  const counts = [from.u32(), from.u32()] as const;
  const read = (count: number): Record[] =>
    Array.from({ length: count }, () => ({
      seq: from.f64(),
      timeMs: from.f64(),
      bytes: from.raw(from.u32()),
    }));
  return { genesis, opening: read(counts[0]), records: read(counts[1]) };
}

export interface FullPathResult {
  /** Commands in the timed part. */
  commands: number;
  nsPerCommand: number;
  commandsPerSecond: number;
  hash: string;
}

/** Share of the flow that lets the compiler settle and is not timed: a desk runs all day. */
export const WARM_SHARE = 0.4;

/**
 * Matching, margin, ledger, events and the copy of the journal's bytes for each command, without a sync.
 * To be run in a process that has no other engine, as the desk's writer has none: V8 folds the columns of
 * a single one into the code.
 */
export function measureFullPath(flow: Flow): FullPathResult {
  const engine = openEngine(flow.genesis);
  const journal = new Uint8Array(1 << 20);
  let at = 0;
  const run = (records: readonly Record[]): void => {
    for (const { seq, timeMs, bytes } of records) {
      engine.out.reset();
      apply(engine, seq, timeMs, bytes);
      if (at + bytes.length > journal.length) at = 0;
      journal.set(bytes, at);
      at += bytes.length;
    }
  };
  const warm = Math.floor(flow.records.length * WARM_SHARE);
  const timed = flow.records.slice(warm);
  run(flow.opening);
  run(flow.records.slice(0, warm));
  const start = process.hrtime.bigint();
  run(timed);
  const nsPerCommand = Number(process.hrtime.bigint() - start) / timed.length;
  return {
    commands: timed.length,
    nsPerCommand: Math.round(nsPerCommand),
    commandsPerSecond: Math.round(1e9 / nsPerCommand),
    hash: stateHash(engine.state),
  };
}
