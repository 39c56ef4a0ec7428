const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

/** An address in lower case, or what is wrong with it. */
export function readAddress(typed: string): { address: string } | { missing: string } {
  const text = typed.trim();
  if (text === '') return { missing: 'Write the address that is paid.' };
  return ADDRESS.test(text)
    ? { address: text.toLowerCase() }
    : { missing: 'Not an address: 0x and 40 hex digits.' };
}
