import { ByteReader } from '../protocol/bytes.ts';
import { createOrderScratch } from '../protocol/commands/hotCodec.ts';
import type { Genesis, Limits } from '../protocol/commands/types.ts';
import { Access } from './accounts/access.ts';
import { createFill } from './accounts/fill.ts';
import { RiskDesk } from './accounts/riskDesk.ts';
import { createMatchPlan } from './book/matchPlan.ts';
import type { Engine } from './engine.ts';
import { NONE } from './memory/table.ts';
import { createUndo } from './memory/undo.ts';
import { instrumentOfBook } from './orders/books.ts';
import { siblingOf } from './orders/bracketPlaces.ts';
import { closableLots } from './orders/decide.ts';
import { createIntent, createOrderDraft } from './orders/intent.ts';
import { createOnEntry } from './orders/perform.ts';
import { Touched } from './orders/touched.ts';
import { Out } from './out.ts';
import { createState, type State } from './state.ts';

/** Makers one order can meet at once; what would trade beyond is cancelled, not left crossed. */
const PLAN_ENTRIES = 4_096;

/** An engine around a state: a fresh one, or one that a snapshot restored. */
export function engineOf(state: State): Engine {
  const engine: Engine = {
    state,
    undo: createUndo(),
    out: new Out(),
    plan: createMatchPlan({ entries: PLAN_ENTRIES, accounts: state.limits.accounts }),
    intent: createIntent(),
    draft: createOrderDraft(),
    fill: createFill(),
    touched: new Touched(),
    touchedBrackets: [],
    reader: new ByteReader(new Uint8Array(0)),
    orders: createOrderScratch(),
    access: new Access(state),
    risk: new RiskDesk(state),
    makerFacts: {
      firmOfAccount: state.accounts.columns.firm,
      closableLots: (account, book, side) => closableLots(state, account, instrumentOfBook(book), side),
      siblingOf: (row) => siblingOf(state, row),
    },
    onEntry: createOnEntry(() => engine),
    partRefused: { part: 0, account: NONE },
  };
  return engine;
}

export function createEngine(limits: Limits): Engine {
  return engineOf(createState(limits));
}

/** An empty engine with the tables a genesis asks for; the genesis itself is then applied as command 1. */
export function openEngine(genesis: Genesis): Engine {
  return createEngine(genesis.limits);
}
