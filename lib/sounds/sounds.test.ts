import { afterEach, expect, test, vi } from 'vitest';
import { changeSettings, resetSettings } from '../settings/settingsStore.ts';
import { playSound } from './playSound.ts';

/** What an AudioContext was told to play, without one. */
function listen(): { hertz: number[]; contexts: () => number } {
  const hertz: number[] = [];
  let contexts = 0;
  const gain = { setValueAtTime() {}, linearRampToValueAtTime() {} };
  class FakeContext {
    state = 'running';
    currentTime = 0;
    destination = {};
    constructor() {
      contexts += 1;
    }
    createGain() {
      return { gain, connect: () => this.destination };
    }
    createOscillator() {
      const frequency = { value: 0 };
      return {
        frequency,
        connect: (next: unknown) => next,
        start: () => hertz.push(frequency.value),
        stop() {},
      };
    }
  }
  vi.stubGlobal('AudioContext', FakeContext);
  vi.stubGlobal('localStorage', { setItem() {}, removeItem() {} });
  return { hertz, contexts: () => contexts };
}

afterEach(() => {
  resetSettings();
  vi.unstubAllGlobals();
});

test('nothing sounds, and nothing is made for it, until somebody wants it', async () => {
  const { hertz, contexts } = listen();
  playSound('fill');
  await vi.dynamicImportSettled();
  expect([hertz, contexts()]).toEqual([[], 0]);
});

test('a fill rises, a part of one is its first note, and a rejection falls', async () => {
  const { hertz } = listen();
  changeSettings({ sounds: { isOn: true, volumePercent: 50 } });
  playSound('fill');
  playSound('partFill');
  playSound('reject');
  await vi.dynamicImportSettled();
  expect(hertz).toEqual([660, 880, 660, 440, 294]);
});
