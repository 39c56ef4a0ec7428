import type { Hex, LocalAccount } from 'viem';
import type { HexAddress, RootDraft } from '../../protocol/settlement/root.ts';
import type { VaultDomain } from '../../protocol/settlement/vaultMessages.ts';
import { rootOfDraft } from './rootOfDraft.ts';

/** One signature over one root. */
export interface RootSignature {
  /** Lower case. */
  readonly signer: HexAddress;
  readonly signature: Hex;
}

/** Somebody whose signature counts towards the quorum of a root. */
export interface RootSigner {
  readonly address: HexAddress;
  /**
   * Signs what follows from a draft, once it holds the whole draft.
   *
   * @fails with a sentence when it does not sign
   */
  sign(draft: RootDraft): Promise<RootSignature>;
}

/** A signer in this process: it makes the root itself and believes the draft. */
export class KeySigner implements RootSigner {
  readonly address: HexAddress;
  readonly #account: LocalAccount;
  readonly #domain: VaultDomain;

  constructor(account: LocalAccount, domain: VaultDomain) {
    this.#account = account;
    this.#domain = domain;
    this.address = account.address.toLowerCase();
  }

  async sign(draft: RootDraft): Promise<RootSignature> {
    const { digest } = rootOfDraft(draft, this.#domain);
    if (this.#account.sign === undefined) throw new Error('This wallet signs no digests.');
    return { signer: this.address, signature: await this.#account.sign({ hash: digest as Hex }) };
  }
}
