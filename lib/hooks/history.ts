import { useCallback, useEffect, useRef, useState } from 'react';
import type { ErrorView } from '../../engine/protocol/errors.ts';
import { getJson, RequestError } from '../http.ts';
import { isPast } from '../past/asOf.ts';

/** A place in an account's history. */
export interface Place {
  seq: number;
  place: number;
}

export type HistoryKind = 'fills' | 'funding' | 'ledger';

export interface History<R> {
  /** Newest first, as far back as was asked. */
  rows: readonly R[];
  state: 'asking' | 'more' | 'complete' | 'failed';
  /** Why the last question was refused. */
  error: ErrorView | undefined;
  /** Asks for the page before the oldest row; also after a refusal. */
  loadOlder(): void;
}

/** As many as the desk gives at once. */
const PAGE = 500;
/** New rows of a history that has no stream. */
const NEWEST_EVERY_MS = 5_000;
const NEWEST = 50;
/** The tables open a moment after the desk does: a refusal is asked again. */
const AGAIN_MS = 2_000;

interface Known<R> {
  of: string;
  rows: readonly R[];
  state: History<R>['state'];
  error: ErrorView | undefined;
}

/** What an account went through, page by page backwards; the newest page is asked again and again. */
export function useHistory<R extends Place>(kind: HistoryKind, account: number | undefined): History<R> {
  const of = `${kind}/${account ?? ''}`;
  const [known, setKnown] = useState<Known<R>>(unasked(of));
  const isAsking = useRef('');
  const shown = known.of === of ? known : unasked<R>(of);
  const latest = useRef(shown);
  latest.current = shown;

  const loadOlder = useCallback(() => {
    const { rows, state } = latest.current;
    if (account === undefined || state === 'complete' || isAsking.current === of) return;
    isAsking.current = of;
    void ask<R>(kind, account, rows.at(-1), PAGE).then((answer) => {
      if (isAsking.current === of) isAsking.current = '';
      setKnown((before) => withPage(before.of === of ? before : unasked(of), answer));
    });
  }, [kind, account, of]);

  useEffect(() => {
    loadOlder();
    const timer = setInterval(() => {
      if (account === undefined || latest.current.rows.length === 0) return loadOlder();
      if (isPast) return;
      void ask<R>(kind, account, undefined, NEWEST).then((answer) => {
        if ('rows' in answer)
          setKnown((before) => (before.of === of ? withNewest(before, answer.rows) : before));
      });
    }, NEWEST_EVERY_MS);
    return () => clearInterval(timer);
  }, [kind, account, of, loadOlder]);

  useEffect(() => {
    if (shown.state !== 'failed') return;
    const timer = setTimeout(loadOlder, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [shown.state, loadOlder]);

  return { rows: shown.rows, state: shown.state, error: shown.error, loadOlder };
}

/** One for all: a grid whose rows are others at each drawing draws itself for ever. */
const noRows: readonly never[] = [];

function unasked<R>(of: string): Known<R> {
  return { of, rows: noRows, state: 'asking', error: undefined };
}

type Answer<R> = { rows: readonly R[] } | { error: ErrorView };

async function ask<R>(
  kind: HistoryKind,
  account: number,
  before: Place | undefined,
  limit: number,
): Promise<Answer<R>> {
  const cursor = before === undefined ? '' : `&beforeSeq=${before.seq}&beforePlace=${before.place}`;
  try {
    const view = await getJson<Record<string, R[]>>(
      `/api/v1/accounts/${account}/${kind}?limit=${limit}${cursor}`,
    );
    return { rows: view[kind] ?? [] };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return { error: error.error };
  }
}

function withPage<R extends Place>(known: Known<R>, answer: Answer<R>): Known<R> {
  if ('error' in answer) return { ...known, state: 'failed', error: answer.error };
  const state = answer.rows.length < PAGE ? 'complete' : 'more';
  return { ...known, rows: merged(known.rows, answer.rows), state, error: undefined };
}

/** A newest page that does not reach what is known leaves a hole: then one starts anew from it. */
function withNewest<R extends Place>(known: Known<R>, newest: readonly R[]): Known<R> {
  const [top] = known.rows;
  const oldest = newest.at(-1);
  if (top === undefined || oldest === undefined || placeKey(top) === placeKey(newest[0]!)) return known;
  if (newest.length === NEWEST && isAfter(oldest, top)) return { ...known, rows: newest, state: 'more' };
  return { ...known, rows: merged(newest, known.rows) };
}

/** Both newest first; a row that is in both stands once. */
export function merged<R extends Place>(newer: readonly R[], older: readonly R[]): readonly R[] {
  const keys = new Set(newer.map(placeKey));
  const fresh = older.filter((row) => !keys.has(placeKey(row)));
  if (fresh.length === 0) return newer;
  return [...newer, ...fresh];
}

function isAfter(a: Place, b: Place): boolean {
  return a.seq > b.seq || (a.seq === b.seq && a.place > b.place);
}

function placeKey({ seq, place }: Place): string {
  return `${seq}/${place}`;
}
