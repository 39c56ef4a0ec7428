/** A wallet said no, or cannot: with a sentence for the person in front of it. */
export class WalletError extends Error {
  override readonly name = 'WalletError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** EIP-1193: 4001 is the person's own no. Everything else is the wallet's trouble, in the wallet's words. */
export function walletErrorOf(error: unknown): WalletError {
  if (error instanceof WalletError) return error;
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (code === 4001) return new WalletError('wallet.rejected', 'You rejected the request in your wallet.');
  if (code === -32002)
    return new WalletError('wallet.busy', 'Your wallet has a request open. Answer it first.');
  const words = typeof message === 'string' ? message.slice(0, 200) : 'It gave no reason.';
  return new WalletError('wallet.failed', `The wallet could not do it: ${words}`);
}

/** Why signing came to nothing, for the person: the desk's refusal in its own words, else the wallet's. */
export function errorOf(error: unknown): { code: string; message: string } {
  const { error: refused } = error as { error?: { code: string; message: string } };
  return refused ?? walletErrorOf(error);
}
