import { type ChangeDraft, NO_TIME, readChange } from '../../../../lib/firm/change.ts';
import { accountsIn, branchesIn } from '../../../../lib/firm/tree.ts';
import { spanWords } from '../../../../lib/firm/words.ts';
import { useFirmTree } from '../../../../lib/hooks/firmRisk.ts';
import { Field } from '../../../ui/Field.tsx';
import { Select } from '../../../ui/Select.tsx';
import { crossable } from './netting.ts';
import { usePlaces } from './usePlaces.ts';

interface FieldsOf<K extends 'NetPositions' | 'SetNettingWindow'> {
  draft: Extract<ChangeDraft, { kind: K }>;
  onChange: (draft: ChangeDraft) => void;
}

/** What subaccounts hold against each other is given up on both sides: once, or by the clock. */
export function NettingFields({ draft, onChange }: FieldsOf<'NetPositions' | 'SetNettingWindow'>) {
  return draft.kind === 'NetPositions' ? (
    <OnceFields draft={draft} onChange={onChange} />
  ) : (
    <WindowFields draft={draft} onChange={onChange} />
  );
}

function OnceFields({ draft, onChange }: FieldsOf<'NetPositions'>) {
  const { labelOf } = usePlaces();
  const tree = useFirmTree();
  const place = tree && branchesIn(tree).find(({ node }) => node.node === draft.node);
  const found = place === undefined ? [] : crossable(accountsIn(place));
  return (
    <>
      <p>
        Of the subaccounts of <b>{labelOf(draft.node)}</b> at the mark, without a trade and without fees. Each
        books the profit of what it gives up; who would break its margin or a limit keeps what it has.
      </p>
      {found.length === 0 && <p>No two of them hold an instrument the other way round now.</p>}
      <Select
        label="Instrument"
        value={draft.instrument === undefined ? '' : String(draft.instrument)}
        options={[
          { value: '', label: 'Choose …' },
          ...found.map(({ instrument, name }) => ({ value: String(instrument), label: name })),
        ]}
        onPick={(value) => onChange({ ...draft, instrument: value === '' ? undefined : Number(value) })}
      />
    </>
  );
}

/** All of them are a whole number of times a day. */
const PERIODS = [5, 15, 30, 60, 240, 480, 1_440];

function WindowFields({ draft, onChange }: FieldsOf<'SetNettingWindow'>) {
  const { labelOf } = usePlaces();
  const { window, everyMinutes, typedStart } = draft;
  const read = readChange(draft, { markets: [], assets: [] });
  const periods =
    window === null || PERIODS.includes(window.everyMinutes) ? PERIODS : [...PERIODS, window.everyMinutes];
  return (
    <>
      <p>
        What the subaccounts of <b>{labelOf(draft.node)}</b> hold against each other is crossed at the mark by
        the clock, in every instrument, without a trade and without fees.
      </p>
      <Select
        label="How often"
        value={String(everyMinutes)}
        options={[
          { value: '0', label: 'never' },
          ...periods.map((minutes) => ({
            value: String(minutes),
            label: `every ${spanWords(minutes * 60_000)}`,
          })),
        ]}
        onPick={(value) => onChange({ ...draft, everyMinutes: Number(value) })}
      />
      {everyMinutes !== 0 && (
        <Field
          label="Counted from"
          unit="UTC"
          value={typedStart}
          error={'missing' in read && read.missing === NO_TIME ? NO_TIME : undefined}
          onChange={(event) => onChange({ ...draft, typedStart: event.target.value })}
        />
      )}
    </>
  );
}
