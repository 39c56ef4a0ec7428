import { useId } from 'react';
import type { LimitUseView } from '../../../../engine/protocol/views/firmRisk.ts';
import {
  type LimitDraft,
  limitError,
  type Severity,
  severities,
  typedIn,
  withTyped,
} from '../../../../lib/firm/limitDraft.ts';
import { type LimitMeasure, readLimit } from '../../../../lib/firm/limitMeasures.ts';
import { limitAmount } from '../../../../lib/firm/limitWords.ts';
import { classes } from '../../../ui/classes.ts';
import styles from './Change.module.css';

interface LimitRowProps {
  measure: LimitMeasure;
  /** Undefined where nothing is used of it, or while it is not known. */
  use: LimitUseView | undefined;
  draft: LimitDraft;
  onChange: (draft: LimitDraft) => void;
}

/** One limit: what is used of it, and its two fields. Why one of them cannot be sent stands below. */
export function LimitRow({ measure, use, draft, onChange }: LimitRowProps) {
  const id = useId();
  const { label, unit, kind } = measure;
  const errors = severities.flatMap((severity) => {
    const error = limitError(draft, severity, measure);
    return error === undefined ? [] : [{ severity, error }];
  });
  const isWrong = (severity: Severity) => errors.some((each) => each.severity === severity);
  const passed = passedBy(draft, measure, use);
  return (
    <>
      <tr>
        <th scope="row">
          {label}
          {unit !== '' && <i> {unit}</i>}
        </th>
        <td className={passed === undefined ? undefined : styles.passed}>
          {kind === undefined ? '' : use === undefined ? '–' : limitAmount(use, use.used)}
          {passed !== undefined && <span> over {passed}</span>}
        </td>
        {severities.map((severity) => (
          <td key={severity} className={classes(isWrong(severity) && styles.wrong)}>
            <input
              aria-label={`${label}, ${severity}`}
              aria-invalid={isWrong(severity) || undefined}
              aria-describedby={isWrong(severity) ? id : undefined}
              autoComplete="off"
              spellCheck={false}
              inputMode="decimal"
              placeholder="none"
              value={typedIn(draft, severity, measure)}
              onChange={(event) => onChange(withTyped(draft, severity, measure.key, event.target.value))}
            />
          </td>
        ))}
      </tr>
      {errors.length > 0 && (
        <tr>
          <td colSpan={4} className={styles.sentence} id={id}>
            {errors.map(({ severity, error }) => `${severity}: ${error}`).join(' ')}
          </td>
        </tr>
      )}
    </>
  );
}

/** Which of the typed limits is passed by what is used already: it would block growth from its first moment. */
function passedBy(draft: LimitDraft, measure: LimitMeasure, use: LimitUseView | undefined) {
  return [...severities].reverse().find((severity) => {
    const read = readLimit(measure, typedIn(draft, severity, measure));
    return use !== undefined && 'value' in read && read.value !== undefined && use.used > read.value;
  });
}
