import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { PreviewView } from '../../../../engine/protocol/views/preview.ts';
import type { FeedAge } from '../../../../lib/feedAges.ts';
import type { Block } from '../../../../lib/feedBlock.ts';
import {
  formatAge,
  formatAverage,
  formatCount,
  formatMs,
  formatSize,
  formatUsd,
  UNKNOWN,
} from '../../../../lib/format.ts';
import { usePreview } from '../../../../lib/hooks/draft.ts';
import { useFeedAges } from '../../../../lib/hooks/freshness.ts';
import { endWords } from '../../../../lib/orderEnds.ts';
import { classes } from '../../../ui/classes.ts';
import { MostThatPasses } from './MostThatPasses.tsx';

import styles from './Ticket.module.css';
import type { Outcome, TicketState } from './Ticket.state.ts';

export interface TicketMessageProps {
  market: MarketView | undefined;
  state: TicketState;
  block: Block | undefined;
}

/** One message: what stands between the person and the order, else what became of the last one. */
export function TicketMessage(props: TicketMessageProps) {
  return (
    <div className={styles.messages} role="status">
      <FirstMessage {...props} />
    </div>
  );
}

function FirstMessage({ market, state, block }: TicketMessageProps) {
  const preview = usePreview();
  if (state.tag === 'late') {
    return <Message tone="warn" title="Taking longer than expected." text={block?.sentence} />;
  }
  const outcome = state.tag === 'done' ? state.outcome : undefined;
  if (outcome?.kind === 'refused') {
    return (
      <>
        <OutcomeMessage outcome={outcome} market={market} />
        {isOfSize(outcome.error.code) && market !== undefined && <MostThatPasses market={market} />}
      </>
    );
  }
  if (preview.state === 'known' && preview.isCurrent && preview.preview.refusal !== undefined) {
    return <RefusedPreview preview={preview.preview} market={market} />;
  }
  if (block !== undefined && block.kind !== 'wait' && block.sentence !== '') {
    return (
      <>
        <Message tone="warn" title={`${block.stillWords ?? block.words}.`} text={block.sentence} />
        {block.isOfFeed === true && <FeedAgeList />}
      </>
    );
  }
  return outcome === undefined ? null : <OutcomeMessage outcome={outcome} market={market} />;
}

function OutcomeMessage({ outcome, market }: { outcome: Outcome; market: MarketView | undefined }) {
  switch (outcome.kind) {
    case 'accepted':
      return <Accepted outcome={outcome} market={market} />;
    case 'refused': {
      const where =
        outcome.seq === undefined ? 'Refused at the door' : `Rejected at seq ${formatCount(outcome.seq)}`;
      return (
        <Message
          tone="danger"
          title={`${where}: ${outcome.error.code}.`}
          text={`${outcome.error.message} Nothing was placed. Answered in ${formatMs(outcome.ackMs)}.`}
        />
      );
    }
    case 'found':
      return <Message tone="info" title={`The order arrived.`} text={`It is order ${outcome.orderId}.`} />;
    case 'neverArrived':
      return (
        <Message
          tone="warn"
          title="The order never arrived."
          text="Nothing was placed. It is safe to send again."
        />
      );
  }
}

type AcceptedOutcome = Extract<Outcome, { kind: 'accepted' }>;

function Accepted({ outcome, market }: { outcome: AcceptedOutcome; market: MarketView | undefined }) {
  const { result, seq, ackMs } = outcome;
  const size = (lots: number) =>
    market === undefined ? '' : `${formatSize(lots, market)} ${market.underlying}`;
  return (
    <Message
      tone="good"
      title={`${acceptedTitle(result)}: order ${result.orderId} at seq ${formatCount(seq)}.`}
      text={
        <>
          {result.filledLots > 0 && market !== undefined && (
            <>
              Filled <data value={result.filledLots}>{size(result.filledLots)}</data> at{' '}
              <data value={result.filledNotionalUsd}>
                {formatAverage(result.filledNotionalUsd, result.filledLots, market)}
              </data>
              , fee <data value={result.feeUsd}>{formatUsd(result.feeUsd, 2)}</data>.{' '}
            </>
          )}
          {result.openLots > 0 && `${size(result.openLots)} open. `}
          Answered in {formatMs(ackMs)}.
        </>
      }
    />
  );
}

function acceptedTitle(result: AcceptedOutcome['result']): string {
  const end = endWords(result);
  return end === undefined ? acceptedWords[result.status] : `${end[0]?.toUpperCase()}${end.slice(1)}`;
}

const acceptedWords = {
  resting: 'Resting',
  parked: 'Waiting for its trigger',
  filled: 'Filled',
  partlyFilled: 'Partly filled',
  cancelled: 'Cancelled unfilled',
  amended: 'Amended',
  done: 'Done',
};

/** Every feed an order stands on, with its age: which one blocks, and which do not. */
function FeedAgeList() {
  const { marketData, exchange, oracle } = useFeedAges();
  const rows: [string, FeedAge, string][] = [
    ['market data', marketData, ''],
    ['exchange session', exchange, ''],
    ['oracle', oracle, `, ${oracle.freshCount} of ${oracle.count}`],
  ];
  return (
    <dl className={styles.ages} aria-live="off">
      {rows.map(([name, { state, ageMs, limitMs }, more]) => (
        <div key={name} className={classes(state === 'stale' && styles.warn)}>
          <dt>{name}</dt>
          <dd>
            {ageMs === undefined ? UNKNOWN : formatAge(ageMs)}
            {state === 'stale' ? `, limit ${formatAge(limitMs)}` : more}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Refusals that a smaller order may pass. */
const TURN_ON_SIZE: readonly string[] = [
  'margin.initialInsufficient',
  'cap.ownerShare',
  'cap.marketOpenInterest',
  'cap.leverage',
  'order.sizeTooLarge',
];

function isOfSize(code: string): boolean {
  return TURN_ON_SIZE.includes(code);
}

/** The engine's own refusal, the number it turns on, and the way out where there is one. */
function RefusedPreview({ preview, market }: { preview: PreviewView; market: MarketView | undefined }) {
  const { refusal, before } = preview;
  if (refusal === undefined) return null;
  const isMargin = refusal.code === 'margin.initialInsufficient';
  return (
    <>
      <Message
        tone="danger"
        title={`${refusal.code}.`}
        text={`${refusal.message}${isMargin ? ` Free collateral is ${formatUsd(before.freeUsd)}.` : ''}`}
      />
      {isOfSize(refusal.code) && market !== undefined && <MostThatPasses market={market} />}
    </>
  );
}

function Message({
  tone,
  title,
  text,
}: {
  tone: 'good' | 'info' | 'warn' | 'danger';
  title: string;
  text: React.ReactNode;
}) {
  return (
    <p className={classes(styles.message, styles[`tone-${tone}`])}>
      {/* A new title is read with its text; a number that moves with the market is not read again. */}
      <b>{title}</b> <span aria-live="off">{text}</span>
    </p>
  );
}
