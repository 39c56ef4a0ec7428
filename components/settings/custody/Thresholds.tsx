import { useState } from 'react';
import type { FirmView } from '../../../engine/protocol/views/firm.ts';
import type { PolicyTrialView } from '../../../engine/protocol/views/policyTrial.ts';
import {
  type BandAnswer,
  bandAnswers,
  bandWords,
  questionOf,
  type WithdrawalBand,
  withdrawalBands,
} from '../../../lib/firm/withdrawalBands.ts';
import { roleName, thenWords } from '../../../lib/firm/words.ts';
import { formatUsd } from '../../../lib/format.ts';
import { useTold } from '../../../lib/hooks/policy.ts';
import { postJson } from '../../../lib/http.ts';
import { Select } from '../../ui/Select.tsx';
import { Cell, Row, Table, WordHeads } from '../../ui/Table.tsx';
import styles from './Custody.module.css';
import { openSubaccounts } from './Custody.state.ts';

/** What a withdrawal needs, by its worth: the policy in force, asked as it judges, so that nothing is said twice. */
export function Thresholds({ firm }: { firm: FirmView }) {
  const places = openSubaccounts(firm);
  const [picked, setPicked] = useState<number>();
  const node = places.find((place) => place.node === picked)?.node ?? places[0]?.node;
  const { version, hash, rules } = firm.policy;
  const asked = node === undefined ? undefined : { rules, node };
  const { view, error } = useTold(asked, askBands);
  return (
    <>
      <Select
        label="Withdrawals from"
        value={String(node)}
        options={places.map((place) => ({ value: String(place.node), label: place.label }))}
        onPick={(value) => setPicked(Number(value))}
      />
      <Table
        label="Withdrawal thresholds"
        className={styles.bands}
        columns={
          <>
            <col className={styles.worth} />
            <col className={styles.asker} />
            <col />
            <col className={styles.rules} />
          </>
        }
        head={<WordHeads names={['worth, USD', 'who asks', 'what it needs', 'rules that match']} />}
      >
        {view?.map(({ band, answers }) => (
          <BandRows key={band.overUsd} band={band} answers={answers} />
        ))}
      </Table>
      {error !== undefined && <p role="alert">{error.message}</p>}
      <p className={styles.note}>
        By policy v{version} <span title={hash}>{hash.slice(0, 10)}…</span> at this time of day.{' '}
        {limitWords(firm)} The owner’s word is left out where the owner asks. The vault pays only to the
        owner, or where the owner’s wallet has listed it, and within its own limit of a day for each asset.
      </p>
    </>
  );
}

function BandRows({ band, answers }: { band: WithdrawalBand; answers: readonly BandAnswer[] }) {
  const worth = bandWords(band);
  if (answers.length === 0)
    return (
      <Row>
        <Cell align="left" isStrong>
          {worth}
        </Cell>
        <Cell align="left">nobody</Cell>
        <Cell align="left">refused</Cell>
        <Cell align="left">none</Cell>
      </Row>
    );
  return answers.map(({ roles, verdict, rules, hasPeople }) => {
    const who = roles.map(roleName).join(', ');
    const words = thenWords({ verdict });
    return (
      <Row key={who}>
        <Cell align="left" isStrong>
          {worth}
        </Cell>
        <Cell align="left" title={who}>
          {who}
        </Cell>
        <Cell align="left" title={words}>
          {words}
          {!hasPeople && <span className={styles.short}> · not the people for it</span>}
        </Cell>
        <Cell align="left" title={rules.join(', ')}>
          {rules.join(', ')}
        </Cell>
      </Row>
    );
  });
}

interface AskedBand {
  band: WithdrawalBand;
  answers: BandAnswer[];
}

async function askBands({ rules, node }: { rules: FirmView['policy']['rules']; node: number }) {
  return await Promise.all(
    withdrawalBands(rules).map(async (band): Promise<AskedBand> => {
      const question = questionOf(band, node);
      const { outcomes } = await postJson<PolicyTrialView>('/api/v1/firm/policy/trial', { rules, question });
      return { band, answers: bandAnswers(outcomes) };
    }),
  );
}

function limitWords({ withdrawals: { dayUsd, destinationDayUsd } }: FirmView): string {
  const each = (usd: number) => (usd === 0 ? 'no limit' : `${formatUsd(usd)} USD`);
  return `In all in a day: ${each(dayUsd)}; to any one address: ${each(destinationDayUsd)}.`;
}
