import { useId, useRef } from 'react';
import { useSize } from '../../../ui/useSize.ts';
import styles from './MarginStrip.module.css';
import type { MarginBar } from './MarginStrip.state.ts';

/** Equity as the bar: maintenance hatched, initial solid, free outlined, the ticket in blue. */
export function MarginBarPicture({ bar }: { bar: MarginBar | undefined }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useSize(box)?.width ?? 0;
  return (
    <div ref={box} className={styles.picture}>
      {bar !== undefined && width > 0 && <Bar bar={bar} width={width} />}
    </div>
  );
}

function Bar({ bar, width }: { bar: MarginBar; width: number }) {
  const id = useId();
  const x = (share: number) => Math.round(share * (width - 2)) + 0.5;
  const { maintenance, initial, equity, warn, after } = bar;
  const bound = Math.max(maintenance, initial);
  return (
    <svg width={width} height={20} aria-hidden="true">
      <defs>
        <pattern id={id} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
          <path d="M0,0H5" stroke="var(--hatch)" strokeWidth={1} />
        </pattern>
      </defs>
      <rect x={0.5} y={4.5} width={x(1)} height={11} fill="none" stroke="var(--line-strong)" />
      <rect x={0} y={4} width={x(bound)} height={12} fill="var(--s3)" />
      <rect x={0} y={4} width={x(maintenance)} height={12} fill={`url(#${id})`} />
      {after !== undefined && <TicketShare bar={bar} after={after} x={x} />}
      <path d={`M${x(maintenance)},0V20`} stroke="var(--text)" strokeWidth={1.5} />
      <path d={`M${x(warn)},12V20`} stroke="var(--warn)" strokeWidth={1.5} />
      <path d={`M${x(equity)},0V20`} stroke="var(--danger)" strokeWidth={2} />
    </svg>
  );
}

interface TicketShareProps {
  bar: MarginBar;
  after: { maintenance: number; initial: number };
  x: (share: number) => number;
}

/** From the requirement now to the one after: solid when it grows, outlined when it shrinks. */
function TicketShare({ bar, after, x }: TicketShareProps) {
  const from = Math.min(bar.initial, after.initial);
  const to = Math.max(bar.initial, after.initial);
  const isMore = after.initial > bar.initial;
  return (
    <>
      <rect
        x={x(from)}
        y={4.5}
        width={Math.max(0, x(to) - x(from))}
        height={11}
        fill={isMore ? 'var(--info)' : 'none'}
        stroke="var(--info)"
        opacity={isMore ? 0.55 : 1}
      />
      <path d={`M${x(after.maintenance)},1V19M${x(after.initial)},1V19`} stroke="var(--info)" />
    </>
  );
}
