import type { Settings } from '../settings/settings.ts';
import { settings } from '../settings/settingsStore.ts';
import { kindOf, type SoundKind, type SoundName } from './soundName.ts';

/** How one kind of event is to be heard. */
export interface SoundChoice {
  isOn: boolean;
  /** Of the volume of all sounds. */
  volumePercent: number;
}

const UNCHOSEN: SoundChoice = { isOn: true, volumePercent: 100 };
const PERCENT = 100;

/** What was chosen for a kind: until somebody does, it sounds with the others as loud as they. */
export function soundChoice({ kinds }: Settings['sounds'], kind: SoundKind): SoundChoice {
  return kinds?.[kind] ?? UNCHOSEN;
}

/** Says something to the ear, if the person wants that. Until somebody does, nothing is loaded for it. */
export function playSound(name: SoundName): void {
  const { sounds } = settings();
  if (sounds.isOn && soundChoice(sounds, kindOf(name)).isOn) trySound(name);
}

/** The same for who asks how it would sound, also while it is off. */
export function trySound(name: SoundName): void {
  const { sounds } = settings();
  const volume =
    (sounds.volumePercent / PERCENT) * (soundChoice(sounds, kindOf(name)).volumePercent / PERCENT);
  if (volume === 0 || typeof AudioContext === 'undefined') return;
  void import('./tones.ts').then(({ playTones }) => playTones(name, volume));
}
