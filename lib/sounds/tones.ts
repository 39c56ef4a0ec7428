import type { SoundName } from './soundName.ts';

interface Tone {
  hertz: number;
  startMs: number;
  lengthMs: number;
}

/**
 * Short, apart by ear without looking: up is a fill, its first note alone a part of one, down a rejection, twice the
 * same a level, low the end of armed. A margin call is three of the highest; a lost connection two of the lowest, which
 * come back in the other order.
 */
const tones: Record<SoundName, readonly Tone[]> = {
  fill: [
    { hertz: 660, startMs: 0, lengthMs: 70 },
    { hertz: 880, startMs: 80, lengthMs: 110 },
  ],
  partFill: [{ hertz: 660, startMs: 0, lengthMs: 70 }],
  reject: [
    { hertz: 440, startMs: 0, lengthMs: 90 },
    { hertz: 294, startMs: 100, lengthMs: 160 },
  ],
  level: [
    { hertz: 740, startMs: 0, lengthMs: 60 },
    { hertz: 740, startMs: 120, lengthMs: 60 },
  ],
  marginCall: [
    { hertz: 988, startMs: 0, lengthMs: 120 },
    { hertz: 988, startMs: 180, lengthMs: 120 },
    { hertz: 988, startMs: 360, lengthMs: 180 },
  ],
  connection: [
    { hertz: 262, startMs: 0, lengthMs: 140 },
    { hertz: 196, startMs: 160, lengthMs: 220 },
  ],
  connectionBack: [
    { hertz: 196, startMs: 0, lengthMs: 90 },
    { hertz: 262, startMs: 100, lengthMs: 140 },
  ],
  disarm: [{ hertz: 220, startMs: 0, lengthMs: 140 }],
};

/** No sound begins or ends at full strength: that would click. */
const EDGE_S = 0.008;

let context: AudioContext | undefined;

/** @param volume share of full, 0 to 1 */
export function playTones(name: SoundName, volume: number): void {
  context ??= new AudioContext();
  // A page that was not touched yet may not sound; its next one will.
  if (context.state === 'suspended') void context.resume();
  for (const tone of tones[name]) play(context, tone, volume * 0.25);
}

function play(on: AudioContext, { hertz, startMs, lengthMs }: Tone, strength: number): void {
  const startS = on.currentTime + startMs / 1_000;
  const endS = startS + lengthMs / 1_000;
  const oscillator = on.createOscillator();
  const gain = on.createGain();
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, startS);
  gain.gain.linearRampToValueAtTime(strength, startS + EDGE_S);
  gain.gain.setValueAtTime(strength, endS - EDGE_S);
  gain.gain.linearRampToValueAtTime(0, endS);
  oscillator.connect(gain).connect(on.destination);
  oscillator.start(startS);
  oscillator.stop(endS);
}
