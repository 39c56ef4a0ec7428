import { useSession } from '../../lib/hooks/account.ts';
import { EmptyState } from '../ui/EmptyState.tsx';

/** In place of a list that nobody has told yet: an empty one would say that there is nothing. */
export function NotKnown({ what }: { what: string }) {
  const { state } = useSession();
  const isOut = state !== 'signedIn' && state !== 'unknown';
  return <EmptyState title={isOut ? `Sign in to see your ${what}.` : `The ${what} are not known yet.`} />;
}
