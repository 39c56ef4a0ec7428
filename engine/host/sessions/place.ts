import { createHmac, randomBytes } from 'node:crypto';

/** Made anew at every start: nobody who reads a place finds the address by trying them all. */
const salt = randomBytes(32);

/** A network address as eight hex digits: one's own sessions can be told apart, and nobody's address is shown. */
export function placeOf(address: string): string {
  return createHmac('sha256', salt).update(address).digest('hex').slice(0, 8);
}
