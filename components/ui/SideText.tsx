import styles from './SideText.module.css';

/** Buy or sell by word, arrow and colour. */
export function SideText({ side }: { side: 'buy' | 'sell' }) {
  return <span className={styles[side]}>{side === 'buy' ? '▲ buy' : '▼ sell'}</span>;
}
