import { type KeyboardEvent, useEffect, useState } from 'react';
import {
  bindingProblem,
  rebind,
  resetBindings,
  useChord,
  useHasOwnBindings,
} from '../../lib/keys/bindings.ts';
import { chordOf, keycapsOf } from '../../lib/keys/chord.ts';
import { holdKeys } from '../../lib/keys/dispatch.ts';
import { type ActionId, actionGroups, actionRow, actions } from '../../lib/keys/keymap.ts';
import { Button } from '../ui/Button.tsx';
import { Keycap } from '../ui/Keycap.tsx';
import styles from './Settings.module.css';

/** Every action with its key, and the way to another one. */
export function KeyEditor() {
  const hasOwn = useHasOwnBindings();
  return (
    <>
      <p className={styles.note}>
        Press “change”, then the new key. Escape, Tab, Enter and the arrows mean the same everywhere and stay.
      </p>
      {actionGroups.map((group) => (
        <KeyGroup key={group} group={group} />
      ))}
      <div>
        <Button isBlocked={!hasOwn} onClick={resetBindings}>
          {hasOwn ? 'Reset all keys' : 'All keys are as delivered'}
        </Button>
      </div>
    </>
  );
}

function KeyGroup({ group }: { group: string }) {
  const members = actions.filter((action) => action.group === group);
  if (members.length === 0) return null;
  return (
    <section className={styles.keys} aria-label={`Keys: ${group}`}>
      <h4>{group}</h4>
      <ul>
        {members.map(({ id }) => (
          <KeyLine key={id} id={id} />
        ))}
      </ul>
    </section>
  );
}

function KeyLine({ id }: { id: ActionId }) {
  const chord = useChord(id);
  const { name, keys } = actionRow(id);
  const [isListening, setListening] = useState(false);
  const [problem, setProblem] = useState('');
  useEffect(() => (isListening ? holdKeys() : undefined), [isListening]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isListening || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return setListening(false);
    const pressed = chordOf(event);
    if (pressed === undefined) return;
    const found = bindingProblem(id, pressed);
    setProblem(found ?? '');
    if (found !== undefined) return;
    rebind(id, pressed);
    setListening(false);
  };
  return (
    <li className={styles.key}>
      <span>{name}</span>
      <span className={styles.bound}>
        {chord === '' ? 'no key' : <Keycap keys={keycapsOf(chord)} />}
        {chord !== keys && <span className={styles.own}>changed</span>}
      </span>
      <Button
        aria-label={`${isListening ? 'Press a key for' : 'Change the key of'} ${name}`}
        tone={isListening ? 'warn' : 'plain'}
        onClick={() => {
          setProblem('');
          setListening(!isListening);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setListening(false)}
      >
        {isListening ? 'press a key' : 'change'}
      </Button>
      {chord === keys ? (
        <Button
          tone="quiet"
          aria-label={`None: take the key of ${name} away`}
          // Without a key the kill switch would be a button only, and its chord is what people remember.
          disabled={id === 'desk.kill'}
          onClick={() => rebind(id, '')}
        >
          none
        </Button>
      ) : (
        <Button tone="quiet" aria-label={`Reset the key of ${name}`} onClick={() => resetOne(id, setProblem)}>
          reset
        </Button>
      )}
      <p role="status" className={styles.problem}>
        {problem}
      </p>
    </li>
  );
}

/** The table's key may be somebody else's by now. */
function resetOne(id: ActionId, say: (problem: string) => void): void {
  const { keys } = actionRow(id);
  const problem = bindingProblem(id, keys);
  say(problem ?? '');
  if (problem === undefined) rebind(id, keys);
}
