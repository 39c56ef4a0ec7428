import { useCallback, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { ErrorView } from '../../engine/protocol/errors.ts';
import type { AuditPageView, AuditRecord } from '../../engine/protocol/views/audit.ts';
import type { PastView } from '../../engine/protocol/views/past.ts';
import { joinedNewest, joinedOlder, type KnownAudit, questionText } from '../audit/knownAudit.ts';
import { getJson, RequestError } from '../http.ts';
import { auditStore } from '../stores/auditStore.ts';

const NEWEST_EVERY_MS = 3_000;

export interface Audit extends KnownAudit {
  loadOlder(): void;
}

export function useAuditQuestion() {
  return useStore(auditStore, ({ question }) => question);
}

export function useAuditRecord(): AuditRecord | undefined {
  return useStore(auditStore, ({ record }) => record);
}

export function useAsOf(): number | undefined {
  return useStore(auditStore, ({ asOfSeq }) => asOfSeq);
}

/** The log as far back as was asked, the newest asked again and again. */
export function useAudit(): Audit {
  const question = useAuditQuestion();
  const of = questionText(question);
  const [known, setKnown] = useState<KnownAudit & { of: string }>({ of, ...nothing });
  const shown = known.of === of ? known : { of, ...nothing };
  const latest = useRef(shown);
  latest.current = shown;
  const isAsking = useRef(false);

  const ask = useCallback(
    async (beforeSeq: number | undefined) => {
      const answer = await pageOf(of, beforeSeq);
      setKnown((before) => {
        const held = before.of === of ? before : { of, ...nothing };
        if ('code' in answer) return { ...held, error: answer };
        const joined = beforeSeq === undefined ? joinedNewest(held, answer) : joinedOlder(held, answer);
        return { ...joined, of };
      });
    },
    [of],
  );
  const loadOlder = useCallback(() => {
    const { beforeSeq } = latest.current;
    if (typeof beforeSeq !== 'number' || isAsking.current) return;
    isAsking.current = true;
    void ask(beforeSeq).finally(() => {
      isAsking.current = false;
    });
  }, [ask]);

  useEffect(() => {
    void ask(undefined);
    const timer = setInterval(() => void ask(undefined), NEWEST_EVERY_MS);
    return () => clearInterval(timer);
  }, [ask]);

  return { ...shown, loadOlder };
}

const nothing: KnownAudit = { records: [], beforeSeq: undefined, head: undefined, error: undefined };

async function pageOf(question: string, beforeSeq: number | undefined): Promise<AuditPageView | ErrorView> {
  try {
    const before = beforeSeq === undefined ? '' : `&before=${beforeSeq}`;
    return await getJson<AuditPageView>(`/api/v1/audit?${question}${before}`);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return error.error;
  }
}

export interface LookBack {
  view: PastView | undefined;
  error: ErrorView | undefined;
}

/** The firm as of a sequence; nothing while the desk makes it anew. */
export function usePast(seq: number | undefined): LookBack {
  const [answer, setAnswer] = useState<LookBack & { seq: number | undefined }>({ seq, ...unasked });
  useEffect(() => {
    if (seq === undefined) return;
    let isWanted = true;
    const keep = (found: LookBack) => {
      if (isWanted) setAnswer({ seq, ...found });
    };
    // Held keys and drags pass many sequences: only one that is stayed at is asked for.
    const timer = setTimeout(() => {
      getJson<PastView>(`/api/v1/past?seq=${seq}`).then(
        (view) => keep({ view, error: undefined }),
        (error: unknown) => {
          if (!(error instanceof RequestError)) throw error;
          keep({ view: undefined, error: error.error });
        },
      );
    }, STAY_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [seq]);
  return answer.seq === seq ? answer : unasked;
}

const STAY_MS = 250;
const unasked: LookBack = { view: undefined, error: undefined };
