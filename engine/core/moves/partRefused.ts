import { OK } from '../../protocol/errors.ts';
import { announce } from '../announce.ts';
import { NONE } from '../memory/table.ts';
import { TAG } from '../out.ts';
import type { StateWriter } from '../stateWriter.ts';

/** The part of a change set that stands in its way. */
export interface PartRefused {
  /** From 1; 0: none does. */
  part: number;
  /** Of which account; NONE where it is of none. */
  account: number;
}

/** Whoever judges change sets. */
interface Judge extends StateWriter {
  readonly partRefused: PartRefused;
}

/** Before something is judged that may be a change set: what was found of another one is not found of this. */
export function forgetPart({ partRefused }: Judge): void {
  partRefused.part = 0;
  partRefused.account = NONE;
}

/** Notes the part that is refused. @returns its code, which is that of the set */
export function refusePart({ partRefused }: Judge, part: number, account: number, code: number): number {
  partRefused.part = part;
  partRefused.account = account;
  return code;
}

/** Says which part it was. What an attempt announces is taken back with it, so this comes after. */
export function announcePart({ out, partRefused }: Judge, code: number): void {
  const { part, account } = partRefused;
  if (code !== OK && part !== 0) announce(out, TAG.ChangeSetRefused, part, account, code);
}
