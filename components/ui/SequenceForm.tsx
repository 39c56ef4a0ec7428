import { type FormEvent, useState } from 'react';
import styles from './SequenceForm.module.css';

export interface SequenceFormProps {
  initial?: string;
  /** What was typed, with Enter: whether it is a sequence is for the caller to say. */
  onGo: (text: string) => void;
}

/** Any command of the journal by its number. */
export function SequenceForm({ initial = '', onGo }: SequenceFormProps) {
  const [text, setText] = useState(initial);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onGo(text);
  };
  return (
    <form onSubmit={submit}>
      <input
        className={styles.number}
        aria-label="Sequence"
        inputMode="numeric"
        placeholder="go to seq"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  );
}
