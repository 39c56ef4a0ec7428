import { type Toast, toasts } from '../stores/toastStore.ts';
import { useKeyed } from './keyed.ts';

const none: readonly Toast[] = [];

export function useToasts(): readonly Toast[] {
  return useKeyed(toasts, 'all') ?? none;
}
