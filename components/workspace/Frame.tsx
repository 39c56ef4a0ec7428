'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useSelectedAccount } from '../../lib/hooks/account.ts';
import { StatusLine } from '../panes/trader/statusLine/StatusLine.tsx';
import { classes } from '../ui/classes.ts';
import styles from './Frame.module.css';
import { Notices } from './Notices.tsx';
import { TopBar } from './TopBar.tsx';
import { useDesk } from './useDesk.ts';

export type PageName = 'trade' | 'options' | 'risk' | 'status' | 'help';

const pages: { page: PageName; href: string; short: string; name: string }[] = [
  { page: 'trade', href: '/trade/BTC-PERP', short: 'TR', name: 'Trade' },
  { page: 'options', href: '/options', short: 'OP', name: 'Options' },
  { page: 'risk', href: '/risk', short: 'RK', name: 'Risk' },
  { page: 'status', href: '/status', short: 'ST', name: 'Status' },
  { page: 'help', href: '/help/margin', short: '?', name: 'Help: margin' },
];

/** Accounts take turns with the eight account colours. */
const HUES = 8;

/** What stands around every page: who and how much on top, where on the left, how fresh below. */
export function Frame({ page, children }: { page: PageName; children: ReactNode }) {
  useDesk();
  const account = useSelectedAccount()?.account;
  return (
    <div className={styles.frame} data-hue={account === undefined ? undefined : (account % HUES) + 1}>
      <TopBar />
      <nav className={styles.rail} aria-label="Pages">
        {pages.map((entry) => (
          <Link
            key={entry.page}
            href={entry.href}
            prefetch={false}
            className={classes(styles.link, entry.page === page && styles.here)}
            aria-current={entry.page === page ? 'page' : undefined}
            title={entry.name}
          >
            {entry.short}
            <span className="visually-hidden">{entry.name}</span>
          </Link>
        ))}
      </nav>
      <main className={styles.main}>{children}</main>
      <footer className={styles.foot}>
        <StatusLine />
      </footer>
      <Notices />
    </div>
  );
}
