'use client';

import { useState } from 'react';
import { useSelectedAccount, useSession } from '../../../../lib/hooks/account.ts';
import { useExitKit } from '../../../../lib/hooks/exitKit.ts';
import { useNow } from '../../../../lib/hooks/now.ts';
import { useSettlement } from '../../../../lib/hooks/settlement.ts';
import { openTransfer } from '../../../../lib/stores/transferStore.ts';
import { ActionKeys } from '../../../ui/ActionKeys.tsx';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageLink } from '../../../ui/PageLink.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { useAction } from '../../../ui/useAction.ts';
import { downloadKit } from './downloadKit.ts';
import styles from './Exit.module.css';
import { freezeWays, kitStand } from './Exit.state.ts';
import { FreezeRows } from './FreezeRows.tsx';
import { KeptRows } from './KeptRows.tsx';
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
  const stand = kitStand(kit.kept, accounts.length, final);
  return (
    <Pane
      title="Exit kit"
      aside={
        <span>
          leave without us · <PageLink href="/help/settlement">how</PageLink> · <PageOfKit />
        </span>
      }
      actions={kit.kept.length > 0 && <Badge tone={stand === 'current' ? 'plain' : 'warn'}>{stand}</Badge>}
    >
      <div className={styles.body}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard. */}
        <section className={styles.scroll} aria-label="What is kept and what can freeze" tabIndex={0}>
          <table className={styles.rows}>
            <tbody>
              <KeptRows kit={kit} accountCount={accounts.length} nowMs={nowMs} />
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
