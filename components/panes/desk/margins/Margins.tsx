'use client';

import { useEffect, useRef, useState } from 'react';
import { accountHue } from '../../../../lib/accountHue.ts';
import { accountsIn } from '../../../../lib/firm/tree.ts';
import { formatClock, formatCount, formatPercent, formatRatio } from '../../../../lib/format.ts';
import { useFirmTree } from '../../../../lib/hooks/firmRisk.ts';
import { useMarginHistories } from '../../../../lib/hooks/marginHistory.ts';
import { useNow } from '../../../../lib/hooks/now.ts';
import { useIsPast } from '../../../../lib/hooks/past.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { useSize } from '../../../ui/useSize.ts';
import { MarginLines } from './MarginLines.tsx';
import styles from './Margins.module.css';
import { accountsToDraw, marginPicture } from './Margins.state.ts';

const EVERY_MS = 10_000;

/** How much of their equity accounts needed over the last day, one line each; where nobody looked there is none. */
export function Margins() {
  const tree = useFirmTree();
  const [drawn, setDrawn] = useState<number[]>([]);
  const accounts = tree === undefined ? [] : accountsIn(tree);
  const wanted = accountsToDraw(accounts, drawn);
  const isSame = `${wanted}` === `${drawn}`;
  useEffect(() => {
    if (!isSame) setDrawn(wanted);
  }, [isSame, wanted]);
  const histories = useMarginHistories(drawn, '5m');
  const nowMs = useNow(EVERY_MS);
  const picture = marginPicture(histories, nowMs);
  const sinceMs = histories[0]?.sinceMs;
  const isPast = useIsPast();
  return (
    <Pane
      title="MM ÷ equity, 24 h"
      aside={
        <span>{drawnText(drawn.length, accounts.length)} · worst of every 5 min · gaps: nobody looked</span>
      }
      actions={!isPast && sinceMs !== undefined && <span>kept since {formatClock(sinceMs, nowMs)}</span>}
    >
      {isPast ? (
        <EmptyState title="The history of margin is not kept by sequence.">
          It is sampled beside the journal. Any minute of it can be looked at as of its own sequence.
        </EmptyState>
      ) : picture === undefined ? (
        <EmptyState title={waitText(tree !== undefined, wanted.length)} />
      ) : (
        <Lines
          picture={picture}
          labelOf={(of) => accounts.find(({ account }) => account === of)?.label ?? ''}
        />
      )}
    </Pane>
  );
}

function drawnText(drawn: number, all: number): string {
  return drawn < all ? `${formatCount(drawn)} of ${formatCount(all)} accounts` : 'per account';
}

function waitText(isKnown: boolean, wanted: number): string {
  if (!isKnown) return 'Waiting for the accounts.';
  return wanted === 0
    ? 'Nothing these accounts hold needs margin.'
    : 'No sample yet: the desk looks every few seconds.';
}

interface LinesProps {
  picture: NonNullable<ReturnType<typeof marginPicture>>;
  labelOf: (account: number) => string;
}

function Lines({ picture, labelOf }: LinesProps) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const lines = picture.lines.map((line) => ({
    ...line,
    hue: accountHue(line.account),
    label: `${labelOf(line.account)} ${formatRatio(line.lastPpm)}`,
  }));
  const words = lines.map(({ label }) => label).join(', ');
  const top = formatPercent(picture.topPpm, 0);
  return (
    <div
      ref={box}
      className={styles.box}
      role="img"
      aria-label={`MM ÷ equity, now ${words}; top of the scale ${top}`}
    >
      {size !== undefined && size.width > 0 && <MarginLines picture={picture} lines={lines} size={size} />}
    </div>
  );
}
