import { useState } from 'react';
import type { ApproveKey } from '../../../engine/protocol/commands/actions.ts';
import { shortKey } from '../../../engine/protocol/keyWords.ts';
import type { FirmView } from '../../../engine/protocol/views/firm.ts';
import type { MarketsView, SessionView } from '../../../engine/protocol/views/health.ts';
import { createAgentKey } from '../../../lib/agentKey.ts';
import { useListing } from '../../../lib/hooks/market.ts';
import { getToday } from '../../../lib/http.ts';
import { keepAskedKey } from '../../../lib/session.ts';
import type { AgentHandle } from '../../../lib/stores/sessionStore.ts';
import { isForSession, longKeyAction, readKeyTerms, type TypedTerms } from '../../../lib/wallet/keyTerms.ts';
import { type KeyTerms, makeKey } from '../../../lib/wallet/signIn.ts';
import { errorOf } from '../../../lib/wallet/walletError.ts';
import { AskFor } from '../../panes/approvals/AskFor.tsx';
import { Button } from '../../ui/Button.tsx';
import { KeyTermsFields } from './KeyTermsFields.tsx';
import styles from './TradingKeys.module.css';

const EMPTY: TypedTerms = { markets: '', usdPerHour: '', addresses: '', days: '1' };

/** A key that was made and that the firm has yet to let trade. */
interface LongKey {
  agent: AgentHandle;
  firm: number;
  action: ApproveKey;
}

/** A key for this browser on terms of one's own: for a day with the wallet alone, for longer as the firm has it. */
export function NewKey({ session }: { session: SessionView }) {
  const { typed, change, problem, isBusy, make, long, drop } = useNewKey(session);
  return (
    <>
      <KeyTermsFields typed={typed} isLocked={long !== undefined} onChange={change} />
      {long === undefined ? (
        <Button onClick={make} isPending={isBusy}>
          Make a key for this browser
        </Button>
      ) : (
        <AskForKey long={long} onClose={drop} />
      )}
      <p className={styles.note}>
        Your wallet signs these terms, the engine holds the key to them. Orders that reduce a position and
        cancels pass whatever the key has opened; a key is never used from elsewhere. One that is good for
        more than a day is your firm’s to judge: who else must sign stands here before you do. The key before
        stays good until it runs out or is revoked.
      </p>
      <p role="alert">{problem}</p>
    </>
  );
}

/** What the firm's policy says of the key, and then the wallet. */
function AskForKey({ long: { agent, firm, action }, onClose }: { long: LongKey; onClose: () => void }) {
  const [isAsked, setAsked] = useState(false);
  return (
    <section className={styles.dialog} aria-label="The new key">
      <p>
        Key <b>{shortKey(agent.publicKey)}</b> was made in this browser. It signs here once it may trade.
      </p>
      <AskFor
        firm={firm}
        action={isAsked ? undefined : action}
        missing=""
        onAsked={() => {
          setAsked(true);
          void keepAskedKey(agent);
        }}
      />
      <Button onClick={onClose}>{isAsked ? 'Make another' : 'Other terms'}</Button>
    </section>
  );
}

function useNewKey(session: SessionView) {
  const listing = useListing();
  const [typed, setTyped] = useState(EMPTY);
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [long, setLong] = useState<LongKey>();
  const make = async () => {
    if (listing === undefined) return;
    const reading = readKeyTerms(typed, listing.markets);
    setProblem('wrong' in reading ? reading.wrong : undefined);
    if ('wrong' in reading) return;
    setBusy(true);
    try {
      setLong(await start(listing, session, reading.terms));
      if (isForSession(reading.terms)) setTyped(EMPTY);
    } catch (error) {
      setProblem(errorOf(error).message);
    }
    setBusy(false);
  };
  const change = (part: Partial<TypedTerms>) => setTyped((before) => ({ ...before, ...part }));
  const drop = () => setLong(undefined);
  return { typed, change, problem, isBusy, make: () => void make(), long, drop };
}

/** @returns the key that has yet to be asked for; undefined of one that trades already */
async function start(desk: MarketsView, session: SessionView, terms: KeyTerms): Promise<LongKey | undefined> {
  if (isForSession(terms)) {
    await makeKey(desk, session, terms);
    return undefined;
  }
  const { firm, member } = await getToday<FirmView>('/api/v1/firm');
  const agent = await createAgentKey(Date.now() + terms.lifeMs);
  const accounts = session.accounts.filter((each) => each.mayTrade).map((each) => each.account);
  return { agent, firm, action: longKeyAction(agent, terms, member, accounts) };
}
