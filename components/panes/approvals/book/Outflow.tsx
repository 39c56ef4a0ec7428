'use client';

import type { ActionKind } from '../../../../engine/protocol/commands/actionNumbers.ts';
import type { Rule } from '../../../../engine/protocol/commands/policy.ts';
import type { FirmView } from '../../../../engine/protocol/views/firm.ts';
import { withdrawalLimitsDraft } from '../../../../lib/firm/outflowDraft.ts';
import { thenWords, whenWords } from '../../../../lib/firm/words.ts';
import { formatUsd } from '../../../../lib/format.ts';
import { useFirm, useFirmFreshness } from '../../../../lib/hooks/firm.ts';
import { useIsPast } from '../../../../lib/hooks/past.ts';
import { openChange } from '../../../../lib/stores/changeStore.ts';
import { Button } from '../../../ui/Button.tsx';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageLink } from '../../../ui/PageLink.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { UseBar } from '../../../ui/UseBar.tsx';
import { mostWords } from './AddressBook.state.ts';
import styles from './Outflow.module.css';

/** What may leave the firm in a day, what left today, and who must agree to each change of it. */
export function Outflow() {
  const firm = useFirm();
  const isPast = useIsPast();
  const isHeld = useFirmFreshness().face === 'stale';
  if (firm === undefined)
    return (
      <Pane title="Withdrawal limits">
        <EmptyState title="Waiting for the limits." />
      </Pane>
    );
  return (
    <Pane
      title="Withdrawal limits"
      aside={<span>since 00:00 UTC, at the index</span>}
      actions={
        !isPast && (
          <Button size="row" onClick={() => openChange(withdrawalLimitsDraft(firm.withdrawals))}>
            Change limits
          </Button>
        )
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard. */}
      <section className={classes(styles.scroll, isHeld && styles.held)} aria-label="Limits" tabIndex={0}>
        <Limits firm={firm} />
        <Rules firm={firm} />
        <p className={styles.way}>
          <PageLink href="/settlement">Withdraw, and what was withdrawn</PageLink>
        </p>
      </section>
    </Pane>
  );
}

function Limits({ firm: { withdrawals } }: { firm: FirmView }) {
  const { dayUsd, todayUsd, destinationDayUsd } = withdrawals;
  const share = dayUsd === 0 ? 0 : todayUsd / dayUsd;
  return (
    <dl className={styles.limits}>
      <div>
        <dt>In all in a day, USD</dt>
        <dd>
          {formatUsd(todayUsd)} of <b>{mostWords(dayUsd)}</b>
        </dd>
      </div>
      {dayUsd > 0 && <UseBar share={share} tone={share >= 1 ? 'danger' : share >= 0.8 ? 'warn' : 'plain'} />}
      <div>
        <dt>To any one address in a day, USD</dt>
        <dd>
          <b>{mostWords(destinationDayUsd)}</b>
        </dd>
      </div>
    </dl>
  );
}

const asked: readonly { kind: ActionKind; name: string }[] = [
  { kind: 'ListDestination', name: 'Add or change an address' },
  { kind: 'UnlistDestination', name: 'Take one off' },
  { kind: 'SetWithdrawalLimits', name: 'Change the limits' },
];

/** The rules that speak of the book, so that who asks knows beforehand who is asked. */
function Rules({ firm: { policy, nodes } }: { firm: FirmView }) {
  const label = (node: number) => nodes.find((each) => each.node === node)?.label ?? `node ${node}`;
  const of = (kind: ActionKind): readonly Rule[] =>
    policy.rules.filter(({ when }) => when.actions === undefined || when.actions.includes(kind));
  return asked.map(({ kind, name }) => (
    <section key={kind} className={styles.rules} aria-label={name}>
      <h3>{name}</h3>
      {of(kind).length === 0 && <p>No rule allows it.</p>}
      <dl>
        {of(kind).map((rule) => {
          const { actions: _, ...when } = rule.when;
          return (
            <div key={rule.id}>
              <dt>{whenWords({ ...rule, when }, label)}</dt>
              <dd>{thenWords(rule)}</dd>
            </div>
          );
        })}
      </dl>
    </section>
  ));
}
