'use client';

import { useEffect } from 'react';
import { useOrders, useSelectedAccount } from '../../../../lib/hooks/account.ts';
import { Button } from '../../../ui/Button.tsx';
import { Keycap } from '../../../ui/Keycap.tsx';
import { cancelAll } from './orderActions.ts';

/** Takes every order of the account off the market. Works with a stale feed too. */
export function CancelAll() {
  const account = useSelectedAccount()?.account;
  const count = useOrders().length;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isChord = event.shiftKey && event.key.toLowerCase() === 'x' && !event.ctrlKey && !event.metaKey;
      const isTyping =
        event.target instanceof HTMLElement && ['INPUT', 'TEXTAREA', 'SELECT'].includes(event.target.tagName);
      if (!isChord || isTyping || event.repeat || account === undefined) return;
      event.preventDefault();
      void cancelAll(account);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [account]);
  return (
    <Button
      tone="quiet"
      disabled={account === undefined || count === 0}
      onClick={() => account !== undefined && void cancelAll(account)}
      aria-keyshortcuts="Shift+X"
    >
      cancel all <Keycap keys={['Shift', 'X']} />
    </Button>
  );
}
