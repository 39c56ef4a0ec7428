'use client';

import { armingBlock } from '../../lib/arming/armingBlock.ts';
import { arm, disarm, isArmed, refuseToArm } from '../../lib/arming/armingStore.ts';
import { useArming } from '../../lib/hooks/arming.ts';
import { PACE_MS, useNow } from '../../lib/hooks/now.ts';
import { useChord } from '../../lib/keys/bindings.ts';
import { keycapsOf } from '../../lib/keys/chord.ts';
import { remainingText } from '../panes/trader/statusLine/StatusLine.state.ts';
import styles from './ArmingBadge.module.css';

/** SAFE or ARMED with what is left of its minute; pressing it changes which. */
export function ArmingBadge() {
  const { isArmed: isOn, untilMs } = useArming();
  const keys = keycapsOf(useChord('desk.arm')).join(' ');
  return (
    <button
      type="button"
      className={styles.badge}
      data-armed={isOn || undefined}
      aria-pressed={isOn}
      title={
        isOn
          ? 'One click sends. Press to make safe (Esc).'
          : `Every order is reviewed first. Press to arm (${keys}).`
      }
      onClick={toggleArming}
    >
      {isOn ? (
        <>
          ARMED <Remaining untilMs={untilMs} />
        </>
      ) : (
        'SAFE'
      )}
    </button>
  );
}

function Remaining({ untilMs }: { untilMs: number }) {
  return <span aria-hidden="true">{remainingText(untilMs - useNow(PACE_MS))}</span>;
}

/** Arms when that is possible, says why when it is not, and makes safe at any time. */
export function toggleArming(): void {
  if (isArmed()) return disarm('asked');
  const block = armingBlock();
  if (block === undefined) arm();
  else refuseToArm(block);
}
