import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import { formatRatio, formatUsd } from '../../../../lib/format.ts';
import { jointReason } from '../../../../lib/reasons/distance.ts';
import {
  equityReason,
  initialReason,
  maintenanceReason,
  ratioReason,
} from '../../../../lib/reasons/margin.ts';
import { selectAccount } from '../../../../lib/stores/sessionStore.ts';
import { Num } from '../../../ui/Num.tsx';
import { Cell, Row } from '../../../ui/Table.tsx';
import { Why } from '../../../ui/Why.tsx';
import styles from './Subaccounts.module.css';
import { distanceText, driverOf } from './Subaccounts.state.ts';

/** One account in its numbers; pressing its name makes it the account of every pane. */
export function AccountRow({ account, isSelected }: { account: AccountView; isSelected: boolean }) {
  const { label, margin, distance, potOf } = account;
  return (
    <Row kind={isSelected ? 'marked' : 'plain'} data-account={account.account}>
      <Cell align="left" isStrong title={label}>
        <button
          type="button"
          className={styles.account}
          aria-pressed={isSelected}
          onClick={() => selectAccount(account.account)}
        >
          {potOf !== null && <span className={styles.pot}>└ {potOf.underlying} pot </span>}
          {label}
        </button>
      </Cell>
      <Cell>
        <Why name={`Equity of ${label}`} reason={() => equityReason(margin)}>
          <data value={margin.equityUsd}>{formatUsd(margin.equityUsd)}</data>
        </Why>
      </Cell>
      <Cell>
        <Why name={`Initial margin of ${label}`} reason={() => initialReason(margin)}>
          <data value={margin.initialUsd}>{formatUsd(margin.initialUsd)}</data>
        </Why>
      </Cell>
      <Cell>
        <Why name={`Maintenance margin of ${label}`} reason={() => maintenanceReason(margin)}>
          <data value={margin.maintenanceUsd}>{formatUsd(margin.maintenanceUsd)}</data>
        </Why>
      </Cell>
      <Cell>
        <Why name={`Margin ratio of ${label}`} reason={() => ratioReason(margin)}>
          <Num text={formatRatio(margin.ratioPpm)} significant={1} />
        </Why>
      </Cell>
      <Cell isStrong>
        <Why name={`Joint distance of ${label}`} reason={() => jointReason(distance, margin)}>
          {distanceText(distance)}
        </Why>
      </Cell>
      <Cell>{driverOf(distance)}</Cell>
    </Row>
  );
}
