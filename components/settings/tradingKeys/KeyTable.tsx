import { shortKey } from '../../../engine/protocol/keyWords.ts';
import type { KeyView } from '../../../engine/protocol/views/keys.ts';
import { formatCount, formatUsd, UNKNOWN } from '../../../lib/format.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Cell, HeadCell, Row, Table } from '../../ui/Table.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { UseBar } from '../../ui/UseBar.tsx';
import styles from './TradingKeys.module.css';

export interface KeyTableProps {
  /** Undefined before the first answer. */
  keys: readonly KeyView[] | undefined;
  /** Of this browser. */
  ownKey: string | undefined;
  todayMs: number;
  /** Whether who looks asks for no change of others' keys. */
  isReader: boolean;
  onChange: (entry: KeyView) => void;
  onRevoke: (entry: KeyView) => void;
}

/** Each key with what it is held to and what it did in this hour. */
export function KeyTable({ keys, ...row }: KeyTableProps) {
  const isOfFirm = keys?.some(({ isOwn }) => !isOwn) ?? false;
  if (keys?.length === 0) return <p className={styles.note}>No trading key counts at the moment.</p>;
  return (
    <Table
      label={isOfFirm ? 'Trading keys of the firm' : 'Your trading keys'}
      className={styles.table}
      columns={
        <>
          <col className={styles.whose} />
          <col className={styles.key} />
          <col />
          <col />
          <col className={styles.time} />
          <col className={styles.amount} />
          <col className={styles.count} />
          <col className={styles.seen} />
          <col className={styles.address} />
          <col className={styles.acts} />
        </>
      }
      head={
        <>
          <HeadCell align="left">whose</HeadCell>
          <HeadCell align="left">key</HeadCell>
          <HeadCell align="left">markets</HeadCell>
          <HeadCell align="left">from</HeadCell>
          <HeadCell>good until</HeadCell>
          <HeadCell>opened, USD this hour</HeadCell>
          <HeadCell>orders</HeadCell>
          <HeadCell>last seen</HeadCell>
          <HeadCell align="left">last from</HeadCell>
          <HeadCell>
            <span className="visually-hidden">change or end</span>
          </HeadCell>
        </>
      }
    >
      {keys?.map((entry) => (
        <KeyRow key={entry.publicKey} entry={entry} {...row} />
      ))}
    </Table>
  );
}

function KeyRow({ entry, ownKey, todayMs, isReader, onChange, onRevoke }: KeyRowProps) {
  const { publicKey, owner, isOwn, markets, addresses, expiresAtMs, use } = entry;
  const name = `key ${shortKey(publicKey)} of ${owner}`;
  const marketText = markets.join(', ') || 'all';
  const fromText = addresses.join(', ') || 'anywhere';
  return (
    <Row>
      <Cell align="left" isStrong title={owner}>
        {isOwn ? 'you' : owner}
      </Cell>
      <Cell align="left" title={publicKey}>
        {publicKey.slice(0, 4)}…{publicKey.slice(-4)} {publicKey === ownKey && <Badge>this browser</Badge>}
      </Cell>
      <Cell align="left" title={marketText}>
        {marketText}
      </Cell>
      <Cell align="left" title={fromText}>
        {fromText}
      </Cell>
      <Cell>
        <TimeText timeMs={expiresAtMs} todayMs={todayMs} />
      </Cell>
      <Cell>
        <Opened entry={entry} />
      </Cell>
      <Cell>{formatCount(use.orders)}</Cell>
      <Cell>
        {use.lastSeenMs === null ? UNKNOWN : <TimeText timeMs={use.lastSeenMs} todayMs={todayMs} />}
      </Cell>
      <Cell align="left" title={use.lastAddress ?? undefined}>
        {use.lastAddress ?? UNKNOWN}
      </Cell>
      <Cell className={styles.buttons}>
        {(isOwn || !isReader) && (
          <>
            <Button size="row" aria-label={`Change the ${name}`} onClick={() => onChange(entry)}>
              Change
            </Button>
            <Button
              size="row"
              tone="danger"
              aria-label={`Revoke the ${name}`}
              onClick={() => onRevoke(entry)}
            >
              Revoke
            </Button>
          </>
        )}
      </Cell>
    </Row>
  );
}

interface KeyRowProps extends Omit<KeyTableProps, 'keys'> {
  entry: KeyView;
}

/** What it opened of what it may; a key that is held to neither is not counted. */
function Opened({ entry: { notionalPerHourUsd: most, use } }: { entry: KeyView }) {
  if (use.openedUsd === null)
    return <span title="It is held to no notional: nothing is counted.">not counted</span>;
  if (most === 0) return <>{formatUsd(use.openedUsd)} · no end</>;
  const share = use.openedUsd / most;
  return (
    <span className={styles.opened}>
      {formatUsd(use.openedUsd)} of {formatUsd(most)}
      <UseBar share={share} tone={share >= 1 ? 'danger' : share >= 0.8 ? 'warn' : 'plain'} />
    </span>
  );
}
