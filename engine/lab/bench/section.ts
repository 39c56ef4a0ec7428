// One section of the bench in a process of its own, in the project's folder: `section.mjs NAME DIR [quick]` prints
// its rows as JSON.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { measureAck } from './ack.ts';
import { measureDurable, measureReplay } from './durable.ts';
import { measureFirmRisk } from './firmRisk.ts';
import { measureFirstLoad } from './firstLoad.ts';
import { createFlow, measureFullPath, readFlow, writeFlow } from './fullPath.ts';
import { measureJournal } from './journal.ts';
import { measureLimits } from './limits.ts';
import { measureMargin } from './margin.ts';
import { measureMatch } from './match.ts';
import { FLOW_KINDS } from './orderFlow.ts';
import { measurePricing } from './pricing.ts';
import {
  ackRows,
  type BenchRow,
  durableRows,
  firmRiskRows,
  firstLoadRows,
  fullPathRows,
  journalRows,
  limitRows,
  marginRows,
  matchRows,
  pricingRows,
  replayRows,
  settlementRows,
  signedRows,
} from './rows.ts';
import { measureSettlement } from './settlement.ts';
import { measureSigned } from './signed.ts';

const [name = '', dir = '', pace = ''] = process.argv.slice(2);
const isQuick = pace === 'quick';
const flowPath = path.join(dir, 'flow.bin');
const within = (folder: string): string => {
  const made = path.join(dir, folder);
  mkdirSync(made, { recursive: true });
  return made;
};

/** In the order in which they run: a flow is drawn before it is played, a journal written before it is read. */
const sections: { [name: string]: () => BenchRow[] | Promise<BenchRow[]> } = {
  ...Object.fromEntries(
    FLOW_KINDS.map((kind) => [
      `match-${kind}`,
      () => matchRows(measureMatch(kind, { ops: isQuick ? 200_000 : 1_000_000 })),
    ]),
  ),
  flow: () => {
    writeFlow(flowPath, createFlow(isQuick ? 200_000 : 600_000));
    return [];
  },
  fullPath: () => fullPathRows(measureFullPath(readFlow(flowPath))),
  durable: async () => durableRows(await measureDurable(readFlow(flowPath), within('durable'))),
  replay: () => replayRows(measureReplay(readFlow(flowPath), within('durable'))),
  journal: () => journalRows(measureJournal(within('journal'))),
  margin: () => marginRows(measureMargin()),
  limits: () => limitRows(measureLimits()),
  firmRisk: () => firmRiskRows(measureFirmRisk()),
  pricing: () => pricingRows(measurePricing()),
  settlement: () => settlementRows(measureSettlement()),
  signed: async () => signedRows(await measureSigned(within('signed'))),
  ack: async () => ackRows(await measureAck(within('ack'))),
  firstLoad: () => firstLoadRows(measureFirstLoad(process.cwd(), '/trade/[market]/page')),
};

if (name === 'names') console.log(JSON.stringify(Object.keys(sections)));
else console.log(JSON.stringify(await sections[name]!()));
