import path from 'node:path';
import { toHex } from 'viem';
import type { VaultDomain } from '../../protocol/settlement/vaultMessages.ts';
import type { SignerView } from '../../protocol/views/settlement.ts';
import { walletOf } from '../../sandbox/keys.ts';
import type { PersonRole } from '../../sandbox/people.ts';
import type { EmbeddedChain } from '../../settlement/chain/embeddedChain.ts';
import type { VaultTerms } from '../../settlement/vault/terms.ts';
import type { SignerRole } from '../../signer/messages.ts';
import { log } from '../log.ts';
import { SignerProcess } from './signerProcess.ts';

export interface SignerPlace {
  /** The desk's data folder, whole. */
  readonly dir: string;
  readonly chain: EmbeddedChain;
  readonly domain: VaultDomain;
}

/** The sandbox's root signers and the guardian that looks after them, a process each. */
export class SignerProcesses {
  readonly signers: readonly SignerProcess[];
  readonly #guardian: SignerProcess;

  constructor(place: SignerPlace, roles: readonly PersonRole[], guardian: PersonRole) {
    this.signers = roles.map((role, index) =>
      processOf(place, role, 'signer', `settlement/signers/${index + 1}`),
    );
    this.#guardian = processOf(place, guardian, 'guardian', 'settlement/guardian');
  }

  /** @param terms of the vault whose roots they sign */
  start({ lag, lead }: VaultTerms): void {
    for (const each of [...this.signers, this.#guardian]) each.start({ lagS: lag, leadS: lead });
  }

  stop(): void {
    for (const each of [...this.signers, this.#guardian]) each.stop();
  }

  get views(): { each: SignerView[]; guardian: SignerView } {
    return { each: this.signers.map(({ view }) => view), guardian: this.#guardian.view };
  }
}

function processOf(
  { dir, chain, domain }: SignerPlace,
  person: PersonRole,
  role: SignerRole,
  folder: string,
): SignerProcess {
  const wallet = walletOf(person);
  const { privateKey } = wallet.getHdKey();
  return new SignerProcess({
    address: wallet.address.toLowerCase(),
    domain,
    start: {
      role,
      key: toHex(privateKey!),
      dir,
      ownDir: path.join(dir, folder),
      chainDir: path.join(dir, 'chain'),
      chainId: domain.chainId,
      vault: domain.verifyingContract,
    },
    chainUrl: () => chain.url,
    log,
  });
}
