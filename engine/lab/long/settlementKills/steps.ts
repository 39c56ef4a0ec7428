/**
 * How a fresh desk comes to a vault: contracts are made, and what was credited before becomes deposits in it. Of tokens and
 * deposits it is the first one.
 */
export const openingSteps = {
  openingVaultSent: 'the desk has the vault’s creation, the chain has not',
  openingVaultMined: 'the vault is there, in a block that is not saved',
  openingGovernorSent: 'the desk has the governor’s creation, the chain has not',
  openingGovernorMined: 'the governor is there, in a block that is not saved',
  openingTokenSent: 'the desk has a token’s creation, the chain has not',
  openingTokenMined: 'the token is there, in a block that is not saved',
  openingMintSent: 'the desk has the making of tokens, the chain has not',
  openingMintMined: 'the tokens are made, in a block that is not saved',
  openingApproveSent: 'the desk has the vault’s allowance, the chain has not',
  openingApproveMined: 'the vault may take them, in a block that is not saved',
  openingDepositSent: 'the desk has the first of many deposits, the chain has none',
  openingDepositMined: 'one is in a block that is not saved, and the others are not sent',
  openingDeposited: 'all are in saved blocks, and the engine is not told',
  openingAdopted: 'the vault is in the journal, and nobody has heard of it',
} as const;

/**
 * What happens to money one thing after another, and after which of them a desk, its chain or a signer is killed. In the
 * order they come; each name is of what is done when the kill comes, and the next has not begun.
 */
export const depositSteps = {
  mintMined: 'the tokens are made, in a block that is not saved',
  approveMined: 'the vault may take them, in a block that is not saved',
  depositSent: 'the desk has the deposit’s transaction, the chain has not',
  depositMined: 'the deposit is in a block that is not saved',
  depositFinal: 'its block is saved, and not read',
  depositSeen: 'it is read, and the engine is not told',
  depositCredited: 'the credit is in the journal, and nobody has heard of it',
  depositCut: 'a root that counts it is cut, and not kept',
  depositKept: 'that root is kept, and nobody was asked to sign',
  depositSigned: 'enough have signed it, and their signatures are not kept',
  depositStored: 'they are kept, and it is not sent',
  depositPosted: 'it is in a block that is not saved',
  depositPostedFinal: 'that block is saved, and not read',
  depositRootFinal: 'nobody can reject it any more, and the desk has not said so',
} as const;

export const withdrawalSteps = {
  withdrawalAsked: 'the owner’s people have asked for it, and the engine has not heard',
  withdrawalProposed: 'the proposal is in the journal, and nobody was answered',
  withdrawalAgreed: 'operations have agreed, and nobody was answered',
  withdrawalAuthorised: 'the owner has agreed and the account is debited, and nobody was answered',
  withdrawalCut: 'a root that carries it is cut, and not kept',
  withdrawalKept: 'that root is kept, and nobody was asked to sign',
  withdrawalSigned: 'enough have signed it, and their signatures are not kept',
  withdrawalStored: 'they are kept, and it is not sent',
  withdrawalPosted: 'it is in a block that is not saved',
  withdrawalPostedFinal: 'that block is saved, and not read',
  withdrawalRootFinal: 'nobody can reject it any more, and nothing is claimed',
  claimSent: 'the desk has the claim’s transaction, the chain has not',
  claimMined: 'the payment is in a block that is not saved',
  claimFinal: 'its block is saved, and not read',
  claimSeen: 'it is read, and the engine is not told',
  claimNoted: 'the engine has closed the withdrawal, and nobody has heard of it',
} as const;

export type StepName = keyof typeof openingSteps | keyof typeof depositSteps | keyof typeof withdrawalSteps;

export const namesOf = <S extends object>(steps: S) => Object.keys(steps) as (keyof S)[];

/** Whose money it is and how much: what a held desk knows its own things by. */
export interface FlowMark {
  readonly step: StepName;
  /** Units, of no other deposit; 0 while it is about neither. */
  readonly amount: number;
  /** Number the deposit will have in the vault. */
  readonly depositId: number;
  /** Number the withdrawal will have; 0 while it is about a deposit. */
  readonly nonce: number;
}

/** From a held desk: it stands after this step. Numbers of the processes that can be killed now, by what they are. */
export interface Reached {
  readonly reached: StepName;
  readonly pids: Readonly<Record<string, number>>;
}

/** To a held desk: go on, once this process is gone, and stand still again after the next step. */
export interface GoOn {
  readonly gone: number | undefined;
  readonly next: FlowMark | undefined;
}
