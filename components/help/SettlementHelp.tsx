'use client';

import { useEffect, useState } from 'react';
import type { SettlementView } from '../../engine/protocol/views/settlement.ts';
import { formatCount } from '../../lib/format.ts';
import { getJson, RequestError } from '../../lib/http.ts';
import { PageLink } from '../ui/PageLink.tsx';
import styles from './MarginHelp.module.css';

const words = [
  [
    'leaf',
    'One account: who owns it, what it would be left with, and a hash of its whole state. Your browser makes it from your state and a salt that only you are told.',
  ],
  [
    'path',
    'Twenty siblings from the leaf up. Each carries the sums of its half of the tree and is hashed with them, so nobody can hide an account that owes.',
  ],
  [
    'root',
    'What is left at the top, signed by a quorum of machines, and how much of each asset all accounts add up to. It must equal what was ever deposited, to the unit, or the vault does not take it.',
  ],
  [
    'chain',
    'The root as the vault keeps it, read through your own wallet. Equal there means: the vault will pay by the very numbers you recomputed.',
  ],
] as const;

const inRoot = [
  ['accounts root', 'the tree of all accounts: what each may leave with'],
  ['withdrawals root', 'the tree of withdrawals that may be claimed'],
  ['state hash', 'the whole engine at that sequence, which every signer replayed before it signed'],
  ['journal head', 'the last command in it: nothing can be put in before it later'],
] as const;

/** What holds the money, what its proof means, and how one leaves when the desk is gone. */
export function SettlementHelp() {
  const view = usePublicView();
  const terms = view?.terms;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard.
    <article className={styles.page} tabIndex={0} aria-label="Settlement, explained">
      <h2>Settlement, explained</h2>
      <h3>What holds the money</h3>
      <p>
        A contract, the vault
        {view !== undefined && view.vault !== '' && (
          <>
            {' '}
            at <b>{view.vault}</b> on chain {view.chainId}
          </>
        )}
        . It cannot be exchanged for another, and the desk has no key to it. It pays in two ways only: a
        withdrawal that stands in a root, to its account’s owner or to an address the owner’s own wallet has
        listed; and, once it froze, what the last root leaves each account, to its owner. Every deposit is
        yours again if no root counts it
        {terms !== undefined && <> within {spanText(terms.reclaimDelaySec)}</>}.
      </p>
      <h3>What a root says</h3>
      <Words label="What a root says" rows={inRoot} />
      <p>
        A root can be rejected by a guardian{terms !== undefined && <> for {spanText(terms.disputeSec)}</>}{' '}
        after it is posted. Then it is final, and the vault pays by it.
      </p>
      <h3>What “Verify my balance” shows</h3>
      <Words label="What a proof is made of" rows={words} />
      <p>
        Between root and chain stands = or ≠. At ≠ download the exit kit at once: it is made of the last proof
        that did hold.
      </p>
      <h3>When the desk is gone</h3>
      <ol className={styles.list}>
        <li>
          Have an exit kit. This browser keeps the newest proof of each of your accounts by itself, with its
          age on the page; download it with <b>X</b>, and keep exit.html and exit.js beside it. They work
          without the desk.
        </li>
        <li>
          Is the desk there but does not pay? Force the withdrawal: the vault notes the demand
          {terms !== undefined && (
            <>, and {spanText(terms.forcedGraceSec)} later anybody may freeze it for that</>
          )}
          .
        </li>
        <li>
          Are there no roots any more? Anybody may freeze the vault
          {terms !== undefined && <> after {spanText(terms.rootTimeoutSec)} without one</>}. A freeze is for
          every account and has no way back.
        </li>
        <li>
          Once it froze, escape: each account leaves once, with what the last final root says less what it was
          paid.
        </li>
        <li>
          What a token refused then is collected later; a deposit that root does not count is taken back.
        </li>
      </ol>
      <p>
        Every step is a transaction of any wallet, and pays the owner whoever sends it. On{' '}
        <PageLink href="/settlement">Settlement</PageLink> the same steps are buttons, each tried on the chain
        before your wallet opens.
      </p>
      <h3>What it does not protect from</h3>
      <p>
        A quorum of signing machines that is taken over can sign a false division between accounts: the total
        still has to be right, the division does not. Guardians replay and reject it in its dispute time, and
        a daily limit holds what can be claimed; once such a root is final, nothing else does.
        {view !== undefined && (
          <>
            {' '}
            Here {formatCount(view.signers.needed)} of {formatCount(view.signers.of)} machines must sign.
          </>
        )}
      </p>
      <p>
        <PageLink href="/help/margin">Margin, explained on one book</PageLink>
      </p>
    </article>
  );
}

function Words({ label, rows }: { label: string; rows: readonly (readonly [string, string])[] }) {
  return (
    <dl className={styles.words} aria-label={label}>
      {rows.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What the desk says of its vault to everybody; undefined until it has, and where it has none. */
function usePublicView(): SettlementView | undefined {
  const [view, setView] = useState<SettlementView>();
  useEffect(() => {
    let isWanted = true;
    void getJson<SettlementView>('/api/v1/settlement')
      .then((found) => isWanted && setView(found))
      .catch((error) => {
        // The page reads without its numbers.
        if (!(error instanceof RequestError)) throw error;
      });
    return () => {
      isWanted = false;
    };
  }, []);
  return view;
}

/** `3 seconds`, `10 minutes`, `24 hours`, `2 days`: whole units, the largest that fits. */
function spanText(seconds: number): string {
  if (seconds >= 172_800 && seconds % 86_400 === 0) return `${seconds / 86_400} days`;
  if (seconds >= 7_200 && seconds % 3_600 === 0) return `${seconds / 3_600} hours`;
  if (seconds >= 120 && seconds % 60 === 0) return `${seconds / 60} minutes`;
  return `${seconds} seconds`;
}
