'use client';

import { useEffect, useState } from 'react';
import type { HealthView } from '../../engine/protocol/views/health.ts';
import { formatAge, formatCount, formatDateTime } from '../../lib/format.ts';
import { asOfPath } from '../../lib/past/asOf.ts';
import { Pane } from '../ui/Pane.tsx';
import { Cell, Row, Table, WordHeads } from '../ui/Table.tsx';

const EVERY_MS = 1_000;

/** The desk's own word on its health, as it stands at `/api/v1/health`. */
export function HealthTable() {
  const health = useHealth();
  const rows: [string, string][] =
    health === undefined
      ? [['status', 'not known: the desk does not answer']]
      : [
          ['status', health.status],
          ['build', health.build],
          ['market', health.market],
          ['sequence', formatCount(health.sequence)],
          ['engine time', formatDateTime(health.timeMs)],
          ['engine copy at sequence', formatCount(health.followerSequence)],
          ['both hashes compared at sequence', formatCount(health.hashCheckedSequence)],
          ['state hash there', health.stateHash],
          ['records at sequence', formatCount(health.recordsSequence)],
          ['settlement chain', chainText(health.chain)],
          ['up for', formatAge(health.uptimeMs)],
          ['alarms', [...health.alarms, ...settlementAlarms(health)].join(' ') || 'none'],
        ];
  return (
    <Pane title="Status">
      <Table label="Health of the desk" head={<WordHeads names={['measure', 'value']} />}>
        {rows.map(([name, value]) => (
          <Row key={name}>
            <Cell align="left">{name}</Cell>
            <Cell align="left">{value}</Cell>
          </Row>
        ))}
      </Table>
    </Pane>
  );
}

/** What settlement says of itself where that is not that all goes on. */
function settlementAlarms({ settlement }: HealthView): string[] {
  return settlement.sentence.includes('Alarm') ? [settlement.sentence] : [];
}

function chainText({ status, sentence, finalBlock }: HealthView['chain']): string {
  return finalBlock === null || status === 'off'
    ? sentence
    : `${sentence} Final block ${formatCount(finalBlock)}.`;
}

/** A 503 carries the same body: starting and halted are answers, silence is not. */
function useHealth(): HealthView | undefined {
  const [health, setHealth] = useState<HealthView>();
  useEffect(() => {
    const ask = async () => {
      try {
        const response = await fetch(asOfPath('/api/v1/health'), { cache: 'no-store' });
        setHealth((await response.json()) as HealthView);
      } catch {
        setHealth(undefined);
      }
    };
    void ask();
    const timer = setInterval(() => void ask(), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return health;
}
