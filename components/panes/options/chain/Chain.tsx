'use client';

import { useState } from 'react';
import type { ExpiryView, OptionChainView, OptionView } from '../../../../engine/protocol/views/options.ts';
import { formatCount, formatExpiry, formatGreek, formatPercent, formatUsd } from '../../../../lib/format.ts';
import { usePolled } from '../../../../lib/hooks/polled.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageLink } from '../../../ui/PageLink.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import styles from './Chain.module.css';
import { chainRows, gammaPercent } from './Chain.state.ts';
import { ExpiryFacts } from './ExpiryFacts.tsx';

const EVERY_MS = 1_000;
/** Of a call, from the edge to the strike; a put's are their mirror image, but that a bid stands left of its ask. */
const columns = ['theta', 'vega', 'gamma', 'delta', 'IV', 'bid', 'mark', 'ask'];
const mirrored = ['bid', 'mark', 'ask', 'IV', 'delta', 'gamma', 'vega', 'theta'];

/** Strikes by expiry, calls left and puts right, with the greeks of the prices margin uses. */
export function Chain({ underlying }: { underlying: string }) {
  const { view, error } = usePolled<OptionChainView>(`/api/v1/options/${underlying}`, EVERY_MS);
  const [picked, setPicked] = useState<number>();
  const expiry = view?.expiries.find(({ expiryMs }) => expiryMs === picked) ?? view?.expiries[0];
  return (
    <Pane
      title={`${underlying} options`}
      aside={
        view !== undefined &&
        expiry !== undefined && (
          <Tabs
            label="Expiry"
            value={String(expiry.expiryMs)}
            items={view.expiries.map(({ expiryMs }) => ({
              value: String(expiryMs),
              label: formatExpiry(expiryMs),
            }))}
            onPick={(value) => setPicked(Number(value))}
            panelId="chain"
            className={styles.tabs}
          />
        )
      }
      actions={view && <span>seq {formatCount(view.seq)}</span>}
    >
      <div id="chain" role="tabpanel" aria-label={`${underlying} options`} className={styles.panel}>
        {view === undefined && <EmptyState title={error?.message ?? 'Waiting for the chain.'} />}
        {view !== undefined && expiry === undefined && (
          <EmptyState title={`No ${underlying} option can be priced now.`}>
            An option has a price once its expiry has a forward and a volatility surface.
          </EmptyState>
        )}
        {view?.expiries.map((each) => (
          <div key={each.expiryMs} className={styles.expiry} data-picked={each === expiry || undefined}>
            <ExpiryFacts view={view} expiry={each} />
            <ChainTable underlying={underlying} expiry={each} />
          </div>
        ))}
      </div>
    </Pane>
  );
}

function ChainTable({ underlying, expiry }: { underlying: string; expiry: ExpiryView }) {
  return (
    <Table
      label={`Chain of ${underlying} ${formatExpiry(expiry.expiryMs)}`}
      className={styles.table}
      head={
        <>
          {columns.map((name) => (
            <HeadCell key={name}>
              <span className="visually-hidden">call </span>
              {name === 'gamma' ? 'gamma 1%' : name}
            </HeadCell>
          ))}
          <HeadCell align="centre">strike</HeadCell>
          {mirrored.map((name) => (
            <HeadCell key={name}>
              <span className="visually-hidden">put </span>
              {name === 'gamma' ? 'gamma 1%' : name}
            </HeadCell>
          ))}
        </>
      }
    >
      {chainRows(expiry).map(({ strikeE8, call, put, isAtTheMoney }) => (
        <Row key={strikeE8} data-strike={strikeE8 / 1e8} kind={isAtTheMoney ? 'marked' : 'plain'}>
          <Side option={call} forwardE8={expiry.forwardE8} />
          <Cell align="centre" isStrong className={styles.strike}>
            {formatCount(strikeE8 / 1e8)}
            {isAtTheMoney && <span className="visually-hidden">, at the money</span>}
          </Cell>
          <Side option={put} forwardE8={expiry.forwardE8} isRight />
        </Row>
      ))}
    </Table>
  );
}

interface SideProps {
  option: OptionView | undefined;
  forwardE8: number;
  /** Puts read from the strike outwards, as calls do. */
  isRight?: boolean;
}

function Side({ option, forwardE8, isRight = false }: SideProps) {
  if (option === undefined) return columns.map((name) => <Cell key={name} />);
  const { name, theta, vega, delta, volatility, bidUsdPerLot, markUsdPerLot, askUsdPerLot } = option;
  const price = (usdPerLot: number | null): string =>
    usdPerLot === null ? '–' : formatUsd(usdPerLot * option.lotsPerUnit, 2);
  const greeks = [
    { key: 'theta', text: formatGreek(theta, 1) },
    { key: 'vega', text: formatGreek(vega, 1) },
    { key: 'gamma', text: formatGreek(gammaPercent(option, forwardE8), 3) },
    { key: 'delta', text: formatGreek(delta, 2) },
    { key: 'IV', text: formatPercent(Math.round(volatility * 1e6)) },
  ].map(({ key, text }) => (
    <Cell key={key} className={styles.quiet}>
      {text}
    </Cell>
  ));
  const prices = [
    <Cell key="bid" className={styles.bid}>
      {price(bidUsdPerLot)}
    </Cell>,
    <Cell key="mark" isStrong>
      <PageLink href={`/trade/${name}`} className={styles.mark}>
        <span className="visually-hidden">Trade {name} at </span>
        {price(markUsdPerLot)}
      </PageLink>
    </Cell>,
    <Cell key="ask" className={styles.ask}>
      {price(askUsdPerLot)}
    </Cell>,
  ];
  return isRight ? [...prices, ...greeks.reverse()] : [...greeks, ...prices];
}
