import type { HexAddress, HexWord } from '../protocol/settlement/root.ts';

export type SignerRole = 'signer' | 'guardian';

/** Everything a signer is told of its place, once, over its parent's pipe: the key is in no argument and no environment. */
export interface SignerStart {
  readonly type: 'start';
  readonly role: SignerRole;
  /** 0x and 64 hex digits. */
  readonly key: HexWord;
  /** The journal's folder: read, never written. */
  readonly dir: string;
  /** Its own, for nobody else. */
  readonly ownDir: string;
  /** Where the embedded chain keeps what is final. */
  readonly chainDir: string;
  readonly chainId: number;
  readonly vault: HexAddress;
  /** Seconds a root may be behind and ahead of the chain's clock. */
  readonly lagS: number;
  readonly leadS: number;
}

/** The root that is asked for; it is made again, never taken from here. */
export interface SignRequest {
  readonly epoch: number;
  readonly parent: HexWord;
  readonly seq: number;
  readonly digest: HexWord;
}

export type ToSigner =
  | SignerStart
  /** Where the chain answers now; it moves with each of its lives. */
  | { readonly type: 'chain'; readonly url: string | undefined }
  | { readonly type: 'sign'; readonly id: number; readonly request: SignRequest };

/** `behind`: it replays. `ready`: it stands at the journal's end. `refusing`: what it was asked last it does not sign. */
export type SignerState = 'behind' | 'ready' | 'refusing';

export type FromSigner =
  | { readonly type: 'status'; readonly state: SignerState; readonly seq: number; readonly sentence: string }
  | { readonly type: 'signed'; readonly id: number; readonly signature: HexWord }
  | { readonly type: 'refused'; readonly id: number; readonly sentence: string };
