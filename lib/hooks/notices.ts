import { type Notice, notices } from '../stores/noticeStore.ts';
import { useKeyed } from './keyed.ts';

const none: readonly Notice[] = [];

export function useNotices(): readonly Notice[] {
  return useKeyed(notices, 'all') ?? none;
}
