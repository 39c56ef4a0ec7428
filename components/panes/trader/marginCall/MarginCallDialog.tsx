'use client';

import type { Action } from '../../../../engine/protocol/commands/actions.ts';
import { nameOf, Role } from '../../../../engine/protocol/enums.ts';
import { roleWords } from '../../../../engine/protocol/roleWords.ts';
import type { SummaryNames } from '../../../../engine/protocol/typed/actionSummary.ts';
import type { AccountView, MarginCallView } from '../../../../engine/protocol/views/account.ts';
import type { AccountsView } from '../../../../engine/protocol/views/accounts.ts';
import type { FirmView } from '../../../../engine/protocol/views/firm.ts';
import type { MarketsView } from '../../../../engine/protocol/views/health.ts';
import { type Asked, askFor } from '../../../../lib/firm/ask.ts';
import { formatRatio, formatUsd } from '../../../../lib/format.ts';
import { useAccount } from '../../../../lib/hooks/account.ts';
import { useListing } from '../../../../lib/hooks/market.ts';
import { usePolled } from '../../../../lib/hooks/polled.ts';
import { type Signing, useSigning } from '../../../../lib/hooks/signing.ts';
import { preparedAction } from '../../../../lib/marginCall/preparedAction.ts';
import { closeOverlay } from '../../../../lib/stores/overlayStore.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TimeText } from '../../../ui/TimeText.tsx';
import styles from './MarginCall.module.css';
import { Prepared } from './Prepared.tsx';

/** How often the sister accounts are asked what they have to spare. */
const EVERY_MS = 2_000;

/** What the call is, who has taken it on, and what lies ready to be asked for. */
export function MarginCallDialog() {
  const account = useAccount();
  const signing = useSigning();
  const call = account?.marginCall ?? null;
  return (
    <Dialog
      title={`Margin call: ${account?.label ?? ''}`}
      isOpen
      onClose={closeOverlay}
      actions={
        <Button isLook onClick={closeOverlay}>
          Close
        </Button>
      }
    >
      {account === undefined || call === null ? (
        <p>The account has recovered: nobody is called any more.</p>
      ) : (
        <Call account={account} call={call} signing={signing} />
      )}
      <p role={signing.state.is === 'refused' ? 'alert' : 'status'}>{wordsOf(signing)}</p>
    </Dialog>
  );
}

interface CallProps {
  account: AccountView;
  call: MarginCallView;
  signing: Signing;
}

function Call({ account, call, signing }: CallProps) {
  const firm = usePolled<FirmView>('/api/v1/firm', EVERY_MS).view;
  const accounts = usePolled<AccountsView>('/api/v1/accounts', EVERY_MS).view;
  const listing = useListing();
  const prepared = accounts && preparedAction(account, call, accounts.accounts);
  const ask = (action: Action, done: string) =>
    signing.run(async (signatory) => wordsOfAsked(await askFor(signatory, account.firm, action), done));
  const names = accounts && listing && namesOf(listing, accounts.accounts);
  return (
    <>
      <dl className={styles.facts}>
        <dt>Maintenance margin</dt>
        <dd>
          {formatUsd(account.margin.maintenanceUsd, 2)} of {formatUsd(account.margin.equityUsd, 2)} equity,{' '}
          <b>{formatRatio(account.margin.ratioPpm)}</b>
        </dd>
        <dt>Level</dt>
        <dd>
          {call.level + 1} of {call.levelCount}, from {formatRatio(call.fromPpm)}; ends under{' '}
          {formatRatio(call.endsPpm)}
        </dd>
        <dt>Since</dt>
        <dd>
          <TimeText timeMs={call.openedMs} />, at {formatRatio(call.ratioPpm)}
        </dd>
        <dt>Called</dt>
        <dd>{call.roles.map((role) => roleWords(nameOf(Role, role))).join(', ')}</dd>
        <dt>Taken on</dt>
        <dd>
          {call.taken === null ? (
            'by nobody yet'
          ) : (
            <>
              by {call.taken.label}, <TimeText timeMs={call.taken.atMs} />
            </>
          )}
        </dd>
      </dl>
      <div className={styles.ways}>
        {call.taken === null && firm !== undefined && (
          <Button
            tone="up"
            isPending={signing.state.is === 'waiting'}
            onClick={() =>
              void ask(
                { kind: 'AcknowledgeMarginCall', call: call.call, member: firm.member },
                'You have taken the call on.',
              )
            }
          >
            Take it on
          </Button>
        )}
        {prepared !== undefined && names !== undefined && (
          <Prepared
            action={prepared}
            names={names}
            isPending={signing.state.is === 'waiting'}
            onAsk={() => void ask(prepared, 'It is done.')}
          />
        )}
      </div>
    </>
  );
}

/** Of what lies ready: accounts and coins. */
function namesOf({ markets, assets }: MarketsView, views: readonly AccountView[]): SummaryNames {
  const accounts: SummaryNames['accounts'] = [];
  for (const { account, firm, label, potOf } of views) accounts[account] = { account, firm, label, potOf };
  return { markets, assets, accounts, nodes: [], members: [] };
}

function wordsOfAsked(asked: Asked, done: string): string {
  return asked.is === 'done' ? done : `Proposal ${asked.proposal} waits for those who must agree.`;
}

function wordsOf({ state }: Signing): string {
  if (state.is === 'waiting')
    return state.step === 'wallet' ? 'Waiting for your wallet.' : 'Asking the desk.';
  return state.is === 'idle' ? '' : state.message;
}
