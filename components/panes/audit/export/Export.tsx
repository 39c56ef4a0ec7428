'use client';

import { PageLink } from '../../../ui/PageLink.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import styles from './Export.module.css';

/** The log as a file, what checks it, and the key it is to be checked with. */
export function Export({ publicKey }: { publicKey: string | undefined }) {
  return (
    <Pane title="Export" aside={<span>check it without the desk</span>}>
      <div className={styles.box}>
        <p className={styles.links}>
          <a href="/api/v1/audit/export" download>
            Log and its seal
          </a>
          <a href="/verify.mjs" download>
            verify.mjs
          </a>
          <a href="/walletSignatures.mjs" download>
            walletSignatures.mjs
          </a>
          <PageLink href="/verify">Check a file here</PageLink>
        </p>
        <p>
          Key of the engine <code className={styles.key}>{publicKey ?? 'not known yet'}</code>
        </p>
      </div>
    </Pane>
  );
}
