import styles from './Choices.module.css';

interface ChoicesProps<T> {
  label: string;
  /** What holds while none is named. */
  all: string;
  values: readonly T[];
  chosen: readonly T[] | undefined;
  nameOf: (value: T) => string;
  /** Undefined names none: then all hold. */
  onChoose: (chosen: T[] | undefined) => void;
}

/** Some of many, folded away until they are wanted. */
export function Choices<T extends string | number>({
  label,
  all,
  values,
  chosen,
  nameOf,
  onChoose,
}: ChoicesProps<T>) {
  const toggle = (value: T, isOn: boolean) => {
    const next = values.filter((each) => (each === value ? isOn : chosen?.includes(each) === true));
    onChoose(next.length === 0 ? undefined : next);
  };
  return (
    <details className={styles.choices}>
      <summary>
        <span>{label}</span>
        <b>{chosen === undefined ? all : chosen.map(nameOf).join(', ')}</b>
      </summary>
      <fieldset>
        <legend className="visually-hidden">{label}</legend>
        {values.map((value) => (
          <label key={value}>
            <input
              type="checkbox"
              checked={chosen?.includes(value) === true}
              onChange={(event) => toggle(value, event.target.checked)}
            />
            {nameOf(value)}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
