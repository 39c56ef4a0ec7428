import type { Withdraw } from '../../../../engine/protocol/commands/actions.ts';
import type { FirmView } from '../../../../engine/protocol/views/firm.ts';
import { destinationWords } from '../../../../lib/firm/destinationWords.ts';
import { Badge } from '../../../ui/Badge.tsx';
import styles from './Proposal.module.css';

interface DestinationProps {
  action: Withdraw;
  firm: FirmView;
  nowMs: number;
}

/** Where a withdrawal goes: whose address it is, how long it is known, how often it was paid to. */
export function Destination({ action: { to }, firm, nowMs }: DestinationProps) {
  const words = destinationWords(firm, to, nowMs);
  return (
    <section aria-label="Where it goes">
      <h3 className={styles.heading}>
        Where it goes <span>{words?.name ?? 'not an address of the firm’s book'}</span>
      </h3>
      <p className={styles.destination}>
        <code>{to}</code>
        {words !== undefined && (
          <>
            {words.since !== '' && <span>{words.since}</span>}
            <span>
              {words.isFirst && <Badge tone="warn">first</Badge>} {words.payments}
            </span>
          </>
        )}
      </p>
    </section>
  );
}
