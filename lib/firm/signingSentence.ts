import type { SigningState } from '../hooks/signing.ts';

/**
 * What a dialog says of the signature that is under way.
 *
 * @param inWallet while the wallet asks: what to look at there
 */
export function signingSentence(state: SigningState, inWallet = 'Your wallet asks you …'): string {
  switch (state.is) {
    case 'idle':
      return '';
    case 'waiting':
      return {
        draft: 'The desk writes it down …',
        wallet: inWallet,
        engine: 'The engine decides …',
      }[state.step];
    case 'refused':
    case 'done':
      return state.message;
  }
}
