'use client';

import type { ReactNode } from 'react';
import { formatCount } from '../../lib/format.ts';
import { useSession } from '../../lib/hooks/account.ts';
import { usePastMoment } from '../../lib/hooks/past.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import screen from './Screen.module.css';

/** Pages that are not made of the engine's state, and why there is none of them in the past. */
const unshown: Readonly<Record<string, string>> = {
  audit: 'The audit log is whole as it is: it holds what was decided up to any time.',
  settlement:
    'It is shown as of now alone: the vault is a chain’s, and what it held then is told by that chain, at that block. Each root on it says the sequence that it was cut at.',
  verify: 'Checking is done on files, and asks nothing of the desk.',
  status: 'How fast and how busy the desk was is not kept by sequence.',
  settings: 'Settings are of this browser, and sessions and keys are those that count today.',
  help: 'Help speaks of the margin model as it is now.',
};

/** A page of the past once its moment is made; until then, and where there is none, why. Nothing live stands in its place. */
export function PastPage({ page, children }: { page: string; children: ReactNode }) {
  const session = useSession();
  const { moment, error } = usePastMoment();
  const why = unshown[page];
  if (why !== undefined)
    return (
      <Alone title="This page is not shown as of a sequence.">
        {why} <a href={location.pathname}>Open it as it is now.</a>
      </Alone>
    );
  if (moment !== undefined) return children;
  if (session.state === 'signedOut')
    return <Alone title="Sign in to look back.">Go back to now, sign in, and come again.</Alone>;
  if (error === undefined) return <Alone title="The desk replays its journal up to there." />;
  return (
    <Alone title={error.message}>
      <code>{error.code}</code>
    </Alone>
  );
}

/** Where the state that is shown comes from: in place of what a live page says of its feeds. */
export function PastFoot() {
  const { moment } = usePastMoment();
  if (moment === undefined) return null;
  return (
    <p className={screen.pastFoot}>
      state hash <code>{moment.stateHash}</code>, made anew from sequence {formatCount(moment.fromSeq)} by{' '}
      {formatCount(moment.replayedCount)} commands
    </p>
  );
}

function Alone({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={screen.alone} role="status">
      <EmptyState title={title}>{children}</EmptyState>
    </div>
  );
}
