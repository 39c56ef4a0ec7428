import type { CustodyView } from '../../../engine/protocol/views/custody.ts';
import { useOrigin } from '../../../lib/hooks/origin.ts';
import styles from './Custody.module.css';

/** Where a custodian's policy engine asks and answers: what goes into its own configuration. */
export function Hook({ view }: { view: CustodyView }) {
  const origin = useOrigin();
  const { chainId, vault, waitMsMax } = view;
  const lines = [
    ['hears what waits', `GET ${origin}/api/v1/approvals?after=SEQ&waitMs=${waitMsMax}`],
    ['gets the text to sign', `POST ${origin}/api/v1/proposals/:proposal/decision/draft`],
    ['agrees or objects', `POST ${origin}/api/v1/proposals/:proposal/decision`],
    ['books against', `GET ${origin}/api/v1/entitlements/final`],
    ['signs on the domain', `Ballast, version 1, chain ${chainId}, ${vault}`],
  ] as const;
  return (
    <>
      <dl className={styles.hooks}>
        {lines.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={styles.mono}>{text}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>
        A machine signs in with its wallet, rebuilds each action from its fields, and holds it against the
        custodian’s own policy, which can refuse what this firm’s rules allow and never allow what they
        refuse. The desk sends nothing out. docs/custody.md has it whole; <code>npm run cosigner</code> is one
        to begin with.
      </p>
    </>
  );
}
