import type { ChangeDraft, PortDraft } from '../../../../lib/firm/change.ts';
import { useListing } from '../../../../lib/hooks/market.ts';
import { Field } from '../../../ui/Field.tsx';
import { Select } from '../../../ui/Select.tsx';
import { PriceField } from './PriceField.tsx';
import { usePlaces } from './usePlaces.ts';
import { withNone } from './withNone.ts';

interface CarryFieldsProps {
  draft: PortDraft | Extract<ChangeDraft, { kind: 'Transfer' }>;
  onChange: (draft: ChangeDraft) => void;
}

/** A position or collateral that goes from one account to another. */
export function CarryFields({ draft, onChange }: CarryFieldsProps) {
  const { accounts, accountLabel } = usePlaces();
  const { markets = [], assets = [] } = useListing() ?? {};
  const market =
    draft.kind === 'PortPosition' ? markets.find((each) => each.instrument === draft.instrument) : undefined;
  const to = accounts
    .filter(({ account }) => account !== draft.from)
    .map(({ account, label }) => ({ value: String(account), label }));
  return (
    <>
      <p>
        {draft.kind === 'PortPosition' ? `${market?.name ?? ''} without a trade, ` : 'Collateral '}
        from <b>{accountLabel(draft.from)}</b>
      </p>
      <Select
        label="To"
        value={draft.to === undefined ? '' : String(draft.to)}
        options={withNone(to)}
        onPick={(account) => onChange({ ...draft, to: account === '' ? undefined : Number(account) })}
      />
      {draft.kind === 'Transfer' && (
        <Select
          label="Asset"
          value={draft.asset}
          options={assets.map(({ name }) => ({ value: name, label: name }))}
          onPick={(asset) => onChange({ ...draft, asset })}
        />
      )}
      <Field
        label={draft.kind === 'PortPosition' ? 'Size' : 'Amount'}
        unit={draft.kind === 'PortPosition' ? market?.underlying : draft.asset}
        inputMode="decimal"
        value={draft.typed}
        onChange={(event) => onChange({ ...draft, typed: event.target.value })}
      />
      {draft.kind === 'PortPosition' && <PriceField draft={draft} market={market} onChange={onChange} />}
    </>
  );
}
