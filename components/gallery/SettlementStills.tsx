'use client';

import { useEffect, useState } from 'react';
import type { SettlementStatus, SettlementView } from '../../engine/protocol/views/settlement.ts';
import { forgetSettlement, settlementStore } from '../../lib/stores/settlementStore.ts';
import { testNowMs, testSettlement } from '../../lib/testSettlement.ts';
import { Exit } from '../panes/settlement/exit/Exit.tsx';
import { Movements } from '../panes/settlement/movements/Movements.tsx';
import { Roots } from '../panes/settlement/roots/Roots.tsx';
import { Vault } from '../panes/settlement/vault/Vault.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import styles from './Gallery.module.css';

type Shown = SettlementStatus | 'short' | 'mute' | 'stale';

const faces: Readonly<Record<Shown, Partial<SettlementView>>> = {
  open: {},
  stale: {},
  off: { status: 'off', sentence: 'This desk runs without a chain.', block: null, assets: [], roots: [] },
  opening: {
    status: 'opening',
    sentence: 'Deposit 12 of 40 is on its way to the vault.',
    takesDeposits: false,
    roots: [],
  },
  halted: {
    status: 'halted',
    sentence: 'The chain is at deposit 11, the journal credited 12. Bring the chain’s saved state back.',
  },
  paused: { status: 'paused', sentence: 'A guardian stopped it.', pausedUntilMs: testNowMs + 172_800_000 },
  frozen: { status: 'frozen', sentence: 'No root came for too long.', frozenEpoch: 6 },
  // One unit of the first asset is not there.
  short: {
    assets: testSettlement.assets.map((asset, place) =>
      place === 0 ? { ...asset, held: String(BigInt(asset.held!) - 1n) } : asset,
    ),
  },
  // The second asset's token does not tell what is held.
  mute: {
    assets: testSettlement.assets.map((asset, place) =>
      place === 1 ? { ...asset, held: null, unreadSinceMs: testNowMs - 240_000 } : asset,
    ),
  },
};

const RENEW_MS = 1_000;

/** The settlement page's panes in each state of a vault; they read one store, so one state at a time. */
export function SettlementStills() {
  const [shown, setShown] = useState<Shown>('open');
  useEffect(() => {
    const put = () =>
      settlementStore.setState({ view: atNow(faces[shown]), receivedMs: shown === 'stale' ? 1 : Date.now() });
    put();
    const timer = setInterval(put, RENEW_MS);
    return () => {
      clearInterval(timer);
      forgetSettlement();
    };
  }, [shown]);
  return (
    <>
      <Segmented
        label="State of the vault"
        value={shown}
        options={(Object.keys(faces) as Shown[]).map((value) => ({ value, label: value }))}
        onPick={setShown}
      />
      <div className={styles.settlement}>
        {[Vault, Roots, Movements, Exit].map((Pane) => (
          <div key={Pane.name}>
            <Pane />
          </div>
        ))}
      </div>
    </>
  );
}

/** The fixture's times, moved so that its now is the page's. */
function atNow(face: Partial<SettlementView>): SettlementView {
  const view = { ...testSettlement, ...face };
  const movedMs = Date.now() - testNowMs;
  const moved = (timeMs: number | null) => (timeMs === null ? null : timeMs + movedMs);
  return {
    ...view,
    timeMs: view.timeMs + movedMs,
    block: view.block && { ...view.block, readMs: view.block.readMs + movedMs },
    nextRootMs: moved(view.nextRootMs),
    pausedUntilMs: moved(view.pausedUntilMs),
    roots: view.roots.map((root) => ({
      ...root,
      timeMs: root.timeMs + movedMs,
      postedMs: moved(root.postedMs),
      finalMs: moved(root.finalMs),
    })),
    deposits: view.deposits.map((deposit) => ({ ...deposit, seenMs: deposit.seenMs + movedMs })),
    withdrawals: view.withdrawals.map((withdrawal) => ({
      ...withdrawal,
      authorisedMs: withdrawal.authorisedMs + movedMs,
      claimableMs: moved(withdrawal.claimableMs),
    })),
  };
}
