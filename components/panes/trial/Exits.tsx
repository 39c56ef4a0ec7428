import type { ExitView } from '../../../engine/protocol/views/firm.ts';
import { formatPrice, formatSignedSize, formatUsd } from '../../../lib/format.ts';
import { useMarkets } from '../../../lib/hooks/market.ts';
import { Cell, HeadCell, Row, Table } from '../../ui/Table.tsx';
import styles from './Trial.module.css';

interface ExitsProps {
  exits: readonly ExitView[];
  accountLabel(account: number): string;
}

/** What closes in the market: of each position the worst price it may trade at, what that would cost, what is left. */
export function Exits({ exits, accountLabel }: ExitsProps) {
  const markets = useMarkets();
  const worstUsd = exits.reduce((sum, { worstCostUsd }) => sum + worstCostUsd, 0);
  const left = exits.filter(({ leftLots }) => leftLots !== 0).length;
  return (
    <>
      <p data-worst={worstUsd}>
        At worst {formatUsd(worstUsd)} USD worse than the mark, before fees.{' '}
        {left === 0
          ? 'The book takes all of it now.'
          : `The book does not take all of ${left === 1 ? 'one position' : `${left} positions`} now: the rest stays.`}
      </p>
      <div className={styles.table}>
        <Table
          label="Worst price of each exit"
          columns={<col className={styles.account} />}
          head={
            <>
              <HeadCell align="left">Account</HeadCell>
              <HeadCell align="left">Market</HeadCell>
              <HeadCell>Size</HeadCell>
              <HeadCell>Worst price</HeadCell>
              <HeadCell>Worst cost</HeadCell>
              <HeadCell>Left</HeadCell>
            </>
          }
        >
          {exits.map(({ account, instrument, lots, worstTicks, worstCostUsd, leftLots }) => {
            const market = markets.find((each) => each.instrument === instrument);
            return (
              <Row key={`${account} ${instrument}`}>
                <Cell align="left">{accountLabel(account)}</Cell>
                <Cell align="left">{market?.name}</Cell>
                <Cell>{market && formatSignedSize(lots, market)}</Cell>
                <Cell isStrong>
                  {market && (worstTicks === 0 ? 'none' : formatPrice(worstTicks, market))}
                </Cell>
                <Cell>{formatUsd(worstCostUsd)}</Cell>
                <Cell>{market && (leftLots === 0 ? 'nothing' : formatSignedSize(leftLots, market))}</Cell>
              </Row>
            );
          })}
        </Table>
      </div>
    </>
  );
}
