'use client';

import { useEffect } from 'react';
import { useStore } from 'zustand';
import {
  type Field,
  promptStore,
  type WalletPrompt,
  type WalletQuestion,
} from '../../../../lib/wallet/sandbox/prompt.ts';
import { announceSandboxWallets } from '../../../../lib/wallet/sandbox/provider.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import styles from './Session.module.css';

/** The sandbox's own wallets: announced like any other, and asking before they sign like any other. */
export function SandboxWallets() {
  useEffect(announceSandboxWallets, []);
  // Nobody can answer a question whose page is gone: it is a no.
  useEffect(() => () => promptStore.getState().prompt?.answer(false), []);
  const prompt = useStore(promptStore, (store) => store.prompt);
  return prompt === undefined ? null : <Prompt prompt={prompt} />;
}

const titles: Record<WalletQuestion['kind'], string> = {
  connect: 'Connect',
  message: 'Sign a message',
  typedData: 'Sign typed data',
  transaction: 'Send a transaction',
};

const answers: Record<WalletQuestion['kind'], string> = {
  connect: 'Connect',
  message: 'Sign',
  typedData: 'Sign',
  transaction: 'Send',
};

function Prompt({ prompt }: { prompt: WalletPrompt }) {
  const { question, walletName, address } = prompt;
  const reject = () => prompt.answer(false);
  return (
    <Dialog
      title={`${walletName} wallet: ${titles[question.kind]}`}
      isOpen
      onClose={reject}
      actions={
        <>
          <Button onClick={reject}>Reject</Button>
          <Button tone="up" onClick={() => prompt.answer(true)}>
            {answers[question.kind]}
          </Button>
        </>
      }
    >
      <p className={styles.mono}>{address}</p>
      <Question question={question} />
    </Dialog>
  );
}

function Question({ question }: { question: WalletQuestion }) {
  switch (question.kind) {
    case 'connect':
      return <p>{question.origin} wants to see this address.</p>;
    case 'message':
      return <pre className={styles.message}>{question.text}</pre>;
    case 'typedData':
      return (
        <>
          <Fields name="domain" fields={question.domain} />
          <Fields name={question.primaryType} fields={question.fields} />
        </>
      );
    case 'transaction':
      return (
        <>
          <Fields name="transaction" fields={question.fields} />
          <Fields name={question.call} fields={question.arguments} />
        </>
      );
  }
}

function Fields({ name, fields }: { name: string; fields: readonly Field[] }) {
  return (
    <section aria-label={name}>
      <h3 className={styles.group}>{name}</h3>
      <dl className={styles.facts}>
        {fields.map((field) => (
          <div key={field.name}>
            <dt>{field.name}</dt>
            <dd className={styles.mono}>{field.value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
