'use client';

import { Fragment, useEffect, useState } from 'react';
import type { VaultAssetView } from '../../../../engine/protocol/views/settlement.ts';
import { formatAge, formatCount, formatMs, formatUnits } from '../../../../lib/format.ts';
import { RequestError } from '../../../../lib/http.ts';
import type { KeptProof } from '../../../../lib/settlement/kitShelf.ts';
import type { KitRehearsal } from '../../../../lib/settlement/rehearse.ts';
import { shownDigits } from '../../../../lib/settlement/worth.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Num } from '../../../ui/Num.tsx';
import styles from './Rehearsal.module.css';
import { type RehearsedAccount, rehearsedAccounts } from './Rehearsal.state.ts';

export interface RehearsalProps {
  /** What stands in the kit now. */
  proofs: readonly KeptProof[];
  assets: readonly VaultAssetView[];
  onClose: () => void;
}

/** The kit used for good, on a copy of the chain on which the desk is gone. */
export function Rehearsal({ proofs, assets, onClose }: RehearsalProps) {
  const [rehearsal, setRehearsal] = useState<KitRehearsal>();
  const [trouble, setTrouble] = useState('');
  // Of the kit as it was when the dialog opened.
  const [tried] = useState(proofs);
  useEffect(() => {
    let isWanted = true;
    void (async () => {
      try {
        const { rehearse } = await import('../../../../lib/settlement/rehearse.ts');
        const result = await rehearse(tried);
        if (isWanted) setRehearsal(result);
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        if (isWanted) setTrouble(error.error.message);
      }
    })();
    return () => {
      isWanted = false;
    };
  }, [tried]);
  const accounts = rehearsal === undefined ? [] : rehearsedAccounts(rehearsal, assets);
  return (
    <Dialog
      title="Leave without the desk, rehearsed"
      isOpen
      onClose={onClose}
      actions={<Button onClick={onClose}>Close</Button>}
    >
      <div className={styles.body}>
        <p>
          On a copy of the chain, thrown away afterwards: nobody posts a root any more, a stranger freezes the
          vault, and every exit is sent as it stands in this browser’s kit.
        </p>
        {rehearsal !== undefined && <Accounts accounts={accounts} />}
        <p className={styles.said} role="status" data-tone={trouble === '' ? undefined : 'danger'}>
          {trouble ||
            (rehearsal === undefined ? 'Starting a copy of the chain …' : wordsOf(rehearsal, accounts))}
        </p>
      </div>
    </Dialog>
  );
}

function Accounts({ accounts }: { accounts: readonly RehearsedAccount[] }) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col">Asset</th>
            <th scope="col">The kit says</th>
            <th scope="col">Arrived</th>
          </tr>
        </thead>
        <tbody>
          {accounts.map(({ sub, label, trouble, amounts }) => (
            <Fragment key={sub}>
              {amounts.map(({ asset, promised, received }, place) => (
                <tr key={asset.asset} data-first={place === 0 || undefined}>
                  <th scope="row">{place === 0 ? label : ''}</th>
                  <td>{asset.name}</td>
                  <td>
                    <Num text={formatUnits(promised, asset.decimals, shownDigits(asset.decimals))} />
                  </td>
                  <td>
                    <Num
                      text={formatUnits(received, asset.decimals, shownDigits(asset.decimals))}
                      face={received < promised ? 'wrong' : 'fresh'}
                    />
                  </td>
                </tr>
              ))}
              {amounts.length === 0 && (
                <tr data-first>
                  <th scope="row">{label}</th>
                  <td colSpan={3}>nothing to leave with</td>
                </tr>
              )}
              {trouble !== '' && (
                <tr data-trouble>
                  <td colSpan={4}>
                    {label}: {trouble}
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function wordsOf(rehearsal: KitRehearsal, accounts: readonly RehearsedAccount[]): string {
  const { epoch, silenceSec, gas, freezeGas, tookMs, block } = rehearsal;
  const left = accounts.filter(({ trouble }) => trouble === '').length;
  const frozen =
    silenceSec === 0
      ? `The vault is frozen at root #${formatCount(epoch)}.`
      : `Frozen at root #${formatCount(epoch)} after ${formatAge(silenceSec * 1_000)} of silence.`;
  const cost = `Gas ${formatCount(freezeGas + gas)} in all`;
  return `${frozen} ${left} of ${accounts.length} left with all they have. ${cost}, from block ${formatCount(block)}, in ${formatMs(tookMs)}.`;
}
