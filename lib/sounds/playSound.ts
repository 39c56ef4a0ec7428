import { settings } from '../settings/settingsStore.ts';
import type { SoundName } from './soundName.ts';

/** Says something to the ear, if the person wants that. Until somebody does, nothing is loaded for it. */
export function playSound(name: SoundName): void {
  const { isOn, volumePercent } = settings().sounds;
  if (!isOn || volumePercent === 0 || typeof AudioContext === 'undefined') return;
  void import('./tones.ts').then(({ playTones }) => playTones(name, volumePercent / 100));
}
