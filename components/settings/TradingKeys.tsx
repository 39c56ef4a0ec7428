import { useState } from 'react';
import type { SessionView } from '../../engine/protocol/views/health.ts';
import type { OwnKeysView, OwnKeyView } from '../../engine/protocol/views/sessions.ts';
import { formatUsd } from '../../lib/format.ts';
import { useSession } from '../../lib/hooks/account.ts';
import { useListing } from '../../lib/hooks/market.ts';
import { usePolled } from '../../lib/hooks/polled.ts';
import { readKeyTerms, type TypedTerms } from '../../lib/wallet/keyTerms.ts';
import { makeKey } from '../../lib/wallet/signIn.ts';
import { errorOf } from '../../lib/wallet/walletError.ts';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Cell, HeadCell, Row, Table } from '../ui/Table.tsx';
import { TimeText } from '../ui/TimeText.tsx';
import styles from './Settings.module.css';

const EVERY_MS = 5_000;
const EMPTY: TypedTerms = { markets: '', usdPerHour: '', addresses: '', days: '1' };

/** The keys that order for whoever is signed in, what each is held to, and a new one for this browser. */
export function TradingKeys() {
  const session = useSession();
  if (session.state !== 'signedIn') return <p className={styles.note}>Sign in to see your trading keys.</p>;
  const mayTrade = session.session.accounts.some((account) => account.mayTrade);
  return (
    <>
      <KeyTable ownKey={session.agent?.publicKey} />
      {mayTrade && <NewKey session={session.session} />}
    </>
  );
}

function KeyTable({ ownKey }: { ownKey: string | undefined }) {
  const { view, receivedMs, error } = usePolled<OwnKeysView>('/api/v1/agents', EVERY_MS);
  return (
    <>
      <Table
        label="Your trading keys"
        head={
          <>
            <HeadCell align="left">key</HeadCell>
            <HeadCell align="left">markets</HeadCell>
            <HeadCell>USD an hour</HeadCell>
            <HeadCell align="left">from</HeadCell>
            <HeadCell>good until</HeadCell>
          </>
        }
      >
        {view?.keys.map((key) => (
          <KeyRow key={key.publicKey} entry={key} isOwn={key.publicKey === ownKey} todayMs={receivedMs} />
        ))}
      </Table>
      <p role="alert">{error?.message}</p>
    </>
  );
}

function KeyRow({ entry, isOwn, todayMs }: { entry: OwnKeyView; isOwn: boolean; todayMs: number }) {
  const { publicKey, markets, notionalPerHourUsd, addresses, expiresAtMs } = entry;
  return (
    <Row>
      <Cell align="left" title={publicKey}>
        {publicKey.slice(0, 4)}…{publicKey.slice(-4)} {isOwn && <Badge>this browser</Badge>}
      </Cell>
      <Cell align="left">{markets.join(', ') || 'all'}</Cell>
      <Cell>{notionalPerHourUsd === 0 ? 'no end' : formatUsd(notionalPerHourUsd)}</Cell>
      <Cell align="left">{addresses.join(', ') || 'anywhere'}</Cell>
      <Cell>
        <TimeText timeMs={expiresAtMs} todayMs={todayMs} />
      </Cell>
    </Row>
  );
}

function NewKey({ session }: { session: SessionView }) {
  const { typed, change, problem, isBusy, make } = useNewKey(session);
  return (
    <>
      <div className={styles.fields}>
        <Field
          label="Markets"
          placeholder="all"
          value={typed.markets}
          onChange={(event) => change({ markets: event.target.value })}
        />
        <Field
          label="Opens an hour, at most"
          unit="USD"
          inputMode="decimal"
          placeholder="no end"
          value={typed.usdPerHour}
          onChange={(event) => change({ usdPerHour: event.target.value })}
        />
        <Field
          label="From addresses"
          placeholder="anywhere"
          value={typed.addresses}
          onChange={(event) => change({ addresses: event.target.value })}
        />
        <Field
          label="Good for"
          unit="days"
          inputMode="numeric"
          value={typed.days}
          onChange={(event) => change({ days: event.target.value })}
        />
      </div>
      <Button onClick={make} isPending={isBusy}>
        Make a key for this browser
      </Button>
      <p className={styles.note}>
        Your wallet signs these terms, the engine holds the key to them. Orders that reduce a position and
        cancels pass whatever the key has opened; a key is never used from elsewhere. The key before runs out
        by itself.
      </p>
      <p role="alert">{problem}</p>
    </>
  );
}

function useNewKey(session: SessionView) {
  const listing = useListing();
  const [typed, setTyped] = useState(EMPTY);
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const make = async () => {
    if (listing === undefined) return;
    const reading = readKeyTerms(typed, listing.markets);
    setProblem('wrong' in reading ? reading.wrong : undefined);
    if ('wrong' in reading) return;
    setBusy(true);
    try {
      await makeKey(listing, session, reading.terms);
      setTyped(EMPTY);
    } catch (error) {
      setProblem(errorOf(error).message);
    }
    setBusy(false);
  };
  const change = (part: Partial<TypedTerms>) => setTyped((before) => ({ ...before, ...part }));
  return { typed, change, problem, isBusy, make: () => void make() };
}
