import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { agreedAway, readAgreedPrice } from '../../../../lib/firm/agreedPrice.ts';
import { type PortDraft, readChange } from '../../../../lib/firm/change.ts';
import { formatSignedPercent, formatUsd } from '../../../../lib/format.ts';
import { useFirmRisk } from '../../../../lib/hooks/firmRisk.ts';
import { Field } from '../../../ui/Field.tsx';
import { usePlaces } from './usePlaces.ts';

interface PriceFieldProps {
  draft: PortDraft;
  market: MarketView | undefined;
  onChange: (draft: PortDraft) => void;
}

/** The price two accounts agree on, how far it is from the mark, and what that moves from one to the other. */
export function PriceField({ draft, market, onChange }: PriceFieldProps) {
  const typed = draft.typedPrice ?? '';
  const isWrong = readAgreedPrice(typed, market).is === 'wrong';
  return (
    <>
      <Field
        label="Agreed price"
        unit="USD"
        inputMode="decimal"
        placeholder="the mark of the moment it is done"
        value={typed}
        error={isWrong ? `Not a price of ${market?.name ?? 'a market'}.` : undefined}
        onChange={(event) => onChange({ ...draft, typedPrice: event.target.value })}
      />
      <p>
        <Away draft={draft} market={market} />
      </p>
    </>
  );
}

function Away({ draft, market }: Pick<PriceFieldProps, 'draft' | 'market'>) {
  const accounts = useFirmRisk()?.accounts ?? [];
  const { accountLabel } = usePlaces();
  const price = readAgreedPrice(draft.typedPrice ?? '', market);
  const held = accounts.find(({ account }) => account === draft.from)?.positions;
  const position = held?.find(({ instrument }) => instrument === draft.instrument);
  if (price.is === 'mark') return 'At the mark neither side’s equity changes.';
  const read = readChange({ ...draft, to: draft.to ?? -1 }, { markets: market ? [market] : [], assets: [] });
  if (price.is === 'wrong' || market === undefined || position === undefined || !('action' in read))
    return '';
  const lots = read.action.kind === 'PortPosition' ? read.action.lots : 0;
  const { awayPpm, givenUsd } = agreedAway(price.ticks, lots, position, market);
  const taker = draft.to === undefined ? 'the other' : accountLabel(draft.to);
  const [payer, payee] = givenUsd > 0 ? [taker, accountLabel(draft.from)] : [accountLabel(draft.from), taker];
  return (
    <>
      <b>{formatSignedPercent(awayPpm)}</b> from the mark of now:{' '}
      {givenUsd === 0 ? 'nothing is' : `${payer} pays ${payee} ${formatUsd(Math.abs(givenUsd), 2)} USD`} for
      the difference.
    </>
  );
}
