import type { AccountRiskView } from '../../../../engine/protocol/views/firmRisk.ts';
import type { RebalanceView } from '../../../../engine/protocol/views/rebalance.ts';
import { formatCount, formatDistance, formatRatio, formatUsd } from '../../../../lib/format.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Cell, HeadCell, Row, Table, WordHeads } from '../../../ui/Table.tsx';
import styles from './Rebalance.module.css';
import { needWords, type TargetKind } from './Rebalance.state.ts';

interface FoundProps {
  by: TargetKind;
  short: readonly AccountRiskView[];
  accounts: readonly AccountRiskView[];
  view: RebalanceView | undefined;
  sentence: string | undefined;
}

/** What each account needs and gets, and the transfers that bring it there. */
export function RebalanceFound({ by, short, accounts, view, sentence }: FoundProps) {
  const labelOf = (of: number) => accounts.find(({ account }) => account === of)?.label ?? `account ${of}`;
  if (view === undefined) return <p role="status">{sentence ?? 'Asking the engine …'}</p>;
  return (
    <>
      <Table label="Accounts short of the target" head={<NeedHeads />}>
        {short.map(({ account, label, distance: { sigmas }, ratioPpm }) => {
          const need = view.needs.find((each) => each.account === account);
          return (
            <Row key={account} data-need={account}>
              <Cell align="left">{label}</Cell>
              <Cell>{by === 'distance' ? `${formatDistance(sigmas)}σ` : formatRatio(ratioPpm, 2)}</Cell>
              <Cell>{need?.neededUsd == null ? '–' : formatUsd(need.neededUsd)}</Cell>
              <Cell isStrong>{need === undefined ? '–' : formatUsd(need.givenUsd)}</Cell>
              <Cell align="left">
                {need === undefined ? 'cannot be moved, or is there by now' : needWords(need)}
              </Cell>
            </Row>
          );
        })}
      </Table>
      <Table label="Transfers" head={<TransferHeads />}>
        {view.transfers.map(({ from, to, amount }) => (
          <Row key={`${from} ${to}`} data-transfer={`${from} ${to}`}>
            <Cell align="left">{labelOf(from)}</Cell>
            <Cell align="left">{labelOf(to)}</Cell>
            <Cell isStrong>
              <data value={amount}>{formatUsd(amount)}</data>
            </Cell>
          </Row>
        ))}
      </Table>
      <p role="status" className={styles.rule}>
        <Badge tone="info">not sent</Badge>{' '}
        {view.transfers.length === 0 ? 'No account has anything to spare. ' : ''}
        engine at seq {formatCount(view.seq)}; margin before and after, limits and who must agree stand in the
        draft
      </p>
    </>
  );
}

function NeedHeads() {
  return (
    <>
      <HeadCell align="left">Account</HeadCell>
      <HeadCell>Now</HeadCell>
      <HeadCell>Needs, USDC</HeadCell>
      <HeadCell>Gets, USDC</HeadCell>
      <HeadCell align="left">Outcome</HeadCell>
    </>
  );
}

function TransferHeads() {
  return (
    <>
      <WordHeads names={['From', 'To']} />
      <HeadCell>USDC</HeadCell>
    </>
  );
}
