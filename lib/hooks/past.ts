import { useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { pageError } from '../../engine/protocol/pageErrors.ts';
import { asOfText, isPast } from '../past/asOf.ts';
import { pastStore } from '../past/pastStore.ts';

/** Whether this page shows the past. The server draws every page as of now: it knows of no address but the path. */
export function useIsPast(): boolean {
  return useSyncExternalStore(never, readPast, readNow);
}

/** Where a page of the past stands: the moment once it is made, and why it is not. */
export function usePastMoment() {
  return useStore(pastStore);
}

/** Why a control does nothing here, as a sentence; undefined on a page of now. */
export function usePastBlock(): string | undefined {
  return useIsPast() ? pastSentence() : undefined;
}

/** The same for whom no component asks. */
export function pastSentence(): string | undefined {
  return asOfText === undefined ? undefined : pageError('past.readOnly').message;
}

function never(): () => void {
  return () => undefined;
}

function readPast(): boolean {
  return isPast;
}

function readNow(): boolean {
  return false;
}
