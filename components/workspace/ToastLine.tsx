import { dismissToast, type Toast } from '../../lib/stores/toastStore.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Toasts.module.css';

/** One piece of news, with what can be done about it. */
export function ToastLine({ toast }: { toast: Toast }) {
  return (
    <div
      className={styles.toast}
      data-tone={toast.tone}
      // Bad news interrupts what is being read; the rest waits for its turn.
      role={toast.tone === 'danger' ? 'alert' : undefined}
    >
      <p>
        <b>{toast.text}</b> {toast.detail}
      </p>
      {toast.actions.map(({ label, run }) => (
        <Button
          key={label}
          onClick={() => {
            dismissToast(toast.id);
            run();
          }}
        >
          {label}
        </Button>
      ))}
      <Button
        tone="quiet"
        isLook
        onClick={() => dismissToast(toast.id)}
        aria-label={`Dismiss: ${toast.text}`}
      >
        ×
      </Button>
    </div>
  );
}
