import { formatCount, formatMove, formatPercent, formatSigmas, formatUsd } from '../../lib/format.ts';
import { marginExample } from '../../lib/preview.ts';
import { Cell, HeadCell, Row, Table } from '../ui/Table.tsx';
import styles from './MarginHelp.module.css';

type Example = ReturnType<typeof marginExample>;

const ways = [
  { kind: 'ownEth', name: 'ETH alone', words: 'ETH moves, BTC stands still' },
  { kind: 'market', name: 'The market', words: 'BTC moves and takes ETH along by its β' },
  { kind: 'joint', name: 'Joint', words: 'both move, the likeliest way there' },
] as const;

/** How margin and the distance to liquidation are read, on one small book. Every number is computed here and now. */
export function MarginHelp() {
  const { margin, held, reevaluated, equityUsd, legUsd, rho } = marginExample();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard.
    <article className={styles.page} tabIndex={0} aria-label="Margin, explained on one book">
      <h2>Margin, explained on one book</h2>
      <p>
        The desk asks one question of a portfolio: how much does it lose in the worst of a grid of scenarios?
        In each, one coin moves by up to its range and drags the others along, weakly where that guards a
        hedge and strongly where it guards a bet on one side. The worst loss is the scan. Initial margin is
        the scan with open orders at their worst and charges on top; maintenance margin is{' '}
        {formatPercent(600_000, 0)} of the scan of what is held. Below it, liquidation starts.
      </p>
      <h3>The book</h3>
      <p>
        {formatCount(equityUsd)} USD of equity, long {formatCount(legUsd)} USD of BTC, short{' '}
        {formatCount(legUsd)} USD of ETH. BTC swings by 3% a day, ETH by 4%, with a correlation of{' '}
        {formatSigmas(rho)}.
      </p>
      <h3>What it needs</h3>
      <p>
        Worst case: <b>{margin.initial.sentence}</b>. Alone, the two legs would need{' '}
        <b>{formatUsd(margin.initial.standaloneUsd, 2)}</b>; as one book they need{' '}
        <b>{formatUsd(margin.initial.scanUsd, 2)}</b>, which saves{' '}
        <b>{formatUsd(margin.initial.savedUsd, 2)}</b>.
      </p>
      <Legs margin={margin} />
      <h3>How far it is from liquidation</h3>
      <p>
        Three questions, one unit. Each way is measured in σ-days: 1σ is a move of the size that one day
        commonly brings, taking into account that BTC and ETH rarely part. The joint way is the shortest by
        construction, and the gauge shows it. First with maintenance margin held at{' '}
        {formatCount(held.maintenanceUsd)} USD, as one can check by hand: ETH may gain until the loss is{' '}
        {formatCount(equityUsd)} − {formatCount(held.maintenanceUsd)}. Then as the desk does it, with
        maintenance margin of <b>{formatUsd(margin.maintenanceUsd, 2)}</b> computed anew at every point of the
        way.
      </p>
      <Distances held={held} reevaluated={reevaluated} />
      <p>
        With margin held the likeliest way is <b>{held.sentence}</b>; by the model it is{' '}
        <b>{reevaluated.sentence}</b>. A move that both coins share hardly hurts this book: its risk is that
        ETH rises faster than BTC. In volatilities of its own, ETH alone is{' '}
        {formatSigmas(held.ownEth.ownSigmas)}σ and {formatSigmas(reevaluated.ownEth.ownSigmas)}σ away; that
        ignores that BTC rarely stands still.
      </p>
    </article>
  );
}

function Legs({ margin }: Pick<Example, 'margin'>) {
  const { initial } = margin;
  return (
    <div className={styles.table}>
      <Table
        label="Legs of the example"
        head={
          <>
            <HeadCell align="left">leg</HeadCell>
            <HeadCell>move</HeadCell>
            <HeadCell>charge USD</HeadCell>
          </>
        }
      >
        {initial.rows.map(({ name, kind, usd }) => {
          const move = initial.scenario.moves.find(
            ({ underlying }) => kind === 'leg' && underlying === name,
          )?.move;
          return (
            <Row key={name}>
              <Cell align="left">{name}</Cell>
              <Cell>{move !== undefined && formatMove(move)}</Cell>
              <Cell>{formatUsd(usd, 2)}</Cell>
            </Row>
          );
        })}
        <Row kind="total">
          <Cell align="left">Scan</Cell>
          <Cell />
          <Cell>{formatUsd(initial.scanUsd, 2)}</Cell>
        </Row>
      </Table>
    </div>
  );
}

function Distances({ held, reevaluated }: Pick<Example, 'held' | 'reevaluated'>) {
  return (
    <div className={styles.table}>
      <Table
        label="Distance of the example in both forms"
        head={
          <>
            <HeadCell align="left">way</HeadCell>
            <HeadCell>margin held: move</HeadCell>
            <HeadCell>σ-days</HeadCell>
            <HeadCell>by the model: move</HeadCell>
            <HeadCell>σ-days</HeadCell>
          </>
        }
      >
        {ways.map(({ kind, name, words }) => (
          <Row key={kind} kind={kind === 'joint' ? 'marked' : 'plain'}>
            <Cell align="left" title={words}>
              <b>{name}</b>, {words}
            </Cell>
            {[held, reevaluated].map((form) => (
              <WayCells key={form.maintenanceUsd} {...form[kind]} />
            ))}
          </Row>
        ))}
      </Table>
    </div>
  );
}

function WayCells({ move, sigmas }: Example['held']['joint']) {
  return (
    <>
      <Cell>{formatMove(move)}</Cell>
      <Cell isStrong>{formatSigmas(sigmas)}</Cell>
    </>
  );
}
