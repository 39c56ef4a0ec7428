import type { ExpiryView, OptionChainView } from '../../../../engine/protocol/views/options.ts';
import { formatExpiry, formatUsd } from '../../../../lib/format.ts';
import styles from './Chain.module.css';
import { leftText } from './Chain.state.ts';

/** What holds of all strikes of an expiry, and which half of the table is which. */
export function ExpiryFacts({ view, expiry }: { view: OptionChainView; expiry: ExpiryView }) {
  return (
    <>
      <p className={styles.facts}>
        <b>{formatExpiry(expiry.expiryMs)}</b> forward <b>{formatUsd(expiry.forwardE8 / 100, 2)}</b>, settles{' '}
        {leftText(expiry.expiryMs - view.timeMs)}
      </p>
      <p className={styles.sides} aria-hidden="true">
        <span>calls</span>
        <span>puts</span>
      </p>
    </>
  );
}
