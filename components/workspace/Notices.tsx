'use client';

import { useNotices } from '../../lib/hooks/notices.ts';
import { dismissNotice } from '../../lib/stores/noticeStore.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Notices.module.css';

/** News at the foot of the chart, where no number is typed and no button of the ticket is covered. */
export function Notices() {
  const notices = useNotices();
  return (
    <section className={styles.stack} aria-label="Notices" aria-live="polite" aria-relevant="additions text">
      {notices.map((notice) => (
        <div key={notice.group} className={styles.notice} data-tone={notice.tone}>
          <p>
            <b>{notice.text}</b> {notice.detail}
          </p>
          <Button
            tone="quiet"
            onClick={() => dismissNotice(notice.id)}
            aria-label={`Dismiss: ${notice.text}`}
          >
            ×
          </Button>
        </div>
      ))}
    </section>
  );
}
