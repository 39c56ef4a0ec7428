'use client';

import { useEffect } from 'react';
import { roleWords } from '../../engine/protocol/roleWords.ts';
import { formatCount, formatDateTime } from '../../lib/format.ts';
import { useSession } from '../../lib/hooks/account.ts';
import { usePastMoment } from '../../lib/hooks/past.ts';
import { asOfHref, asOfText } from '../../lib/past/asOf.ts';
import { Button } from '../ui/Button.tsx';
import { SequenceForm } from '../ui/SequenceForm.tsx';
import styles from './PastBanner.module.css';

/** Says on every page of the past that it is one: which sequence, when that was, who may see it, and the way back. */
export function PastBanner() {
  const { moment } = usePastMoment();
  useEscape();
  return (
    <section className={styles.banner} aria-label="The past">
      <b className={styles.mark}>PAST</b>
      <span>
        as of sequence <b>{moment === undefined ? asOfText : formatCount(moment.seq)}</b>
        {moment !== undefined && <>, {formatDateTime(moment.timeMs)}</>}
      </span>
      <span className={styles.rule}>Read only: nothing here is live and nothing can be sent.</span>
      <Audience />
      <span className={styles.space} />
      {moment !== undefined && <Steps seq={moment.seq} />}
      <a className={styles.back} href={presentHref()}>
        Back to now (Esc)
      </a>
    </section>
  );
}

/** By today's rights: a past that somebody may not see today is not shown to them either. */
function Audience() {
  const session = useSession();
  if (session.state !== 'signedIn') return null;
  const { label, role } = session.session;
  return (
    <span className={styles.audience}>
      Shown to {label}, {roleWords(role)}, as the live page is.
    </span>
  );
}

/** One command back or forth, or any other by its number. */
function Steps({ seq }: { seq: number }) {
  const go = (text: string) => {
    if (/^[0-9]+$/.test(text)) lookAt(text);
  };
  return (
    <>
      <Button size="row" isLook isBlocked={seq <= 1} onClick={() => lookAt(seq - 1)}>
        ← command
      </Button>
      <Button size="row" isLook onClick={() => lookAt(seq + 1)}>
        command →
      </Button>
      <SequenceForm onGo={go} />
    </>
  );
}

function lookAt(seq: number | string): void {
  location.assign(asOfHref(location.pathname + location.search, seq));
}

/** The same page as it is now. */
function presentHref(): string {
  const params = new URLSearchParams(location.search);
  params.delete('asOf');
  const query = params.toString();
  return query === '' ? location.pathname : `${location.pathname}?${query}`;
}

/** Escape comes back to now, unless something is open on the page that it closes first. */
function useEscape(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (document.querySelector('dialog:modal, :popover-open') === null) location.assign(presentHref());
    };
    // On the way down: what Escape closes is still open then.
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}
