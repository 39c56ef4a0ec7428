import { afterEach, expect, test, vi } from 'vitest';
import { changeSettings, resetSettings } from '../settings/settingsStore.ts';
import { playSound, trySound } from './playSound.ts';

/** Of the one context that is made, whichever test makes it. */
const hertz: number[] = [];

/** What an AudioContext was told to play, without one. */
function listen(): { hertz: number[]; contexts: () => number } {
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
  hertz.length = 0;
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

test('a kind that is off is silent and still tried, one at no volume is not heard at all', async () => {
  const { hertz } = listen();
  const kinds = { fill: { isOn: false, volumePercent: 100 }, reject: { isOn: true, volumePercent: 0 } };
  changeSettings({ sounds: { isOn: true, volumePercent: 50, kinds } });
  playSound('fill');
  playSound('reject');
  trySound('reject');
  playSound('partFill');
  trySound('fill');
  await vi.dynamicImportSettled();
  expect(hertz).toEqual([660, 660, 880]);
});

test('a lost connection and its return are one choice and two sounds', async () => {
  const { hertz } = listen();
  changeSettings({ sounds: { isOn: true, volumePercent: 50 } });
  playSound('connectionBack');
  changeSettings({
    sounds: { isOn: true, volumePercent: 50, kinds: { connection: { isOn: false, volumePercent: 100 } } },
  });
  playSound('connection');
  playSound('connectionBack');
  await vi.dynamicImportSettled();
  expect(hertz).toEqual([196, 262]);
});
