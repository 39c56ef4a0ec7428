'use client';

import { useState } from 'react';
import { formatAge, formatUnits, formatUsd, formatUsdShort } from '../../../../lib/format.ts';
import { useSelectedAccount, useSession } from '../../../../lib/hooks/account.ts';
import { type ExitKitState, useExitKit } from '../../../../lib/hooks/exitKit.ts';
import { useNow } from '../../../../lib/hooks/now.ts';
import { useSettlement } from '../../../../lib/hooks/settlement.ts';
import { shownDigits, sumOfWorths } from '../../../../lib/settlement/worth.ts';
import { openTransfer } from '../../../../lib/stores/transferStore.ts';
import { ActionKeys } from '../../../ui/ActionKeys.tsx';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Num } from '../../../ui/Num.tsx';
import { PageLink } from '../../../ui/PageLink.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { useAction } from '../../../ui/useAction.ts';
import { downloadKit } from './downloadKit.ts';
import styles from './Exit.module.css';
import { exitAmounts, freezeWays, isCurrent, keptWords } from './Exit.state.ts';
import { FreezeRows } from './FreezeRows.tsx';
import { PageOfKit } from './PageOfKit.tsx';
import { Rehearsal } from './Rehearsal.tsx';

/** With what, for how much and when one leaves without the desk. */
export function Exit() {
  const view = useSettlement();
  const session = useSession();
  const account = useSelectedAccount()?.account;
  const accounts = session.state === 'signedIn' ? session.session.accounts : [];
  const final = view?.roots.find(({ state }) => state === 'final')?.epoch;
  const posted = (view?.roots ?? []).filter(({ state }) => state === 'posted').map(({ epoch }) => epoch);
  const whose = session.state === 'signedIn' ? session.session : undefined;
  const kit = useExitKit(view?.vault, whose, { final, posted });
  const [said, setSaid] = useState('');
  const [isRehearsing, setRehearsing] = useState(false);
  const download = async () => setSaid(await downloadKit([...kit.kept, ...kit.ahead]));
  useAction('settlement.exitKit', () => void download());
  const nowMs = useNow(1_000);
  if (view === undefined)
    return (
      <Pane title="Exit kit">
        <EmptyState title="Waiting for the vault." />
      </Pane>
    );
  const labelOf = (number: number) =>
    accounts.find((each) => each.account === number)?.label ?? `account ${number}`;
  const ways = freezeWays(view, nowMs, labelOf);
  const due = ways.find((way) => way.due !== undefined)?.due;
  const isFrozen = view.frozenEpoch !== null;
  return (
    <Pane
      title="Exit kit"
      aside={
        <span>
          leave without us · <PageLink href="/help/settlement">how</PageLink> · <PageOfKit />
        </span>
      }
      actions={
        kit.kept.length > 0 && (
          <Badge tone={isCurrent(kit.kept, accounts.length, final) ? 'plain' : 'warn'}>
            {isCurrent(kit.kept, accounts.length, final) ? 'current' : 'not the newest root'}
          </Badge>
        )
      }
    >
      <div className={styles.body}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard. */}
        <section className={styles.scroll} aria-label="What is kept and what can freeze" tabIndex={0}>
          <table className={styles.rows}>
            <tbody>
              <Kept kit={kit} accountCount={accounts.length} nowMs={nowMs} />
              <FreezeRows ways={ways} />
            </tbody>
          </table>
        </section>
        <p className={styles.said} role="status">
          {said || kit.trouble}
        </p>
        <div className={styles.buttons}>
          <Button isFilled isLook isBlocked={kit.kept.length === 0} onClick={() => void download()}>
            Download exit kit <ActionKeys id="settlement.exitKit" />
          </Button>
          <Button isBlocked={kit.kept.length === 0} onClick={() => setRehearsing(true)}>
            Rehearse
          </Button>
          <Button onClick={() => openTransfer({ kind: 'whitelist', account })}>Address list</Button>
          {isFrozen ? (
            <>
              <Button tone="danger" onClick={() => openTransfer({ kind: 'escape', account })}>
                Escape
              </Button>
              <Button onClick={() => openTransfer({ kind: 'collect', account })}>Collect</Button>
            </>
          ) : (
            <Button onClick={() => openTransfer({ kind: 'force', account })}>Force withdrawal</Button>
          )}
          {due !== undefined && (
            <Button tone="danger" onClick={() => openTransfer({ kind: 'freeze', reason: due })}>
              Freeze
            </Button>
          )}
        </div>
      </div>
      {isRehearsing && (
        <Rehearsal
          proofs={[...kit.kept, ...kit.ahead]}
          assets={view.assets}
          onClose={() => setRehearsing(false)}
        />
      )}
    </Pane>
  );
}

function Kept({ kit, accountCount, nowMs }: { kit: ExitKitState; accountCount: number; nowMs: number }) {
  const view = useSettlement();
  const newest = Math.max(0, ...kit.kept.map(({ keptMs }) => keptMs));
  const amounts = view === undefined ? [] : exitAmounts(view, kit.kept);
  const worthUsd = sumOfWorths(amounts.map((each) => each.worthUsd));
  return (
    <>
      <tr>
        <th scope="row">Stored in this browser</th>
        <td>{keptWords([...kit.kept, ...kit.ahead], accountCount)}</td>
        <td>{newest > 0 && `${formatAge(Math.max(0, nowMs - newest))} ago`}</td>
      </tr>
      <tr>
        <th scope="row">You would receive</th>
        <td>
          {kit.kept.length > 0 && worthUsd !== undefined ? (
            `$${formatUsd(worthUsd)}`
          ) : (
            <Num text={undefined} />
          )}
        </td>
        <td>
          {kit.kept.some(({ paid }) => paid === undefined) ? 'before what was paid' : 'at unwind price'}
        </td>
      </tr>
      {amounts.map(({ asset, units, worthUsd: worth }) => (
        <tr key={asset.asset} data-inner>
          <th scope="row">{asset.name}</th>
          <td title={formatUnits(units, asset.decimals)}>
            <Num text={formatUnits(units, asset.decimals, shownDigits(asset.decimals))} />
          </td>
          <td>{worth !== undefined && `$${formatUsdShort(worth)}`}</td>
        </tr>
      ))}
    </>
  );
}
