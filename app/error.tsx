'use client';

import { Button } from '../components/ui/Button.tsx';
import { EmptyState } from '../components/ui/EmptyState.tsx';

/** The page broke, not the desk: orders live in the engine and are not touched by a page. */
export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <main>
      <EmptyState title="This page stopped on an error of its own.">
        <p>
          Orders and positions are not affected. What was sent and not answered can be seen after a reload.
        </p>
        <Button onClick={reset}>Try again</Button>
      </EmptyState>
    </main>
  );
}
