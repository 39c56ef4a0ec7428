'use client';

import { useRef, useState } from 'react';
import { formatMs } from '../../../../lib/format.ts';
import { useSelectedAccount, useSession } from '../../../../lib/hooks/account.ts';
import { useSettlement } from '../../../../lib/hooks/settlement.ts';
import { useVerification } from '../../../../lib/hooks/verification.ts';
import { ActionKeys } from '../../../ui/ActionKeys.tsx';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageLink } from '../../../ui/PageLink.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Select } from '../../../ui/Select.tsx';
import { useAction } from '../../../ui/useAction.ts';
import { ChainBox, LeafBox, RootBox } from './Boxes.tsx';
import { PathPicture } from './PathPicture.tsx';
import styles from './Verify.module.css';
import { compareWithChain, type Equality } from './Verify.state.ts';

const signs: Readonly<Record<Equality, string>> = { same: '=', other: '≠', asking: '?' };
const signWords: Readonly<Record<Equality, string>> = {
  same: 'equals',
  other: 'differs from',
  asking: 'not yet compared with',
};

/** One's own balance in the newest final root, recomputed here and held against what the vault itself says. */
export function Verify() {
  const session = useSession();
  const view = useSettlement();
  const accounts = session.state === 'signedIn' ? session.session.accounts : [];
  const usual = useSelectedAccount()?.account;
  const [picked, setPicked] = useState<number>();
  const account = picked ?? usual ?? accounts[0]?.account;
  const final = view?.roots.find(({ state }) => state === 'final')?.epoch;
  const { proof, chain, again } = useVerification(account, final);
  const button = useRef<HTMLButtonElement>(null);
  useAction('settlement.verify', () => {
    button.current?.focus();
    again();
  });
  const found = proof.is === 'found' ? proof.value : undefined;
  return (
    <Pane
      title="Verify my balance"
      aside={
        <span>
          recomputed here, nothing taken on trust · <PageLink href="/help/settlement">what it means</PageLink>
        </span>
      }
      actions={
        <div className={styles.actions}>
          {account !== undefined && (
            <Select
              label="Account"
              isLabelHidden
              value={String(account)}
              options={accounts.map((each) => ({ value: String(each.account), label: each.label }))}
              onPick={(value) => setPicked(Number(value))}
            />
          )}
          {found !== undefined && <span>{formatMs(found.recomputed.tookMs)}</span>}
          <Button ref={button} size="row" isLook onClick={again}>
            Verify <ActionKeys id="settlement.verify" />
          </Button>
        </div>
      }
    >
      {found === undefined ? (
        <Nothing
          isFinal={final !== undefined}
          hasAccount={account !== undefined}
          message={proof.is === 'refused' ? proof.message : undefined}
        />
      ) : (
        <Found
          found={found}
          chain={chain}
          label={accounts.find((each) => each.account === account)?.label ?? ''}
        />
      )}
    </Pane>
  );
}

function Nothing({
  isFinal,
  hasAccount,
  message,
}: {
  isFinal: boolean;
  hasAccount: boolean;
  message: string | undefined;
}) {
  if (!hasAccount)
    return (
      <EmptyState title="No account of yours.">
        A balance is proved to whoever may see the account.
      </EmptyState>
    );
  if (!isFinal)
    return (
      <EmptyState title="No final root yet.">
        A balance can be proved once a root has stood through its dispute time.
      </EmptyState>
    );
  return <EmptyState title={message ?? 'The desk is asked for the proof.'} />;
}

type Verification = ReturnType<typeof useVerification>;

interface FoundProps {
  found: Extract<Verification['proof'], { is: 'found' }>['value'];
  chain: Verification['chain'];
  label: string;
}

function Found({ found, chain, label }: FoundProps) {
  const reading = chain.is === 'found' ? chain.value : undefined;
  const comparison = compareWithChain(found, reading);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard.
    <section className={styles.way} aria-label="From leaf to chain" tabIndex={0}>
      <LeafBox found={found} paid={reading?.paid} label={label} />
      <PathPicture found={found} />
      <RootBox found={found} />
      <p className={styles.sign} data-is={comparison.equality}>
        <span aria-hidden="true">{signs[comparison.equality]}</span>
        <span className="visually-hidden">{signWords[comparison.equality]}</span>
      </p>
      <ChainBox
        found={found}
        reading={reading}
        comparison={comparison}
        refusal={chain.is === 'refused' ? chain.message : undefined}
      />
    </section>
  );
}
