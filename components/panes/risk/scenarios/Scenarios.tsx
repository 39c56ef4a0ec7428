'use client';

import type { StressesView } from '../../../../engine/protocol/views/stress.ts';
import { formatCount, formatRatio, formatSignedUsd, formatUsd } from '../../../../lib/format.ts';
import { useScopedAccounts } from '../../../../lib/hooks/accounts.ts';
import { usePolled } from '../../../../lib/hooks/polled.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Num } from '../../../ui/Num.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import { Why, WhySource } from '../../../ui/Why.tsx';
import { ProfitBar } from './ProfitBar.tsx';
import styles from './Scenarios.module.css';
import {
  areLarge,
  deficitReason,
  equityReason,
  isCalled,
  isOver,
  maintenanceReason,
  pnlReason,
  ratioReason,
  type ScenarioRow,
  scaleOf,
  scenarioRows,
  worstRow,
} from './Scenarios.state.ts';

const EVERY_MS = 3_000;

/** A fixed list of stresses for people, not for liquidation: what each would do at once, and what would be missing. */
export function Scenarios() {
  const { view, error } = usePolled<StressesView>('/api/v1/stresses', EVERY_MS);
  const numbers = useScopedAccounts().map(({ account }) => account);
  const accounts = (view?.accounts ?? []).filter(({ account }) => numbers.includes(account));
  const rows = view === undefined ? [] : scenarioRows(view, accounts);
  const whose = accounts.length > 1 ? `all ${accounts.length} accounts` : (accounts[0]?.label ?? '');
  return (
    <Pane
      title="Scenarios"
      aside={<span>at once, nobody acting · {whose}</span>}
      actions={view && <span>USD at seq {formatCount(view.seq)}</span>}
    >
      {view === undefined || rows.length === 0 ? (
        <EmptyState title={error?.message ?? 'Waiting for the scenarios.'} />
      ) : (
        <div className={classes(styles.box, error !== undefined && styles.held)}>
          <WhySource value={sourceText(view.seq, view.timeMs)}>
            <ScenarioTable rows={rows} isSeveral={accounts.length > 1} />
          </WhySource>
        </div>
      )}
    </Pane>
  );
}

function ScenarioTable({ rows, isSeveral }: { rows: readonly ScenarioRow[]; isSeveral: boolean }) {
  const worst = worstRow(rows);
  const scale = scaleOf(rows);
  const isLarge = areLarge(rows);
  const unit = isLarge && <span className={styles.short}> k</span>;
  const [equity, maintenance] = columnsOf(isSeveral);
  return (
    <Table
      label="Stress scenarios"
      className={styles.table}
      head={
        <>
          <HeadCell align="left" className={styles.id}>
            <span className="visually-hidden">number</span>
          </HeadCell>
          <HeadCell align="left">shock, %</HeadCell>
          <HeadCell className={classes(styles.wide, styles.bar)}>
            <span className="visually-hidden">P&L on a common scale</span>
          </HeadCell>
          <HeadCell className={styles.usd}>
            P&L
            {unit}
          </HeadCell>
          <HeadCell className={classes(styles.usd, equity)}>
            equity
            {unit}
          </HeadCell>
          <HeadCell className={classes(styles.usd, maintenance)}>
            MM
            {unit}
          </HeadCell>
          {isSeveral && <HeadCell className={styles.over}>over</HeadCell>}
          {isSeveral && (
            <HeadCell align="left" className={styles.worst}>
              worst
            </HeadCell>
          )}
          <HeadCell className={styles.ratio}>MM %</HeadCell>
          <HeadCell className={styles.usd}>
            deficit
            {unit}
          </HeadCell>
        </>
      }
    >
      {rows.map((row) => (
        <ScenarioLine
          key={row.id}
          row={row}
          scale={scale}
          isLarge={isLarge}
          isWorst={row.id === worst}
          isSeveral={isSeveral}
        />
      ))}
    </Table>
  );
}

interface ScenarioLineProps {
  row: ScenarioRow;
  scale: { least: number; most: number };
  /** In a narrow pane amounts stand in thousands. */
  isLarge: boolean;
  isWorst: boolean;
  isSeveral: boolean;
}

function ScenarioLine({ row, scale, isLarge, isWorst, isSeveral }: ScenarioLineProps) {
  const { id, name, pnlUsd, equityUsd, maintenanceUsd, deficitUsd, ratioPpm, worst, overCount } = row;
  const [equity, maintenance] = columnsOf(isSeveral);
  return (
    <Row kind={isWorst ? 'marked' : 'plain'} data-scenario={id}>
      <Cell align="left" className={styles.faint}>
        {id}
      </Cell>
      <Cell align="left" title={name}>
        {name}
      </Cell>
      <Cell className={styles.wide}>
        <ProfitBar usd={pnlUsd} {...scale} />
      </Cell>
      <Cell>
        <Why name={`P&L under ${name}`} reason={() => pnlReason(row)}>
          <Amount usd={pnlUsd} isLarge={isLarge} isSigned />
        </Why>
      </Cell>
      <Cell className={equity}>
        <Why name={`Equity after ${name}`} reason={() => equityReason(row)}>
          <Amount usd={equityUsd} isLarge={isLarge} />
        </Why>
      </Cell>
      <Cell className={maintenance}>
        <Why name={`Maintenance margin after ${name}`} reason={() => maintenanceReason(row)}>
          <Amount usd={maintenanceUsd} isLarge={isLarge} />
        </Why>
      </Cell>
      {isSeveral && <Cell className={overCount === 0 ? styles.faint : styles.danger}>{overCount}</Cell>}
      {isSeveral && (
        <Cell align="left" title={worst}>
          {worst}
        </Cell>
      )}
      <Cell className={isOver(row) ? styles.danger : isCalled(row) ? styles.warn : undefined}>
        <Why name={`Margin ratio after ${name}`} reason={() => ratioReason(row)}>
          {formatRatio(ratioPpm)}
        </Why>
      </Cell>
      <Cell className={deficitUsd === 0 ? styles.faint : styles.warn}>
        <Why name={`Deficit after ${name}`} reason={() => deficitReason(row)}>
          <Amount usd={deficitUsd} isLarge={isLarge} />
        </Why>
      </Cell>
    </Row>
  );
}

/** Sums of equity and margin are no account's own: of several accounts they come where there is room for all. */
function columnsOf(isSeveral: boolean): [equity: string | undefined, maintenance: string | undefined] {
  return isSeveral ? [styles.sums, styles.sums] : [undefined, styles.second];
}

interface AmountProps {
  usd: number;
  isLarge: boolean;
  isSigned?: boolean;
}

/** To the dollar where there is room, in thousands where there is not; the answer has it to the cent. */
function Amount({ usd, isLarge, isSigned = false }: AmountProps) {
  const format = isSigned ? formatSignedUsd : formatUsd;
  return (
    <data value={usd}>
      <Num text={format(usd)} isSigned={isSigned} className={isLarge ? styles.long : undefined} />
      {isLarge && <Num text={format(Math.round(usd / 1_000))} isSigned={isSigned} className={styles.short} />}
    </data>
  );
}
