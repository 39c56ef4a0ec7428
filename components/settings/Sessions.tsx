import { useState } from 'react';
import type { SessionEntryView, SessionsView } from '../../engine/protocol/views/sessions.ts';
import { browserName } from '../../lib/browserName.ts';
import { UNKNOWN } from '../../lib/format.ts';
import { useSession } from '../../lib/hooks/account.ts';
import { usePolled } from '../../lib/hooks/polled.ts';
import { deleteJson, RequestError } from '../../lib/http.ts';
import { setSession } from '../../lib/stores/sessionStore.ts';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Cell, HeadCell, Row, Table } from '../ui/Table.tsx';
import { TimeText } from '../ui/TimeText.tsx';
import styles from './Settings.module.css';

const EVERY_MS = 5_000;

/** Where one is signed in, and the way to end it there. An admin sees everybody of the firm. */
export function Sessions() {
  const session = useSession();
  if (session.state !== 'signedIn') return <p className={styles.note}>Sign in to see where you are.</p>;
  return <SessionList isAdmin={session.session.role === 'admin'} />;
}

function SessionList({ isAdmin }: { isAdmin: boolean }) {
  const path = isAdmin ? '/api/v1/sessions?of=firm' : '/api/v1/sessions';
  const { view, receivedMs, error } = usePolled<SessionsView>(path, EVERY_MS);
  const { ended, problem, end } = useEnding();
  const open = view?.sessions.filter(({ session }) => !ended.has(session)) ?? [];
  const others = isAdmin ? [] : open.filter(({ isThis }) => !isThis);
  return (
    <>
      <Table
        label="Open sessions"
        head={
          <>
            <HeadCell align="left">who</HeadCell>
            <HeadCell align="left">browser</HeadCell>
            <HeadCell align="left">place</HeadCell>
            <HeadCell>signed in</HeadCell>
            <HeadCell>last seen</HeadCell>
            <HeadCell>
              <span className="visually-hidden">end</span>
            </HeadCell>
          </>
        }
      >
        {open.map((entry) => (
          <SessionRow key={entry.session} entry={entry} todayMs={receivedMs} onEnd={() => end([entry])} />
        ))}
      </Table>
      {others.length > 0 && <Button onClick={() => end(others)}>End all others</Button>}
      <p className={styles.note}>
        Ending a session closes its pages’ lines at once. Open orders keep working. The same place is the same
        network address.
      </p>
      <p role="alert">{problem ?? error?.message}</p>
    </>
  );
}

interface SessionRowProps {
  entry: SessionEntryView;
  todayMs: number;
  onEnd: () => void;
}

function SessionRow({ entry, todayMs, onEnd }: SessionRowProps) {
  const { label, browser, place, startedMs, lastSeenMs, isThis } = entry;
  const name = browserName(browser) ?? UNKNOWN;
  return (
    <Row>
      <Cell align="left">{label}</Cell>
      <Cell align="left">
        {name} {isThis && <Badge>this one</Badge>}
      </Cell>
      <Cell align="left">{place}</Cell>
      <Cell>
        <TimeText timeMs={startedMs} todayMs={todayMs} />
      </Cell>
      <Cell>
        <TimeText timeMs={lastSeenMs} todayMs={todayMs} />
      </Cell>
      <Cell>
        <Button size="row" aria-label={`End the session of ${label} in ${name}`} onClick={onEnd}>
          End
        </Button>
      </Cell>
    </Row>
  );
}

/** What was ended here leaves the list at once; what could not be ended says why. */
function useEnding() {
  const [ended, setEnded] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<string>();
  const end = async (entries: readonly SessionEntryView[]) => {
    setProblem(undefined);
    try {
      for (const { session, isThis } of entries) {
        await deleteJson(`/api/v1/sessions/${session}`);
        setEnded((before) => new Set(before).add(session));
        if (isThis) setSession({ state: 'signedOut' });
      }
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      setProblem(error.message);
    }
  };
  return { ended, problem, end: (entries: readonly SessionEntryView[]) => void end(entries) };
}
