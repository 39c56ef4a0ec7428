'use client';

import { type FormEvent, type KeyboardEvent, useContext, useEffect, useId, useRef, useState } from 'react';
import { confirmationOf, decodedCommand } from '../../../../lib/confirmation/confirmation.ts';
import type { AccountNames } from '../../../../lib/confirmation/sentence.ts';
import type { Block } from '../../../../lib/feedBlock.ts';
import type { Review as Question } from '../../../../lib/stores/reviewStore.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog, StillDialogs } from '../../../ui/Dialog.tsx';
import { Keycap } from '../../../ui/Keycap.tsx';
import { Toggle } from '../../../ui/Toggle.tsx';
import styles from './Review.module.css';
import { ReviewEffects } from './ReviewEffects.tsx';
import type { ReviewPreview } from './useReviewPreview.ts';

export interface ReviewFaceProps {
  review: Question;
  preview: ReviewPreview;
  /** Why the feed lets nothing through. */
  feed: Block | undefined;
  nameOf: AccountNames;
}

/** The last look before something is signed: what it says, what it does, what to be careful of. */
export function ReviewFace({ review, preview, feed, nameOf }: ReviewFaceProps) {
  const { title, text, warnings, decide } = review;
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());
  const formId = useId();
  const form = useRef<HTMLFormElement>(null);
  const sendButton = useRef<HTMLButtonElement>(null);
  const isTicked = warnings.every((_, index) => ticked.has(index));
  const isBlocked = feed !== undefined || !isTicked;
  const isStill = useContext(StillDialogs);
  useEffect(() => {
    if (isStill) return;
    const first = form.current?.querySelector('input') ?? sendButton.current;
    first?.focus();
  }, [isStill]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isBlocked) decide(true);
  };
  return (
    <Dialog
      title={title}
      isOpen
      onClose={() => decide(false)}
      actions={
        <>
          <Button onClick={() => decide(false)}>
            Leave <Keycap keys={['Esc']} />
          </Button>
          <Button
            ref={sendButton}
            type="submit"
            form={formId}
            tone={toneOf(text)}
            isBlocked={isBlocked}
            onKeyDown={onlyPressed}
          >
            {feed?.words ?? (isTicked ? 'Send' : 'Tick the warnings to send')} <Keycap keys={['Enter']} />
          </Button>
        </>
      }
    >
      <form ref={form} id={formId} className={styles.form} onSubmit={submit} onKeyDown={onlyPressed}>
        <Sentences text={text} nameOf={nameOf} />
        {warnings.map((warning, index) => (
          <Toggle
            key={warning}
            className={styles.warning}
            isOn={ticked.has(index)}
            onToggle={(isOn) => setTicked((before) => withTick(before, index, isOn))}
          >
            {warning}
          </Toggle>
        ))}
        <ReviewEffects {...preview} />
      </form>
    </Dialog>
  );
}

/** The colour of its side, where it has one. */
function toneOf(text: string): 'plain' | 'up' | 'down' {
  const [operation] = decodedCommand(text).operations;
  if (operation?.type !== 'PlaceOrder') return 'plain';
  return operation.order.side === 'buy' ? 'up' : 'down';
}

/** The key that opened the review is still down: its repeats must not send. */
function onlyPressed(event: KeyboardEvent): void {
  if (event.key === 'Enter' && event.repeat) event.preventDefault();
}

function withTick(before: ReadonlySet<number>, index: number, isOn: boolean): ReadonlySet<number> {
  const after = new Set(before);
  if (isOn) after.add(index);
  else after.delete(index);
  return after;
}

/** From the text that is signed, and from nothing else. */
function Sentences({ text, nameOf }: { text: string; nameOf: AccountNames }) {
  const { nonce } = decodedCommand(text);
  return (
    <>
      <ol className={styles.sentences} aria-label="What will be signed">
        {confirmationOf(text, nameOf).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
      <p className={styles.nonce}>Signed by this browser's trading key, nonce {nonce}.</p>
    </>
  );
}
