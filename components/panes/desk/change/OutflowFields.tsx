import { NO_USD, type OutflowDraft, readDayUsd } from '../../../../lib/firm/outflowDraft.ts';
import { formatUsd } from '../../../../lib/format.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { Field } from '../../../ui/Field.tsx';

interface OutflowFieldsProps {
  draft: OutflowDraft;
  onChange: (draft: OutflowDraft) => void;
}

/** Where money may go, and how much of it in a day; what went today stands beside each limit. */
export function OutflowFields({ draft, onChange }: OutflowFieldsProps) {
  switch (draft.kind) {
    case 'ListDestination':
      return <DestinationFields draft={draft} onChange={onChange} />;
    case 'UnlistDestination':
      return <Removal to={draft.to} />;
    case 'SetWithdrawalLimits':
      return <LimitFields draft={draft} onChange={onChange} />;
  }
}

interface FieldsOf<K extends OutflowDraft['kind']> {
  draft: Extract<OutflowDraft, { kind: K }>;
  onChange: (draft: OutflowDraft) => void;
}

function DestinationFields({ draft, onChange }: FieldsOf<'ListDestination'>) {
  const { to, label, typed, listed } = draft;
  return (
    <>
      <p>
        Withdrawals may go there once it is in the book and the owner has listed it with the vault too. It is
        as good as the money it lets out: compare every digit.
      </p>
      <Field
        label="Address"
        value={to}
        readOnly={listed !== undefined}
        spellCheck={false}
        onChange={(event) => onChange({ ...draft, to: event.target.value })}
      />
      <Field
        label="Name"
        hint="whose it is"
        maxLength={64}
        value={label}
        onChange={(event) => onChange({ ...draft, label: event.target.value })}
      />
      <UsdField
        label="To it in a day"
        today={listed?.todayUsd}
        value={typed}
        onType={(next) => onChange({ ...draft, typed: next })}
      />
    </>
  );
}

function Removal({ to }: { to: string }) {
  const listed = useFirm()?.withdrawals.destinations.find((each) => each.to === to && !each.isOwner);
  return (
    <p>
      <b>{listed?.label}</b> leaves the book. What was authorised before is still paid; what waits for
      agreement is refused when it would be done.
    </p>
  );
}

function LimitFields({ draft, onChange }: FieldsOf<'SetWithdrawalLimits'>) {
  const today = useFirm()?.withdrawals.todayUsd;
  return (
    <>
      <p>
        Of the whole firm, from 00:00 to 24:00 UTC at the index. What has no price is over every limit.
        Checked when money leaves, whoever has agreed before.
      </p>
      <UsdField
        label="In all in a day"
        today={today}
        value={draft.typedDay}
        onType={(typedDay) => onChange({ ...draft, typedDay })}
      />
      <UsdField
        label="To any one address in a day"
        value={draft.typedDestination}
        onType={(typedDestination) => onChange({ ...draft, typedDestination })}
      />
    </>
  );
}

interface UsdFieldProps {
  label: string;
  value: string;
  /** Micro-USD that went already. */
  today?: number;
  onType: (typed: string) => void;
}

function UsdField({ label, value, today, onType }: UsdFieldProps) {
  return (
    <Field
      label={label}
      unit="USD"
      inputMode="decimal"
      placeholder="no limit"
      hint={today === undefined ? undefined : `${formatUsd(today)} today`}
      value={value}
      error={readDayUsd(value) === undefined ? NO_USD : undefined}
      onChange={(event) => onType(event.target.value)}
    />
  );
}
