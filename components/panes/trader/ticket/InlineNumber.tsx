import styles from './Ticket.module.css';

export interface InlineNumberProps {
  /** Read out; what is drawn beside it is shorter. */
  name: string;
  before?: string;
  after?: string;
  typed: string;
  onType: (typed: string) => void;
}

/** A small number within a line of options. */
export function InlineNumber({ name, before, after, typed, onType }: InlineNumberProps) {
  return (
    <span className={styles.inline}>
      {before}
      <input
        aria-label={name}
        autoComplete="off"
        inputMode="decimal"
        value={typed}
        onChange={(event) => onType(event.target.value)}
      />
      {after}
    </span>
  );
}
