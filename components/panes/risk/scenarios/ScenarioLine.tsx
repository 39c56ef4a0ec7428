import { formatRatio, formatSignedUsd, formatUsd } from '../../../../lib/format.ts';
import { Num } from '../../../ui/Num.tsx';
import { Cell, Row } from '../../../ui/Table.tsx';
import { Why } from '../../../ui/Why.tsx';
import { ProfitBar } from './ProfitBar.tsx';
import styles from './Scenarios.module.css';
import {
  deficitReason,
  equityReason,
  isCalled,
  isOver,
  maintenanceReason,
  pnlReason,
  ratioReason,
  type ScenarioRow,
} from './Scenarios.state.ts';

interface ScenarioLineProps {
  row: ScenarioRow;
  scale: { least: number; most: number };
  /** In a narrow pane amounts stand in thousands. */
  isLarge: boolean;
  isWorst: boolean;
  isSeveral: boolean;
}

/** One stress on the accounts looked at; every number says why. */
export function ScenarioLine({ row, scale, isLarge, isWorst, isSeveral }: ScenarioLineProps) {
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
export function columnsOf(isSeveral: boolean): [equity: string | undefined, maintenance: string | undefined] {
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
