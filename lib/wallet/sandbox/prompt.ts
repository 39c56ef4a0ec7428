import { createStore } from 'zustand/vanilla';

/** What a sandbox wallet asks its person, decoded: what is shown here is what gets signed. */
export type WalletQuestion =
  | { kind: 'connect'; origin: string }
  | { kind: 'message'; text: string }
  | { kind: 'typedData'; domain: readonly Field[]; primaryType: string; fields: readonly Field[] }
  | { kind: 'transaction'; fields: readonly Field[]; call: string; arguments: readonly Field[] };

export interface Field {
  name: string;
  value: string;
}

export interface WalletPrompt {
  walletName: string;
  address: string;
  question: WalletQuestion;
  answer(isApproved: boolean): void;
}

/** One question at a time, like a real wallet. */
export const promptStore = createStore<{ prompt: WalletPrompt | undefined }>()(() => ({ prompt: undefined }));

/** @returns true when the person approved */
export function askPerson(walletName: string, address: string, question: WalletQuestion): Promise<boolean> {
  if (promptStore.getState().prompt !== undefined) {
    throw Object.assign(new Error('A request is open already.'), { code: -32_002 });
  }
  return new Promise((resolve) => {
    const answer = (isApproved: boolean) => {
      promptStore.setState({ prompt: undefined });
      resolve(isApproved);
    };
    promptStore.setState({ prompt: { walletName, address, question, answer } });
  });
}
