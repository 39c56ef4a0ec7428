import { useEffect, useState } from 'react';
import { connect } from '../../lib/connection.ts';
import { Button } from '../ui/Button.tsx';

/** Longer than this and waiting is a state of its own. */
const LATE_MS = 5_000;

/** What a pane still waits for; taking too long, it says so and offers to ask anew. */
export function Waiting({ what }: { what: string }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isLate) return <span role="status">waiting for {what}</span>;
  return (
    <span role="status">
      still waiting for {what}{' '}
      <Button size="row" onClick={() => connect()}>
        Ask again
      </Button>
    </span>
  );
}
