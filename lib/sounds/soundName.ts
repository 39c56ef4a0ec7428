/** What may be chosen to be heard, in the order the settings show it. */
export const SOUND_KINDS = [
  'fill',
  'partFill',
  'reject',
  'marginCall',
  'connection',
  'level',
  'disarm',
] as const;

export type SoundKind = (typeof SOUND_KINDS)[number];

/** A connection that is back sounds other than one that is lost, and is chosen with it. */
export type SoundName = SoundKind | 'connectionBack';

export function kindOf(name: SoundName): SoundKind {
  return name === 'connectionBack' ? 'connection' : name;
}
