import path from 'node:path';
import { toHex } from 'viem';
import type { PersonRole } from '../../lab/seeds/people.ts';
import { walletOf } from '../../lab/seeds/sandboxKeys.ts';
import type { VaultDomain } from '../../protocol/settlement/vaultMessages.ts';
import type { SignerView } from '../../protocol/views/settlement.ts';
import type { EmbeddedChain } from '../../settlement/chain/embeddedChain.ts';
import type { VaultTerms } from '../../settlement/vault/terms.ts';
import { log } from '../log.ts';
import { SignerProcess } from './signerProcess.ts';

export interface SignerPlace {
  /** The desk's data folder, whole. */
  readonly dir: string;
  readonly chain: EmbeddedChain;
  readonly domain: VaultDomain;
  readonly terms: VaultTerms;
}

/** The sandbox's root signers, a process each. */
export class SignerProcesses {
  readonly signers: readonly SignerProcess[];

  constructor(place: SignerPlace, roles: readonly PersonRole[]) {
    this.signers = roles.map((role, index) => processOf(place, role, `settlement/signers/${index + 1}`));
  }

  start(): void {
    for (const signer of this.signers) signer.start();
  }

  stop(): void {
    for (const signer of this.signers) signer.stop();
  }

  get views(): SignerView[] {
    return this.signers.map(({ view }) => view);
  }
}

function processOf(
  { dir, chain, domain, terms }: SignerPlace,
  role: PersonRole,
  folder: string,
): SignerProcess {
  const wallet = walletOf(role);
  const { privateKey } = wallet.getHdKey();
  return new SignerProcess({
    address: wallet.address.toLowerCase(),
    domain,
    start: {
      role: 'signer',
      key: toHex(privateKey!),
      dir,
      ownDir: path.join(dir, folder),
      chainDir: path.join(dir, 'chain'),
      chainId: domain.chainId,
      vault: domain.verifyingContract,
      lagS: terms.lag,
      leadS: terms.lead,
    },
    chainUrl: () => chain.url,
    log,
  });
}
