'use client';

import { useMemo } from 'react';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { accountHue } from '../../../../lib/accountHue.ts';
import { carryTo } from '../../../../lib/firm/drop.ts';
import { accountsIn } from '../../../../lib/firm/tree.ts';
import {
  formatCount,
  formatMark,
  formatSignedSize,
  formatSignedUsd,
  formatUsd,
} from '../../../../lib/format.ts';
import { useFirmRiskFreshness, useFirmTree } from '../../../../lib/hooks/firmRisk.ts';
import { useMarkets } from '../../../../lib/hooks/market.ts';
import { useIsPast } from '../../../../lib/hooks/past.ts';
import { openChange } from '../../../../lib/stores/changeStore.ts';
import { Button } from '../../../ui/Button.tsx';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Num } from '../../../ui/Num.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import styles from './Positions.module.css';
import { type FirmPosition, largestFirst, notionalUsd } from './Positions.state.ts';

/** What the accounts hold, by what an ordinary day moves it: the tree says the same account by account. */
export function Positions() {
  const tree = useFirmTree();
  const markets = useMarkets();
  const isHeld = useFirmRiskFreshness().face === 'stale';
  const { shown, count } = useMemo(() => largestFirst(tree === undefined ? [] : accountsIn(tree)), [tree]);
  const known = useMemo(() => new Map(markets.map((market) => [market.instrument, market])), [markets]);
  return (
    <Pane title="Positions" aside={<span>{asideOf(shown.length, count)}</span>}>
      {count === 0 ? (
        <EmptyState
          title={tree === undefined ? 'Waiting for the accounts.' : 'These accounts hold no positions.'}
        />
      ) : (
        <div className={classes(styles.box, isHeld && styles.held)}>
          <Table label="Largest positions" columns={<Widths />} head={<Heads />}>
            {shown.map((held) => (
              <PositionRow
                key={`${held.account.account} ${held.position.instrument}`}
                held={held}
                market={known.get(held.position.instrument)}
              />
            ))}
          </Table>
        </div>
      )}
    </Pane>
  );
}

function asideOf(shown: number, count: number): string {
  const which = shown < count ? `${formatCount(shown)} of ${formatCount(count)}` : formatCount(count);
  return `${which} · largest 1σ day first`;
}

function Widths() {
  return (
    <>
      <col className={styles.account} />
      <col className={styles.market} />
      <col />
      <col />
      <col />
      <col />
      <col />
      <col />
      <col className={styles.button} />
    </>
  );
}

function Heads() {
  return (
    <>
      <HeadCell align="left">Account</HeadCell>
      <HeadCell align="left">Instrument</HeadCell>
      <HeadCell>Net</HeadCell>
      <HeadCell>Mark</HeadCell>
      <HeadCell>Notional, USD</HeadCell>
      <HeadCell>Delta, USD</HeadCell>
      <HeadCell>Unrealized</HeadCell>
      <HeadCell title="What one σ of a day moves it by">1σ day, USD</HeadCell>
      <HeadCell>
        <span className="visually-hidden">Actions</span>
      </HeadCell>
    </>
  );
}

function PositionRow({ held, market }: { held: FirmPosition; market: MarketView | undefined }) {
  const { account, position } = held;
  const usd = (amount: number) => (
    <data value={amount}>
      <Num text={formatSignedUsd(amount)} isSigned />
    </data>
  );
  return (
    <Row data-held={`${account.account} ${position.name}`} data-hue={accountHue(account.account)}>
      <Cell align="left" title={account.label}>
        <span className={styles.hue} />
        {account.label}
      </Cell>
      <Cell align="left" title={position.name}>
        {position.name}
      </Cell>
      <Cell isStrong>
        <Num text={market && formatSignedSize(position.lots, market)} />
      </Cell>
      <Cell>{market === undefined ? '–' : formatMark(position.markUsdPerLot, market)}</Cell>
      <Cell>{usd(notionalUsd(position))}</Cell>
      <Cell>{usd(position.deltaUsd)}</Cell>
      <Cell>{usd(position.unrealizedPnlUsd)}</Cell>
      <Cell isStrong>
        <data value={position.sigmaDayUsd}>{formatUsd(position.sigmaDayUsd)}</data>
      </Cell>
      <Cell>
        <Port held={held} market={market} />
      </Cell>
    </Row>
  );
}

/** What stands in a pot moves through its own account alone. */
function Port({
  held: { account, position },
  market,
}: {
  held: FirmPosition;
  market: MarketView | undefined;
}) {
  const isPast = useIsPast();
  if (market === undefined || account.potOf !== null || isPast) return null;
  const carried = { is: 'position', account: account.account, position, market } as const;
  return (
    <Button
      size="row"
      aria-label={`Port ${position.name} of ${account.label}`}
      onClick={() => openChange(carryTo(carried, undefined))}
    >
      Port…
    </Button>
  );
}
