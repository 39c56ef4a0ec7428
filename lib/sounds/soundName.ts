export type SoundName = 'fill' | 'partFill' | 'reject' | 'level' | 'disarm';
