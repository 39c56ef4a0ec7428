import { useState } from 'react';
import { formatCount } from '../../lib/format.ts';
import { useSession } from '../../lib/hooks/account.ts';
import { pageAsOf } from '../../lib/past/asOf.ts';
import { pulse } from '../../lib/stores/connectionStore.ts';
import { Popover } from '../ui/Popover.tsx';
import { SequenceForm } from '../ui/SequenceForm.tsx';
import styles from './AsOf.module.css';

/** The way from a live page into the past: the same page as it was behind a command. For who is signed in. */
export function AsOf() {
  const session = useSession();
  return (
    <Popover label={<Face />} name="This page as of a sequence" className={styles.button}>
      {() =>
        session.state === 'signedIn' ? <GoTo /> : <p className={styles.panel}>Sign in to look back.</p>
      }
    </Popover>
  );
}

/** A clock hand that turns back: there is no room for the words. */
function Face() {
  return (
    <span title="This page as of a sequence…">
      <span className="visually-hidden">as of…</span>
      <svg
        aria-hidden="true"
        width="16"
        height="16"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
      >
        <path d="M2.5 8a5.5 5.5 0 1 0 1.8-4.1M2.5 2v3h3M8 5v3.2l2.2 1.4" />
      </svg>
    </span>
  );
}

function GoTo() {
  const [wrong, setWrong] = useState<string>();
  const [last] = useState(() => pulse()?.seq ?? 0);
  const go = (text: string) => {
    const seq = Number(text.replace(/[,\s]/g, ''));
    const isThere = Number.isInteger(seq) && seq >= 1 && seq <= (pulse()?.seq ?? 0);
    if (!isThere) return setWrong(`Write a sequence from 1 to ${formatCount(pulse()?.seq ?? 0)}.`);
    location.assign(pageAsOf(location.pathname + location.search, seq));
  };
  return (
    <div className={styles.panel}>
      <p>This page as it was behind a command. The last one was {formatCount(last)}.</p>
      <SequenceForm onGo={go} />
      <p role="alert">{wrong}</p>
    </div>
  );
}
