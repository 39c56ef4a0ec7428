import { JournalError } from '../../journal/journalError.ts';

/** Why a thread must stop. The journal's errors are sentences for operators; ours come with their place. */
export function failureOf(error: unknown): { readonly code: string; readonly sentence: string } {
  if (error instanceof JournalError) return { code: error.code, sentence: error.message };
  const sentence = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: 'engine.halted', sentence };
}
