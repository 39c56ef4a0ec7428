'use client';

import { type DragEvent, useEffect, useState } from 'react';
import { handedOver } from '../../../../lib/verify/handOver.ts';
import { type Inspection, inspect } from '../../../../lib/verify/inspect.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { ExportReport } from './ExportReport.tsx';
import { SignedText } from './SignedText.tsx';
import styles from './Verify.module.css';

/** Checks what somebody was given, in this page alone: an export of the audit log, or a text a wallet is to sign. */
export function Verify() {
  const [text, setText] = useState('');
  const [key, setKey] = useState('');
  const [found, setFound] = useState<Inspection>();
  const [isChecking, setChecking] = useState(false);
  const check = async (given: string) => {
    setChecking(true);
    setFound(await inspect(given, key));
    setChecking(false);
  };
  // What another page of the desk hands over is checked as it comes.
  useEffect(() => {
    const given = handedOver(location.hash);
    if (given === undefined) return;
    setText(given);
    void inspect(given, '').then(setFound);
  }, []);
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    const given = await file.text();
    // An export has thousands of lines: it is named here, not drawn.
    setText(given.length > SHOWN_MAX ? `${file.name}, ${given.length} characters` : given);
    await check(given);
  };
  return (
    <div className={styles.page}>
      <Pane title="Given" aside={<span>nothing leaves this page; it works without a network</span>}>
        <div className={styles.given}>
          <DropText text={text} onText={setText} onFile={take} />
          <Field
            label="Key you trust, for an export"
            value={key}
            onChange={(event) => setKey(event.target.value)}
            hint="64 hex digits"
          />
          <div className={styles.line}>
            <Button onClick={() => void check(text)} isPending={isChecking} isBlocked={text === ''}>
              Check
            </Button>
            <label>
              <span className="visually-hidden">File to check</span>
              <input type="file" onChange={(event) => void take(event.target.files?.[0])} />
            </label>
          </div>
        </div>
      </Pane>
      <Pane title="Found">
        <div className={styles.found} aria-live="polite">
          <Found found={found} />
        </div>
      </Pane>
    </div>
  );
}

const SHOWN_MAX = 20_000;

function DropText(props: {
  text: string;
  onText: (text: string) => void;
  onFile: (file: File | undefined) => Promise<void>;
}) {
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent, isNow: boolean) => {
    event.preventDefault();
    setOver(isNow);
  };
  return (
    <textarea
      className={styles.text}
      aria-label="Typed data or export"
      placeholder="Paste typed data (JSON), or drop an export of the audit log here."
      spellCheck={false}
      value={props.text}
      data-over={isOver || undefined}
      onChange={(event) => props.onText(event.target.value)}
      onDragOver={(event) => over(event, true)}
      onDragLeave={(event) => over(event, false)}
      onDrop={(event) => {
        over(event, false);
        void props.onFile(event.dataTransfer.files[0]);
      }}
    />
  );
}

function Found({ found }: { found: Inspection | undefined }) {
  if (found === undefined)
    return (
      <EmptyState title="Nothing checked yet.">
        Typed data is shown field by field with its hashes, to hold against your device. What wallets show of
        it is in this desk’s <a href="/api/v1/erc7730.json">ERC-7730 descriptors</a>.
      </EmptyState>
    );
  if (found.kind === 'unknown') return <EmptyState title={found.sentence} />;
  if (found.kind === 'typedData') return <SignedText reading={found.reading} />;
  return <ExportReport report={found.report} milliseconds={found.milliseconds} />;
}
