import { InstrumentKind, type InstrumentKindName } from '../../../../engine/protocol/enums.ts';
import type { LimitUseView } from '../../../../engine/protocol/views/firmRisk.ts';
import {
  type LimitDraft,
  measuresOf,
  type Severity,
  severities,
  unlistedIn,
} from '../../../../lib/firm/limitDraft.ts';
import { useMarkets } from '../../../../lib/hooks/market.ts';
import { useTrial } from '../../../../lib/hooks/trial.ts';
import { Choices } from '../../../ui/Choices.tsx';
import { Select } from '../../../ui/Select.tsx';
import styles from './Change.module.css';
import { LimitRow } from './LimitRow.tsx';

interface LimitFieldsProps {
  draft: LimitDraft;
  onChange: (draft: LimitDraft) => void;
}

const kinds = Object.keys(InstrumentKind) as InstrumentKindName[];

/** Every limit of the engine, soft beside hard, with what is used of it now; an empty field limits nothing. */
export function LimitFields({ draft, onChange }: LimitFieldsProps) {
  const uses = useUses(draft);
  const underlyings = [...new Set(useMarkets().map(({ underlying }) => underlying))];
  return (
    <>
      <table className={styles.limits}>
        <thead>
          <tr>
            <th scope="col">Limit</th>
            <th scope="col">Used now</th>
            <th scope="col">Soft</th>
            <th scope="col">Hard</th>
          </tr>
        </thead>
        <tbody>
          {measuresOf(draft).map((measure) => (
            <LimitRow
              key={measure.key}
              measure={measure}
              use={uses?.find(({ kind, of }) => kind === measure.kind && of === measure.of)}
              draft={draft}
              onChange={onChange}
            />
          ))}
        </tbody>
      </table>
      <AddRow draft={draft} underlyings={underlyings} onChange={onChange} />
      {severities.map((severity) => (
        <OpenTo
          key={severity}
          severity={severity}
          draft={draft}
          underlyings={underlyings}
          onChange={onChange}
        />
      ))}
    </>
  );
}

/** Of every measure, limited or not: what the engine says when asked for the limits that hold already. */
function useUses({ node, limits }: LimitDraft): readonly LimitUseView[] | undefined {
  const trial = useTrial({ kind: 'SetLimits', node, limits });
  return trial.state === 'known' ? trial.view.limits : undefined;
}

interface OfUnderlyings extends LimitFieldsProps {
  underlyings: readonly string[];
}

/** Classes and assets have rows once they are asked for: most places limit few of them. */
function AddRow({ draft, underlyings, onChange }: OfUnderlyings) {
  const { classes, assets } = unlistedIn(draft, underlyings);
  return (
    <Select
      label="Limit gross and net of"
      value=""
      options={[
        { value: '', label: 'an asset or a class …' },
        ...assets.map((name) => ({ value: `asset ${name}`, label: name })),
        ...classes.map((name) => ({ value: `class ${name}`, label: `class ${name}` })),
      ]}
      onPick={(picked) => {
        const asset = assets.find((name) => picked === `asset ${name}`);
        const of = classes.find((name) => picked === `class ${name}`);
        if (asset !== undefined) onChange({ ...draft, assets: [...draft.assets, asset] });
        if (of !== undefined) onChange({ ...draft, classes: [...draft.classes, of] });
      }}
    />
  );
}

/** What may be traded at all: everything, while nothing is named. */
function OpenTo({ severity, draft, underlyings, onChange }: OfUnderlyings & { severity: Severity }) {
  const { open } = draft;
  const put = (change: LimitDraft['open'][Severity]) =>
    onChange({ ...draft, open: { ...open, [severity]: { ...open[severity], ...change } } });
  return (
    <div className={styles.open}>
      <Choices
        label={`Assets, ${severity}`}
        all="all"
        values={underlyings}
        chosen={open[severity].underlyings}
        nameOf={(name) => name}
        onChoose={(chosen) => put({ underlyings: chosen })}
      />
      <Choices
        label={`Kinds, ${severity}`}
        all="all"
        values={kinds}
        chosen={open[severity].kinds}
        nameOf={(name) => name}
        onChoose={(chosen) => put({ kinds: chosen })}
      />
    </div>
  );
}
