import { Role } from '../../protocol/enums.ts';

/** Names of assets, underlyings and instruments: they reach screens, files and logs as they are. */
export function isNameValid(name: unknown): name is string {
  return typeof name === 'string' && /^[A-Z0-9:/_-]{1,24}$/.test(name);
}

/** Labels are for people: any script, but no control and no direction-changing characters. */
export function isLabelValid(label: unknown): label is string {
  return isTextValid(label, 64);
}

/** What people write to each other: as a label, and as long as it says. */
export function isTextValid(text: unknown, lengthMax: number): text is string {
  if (typeof text !== 'string' || text.length < 1 || text.length > lengthMax) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  return !/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text);
}

/** An address as the engine keeps it. */
export function isAddressValid(address: unknown): address is string {
  return typeof address === 'string' && /^0x[0-9a-f]{40}$/.test(address);
}

/** 32 bytes as the chain's tools write them. */
export function isHashValid(hash: unknown): hash is string {
  return typeof hash === 'string' && /^0x[0-9a-f]{64}$/.test(hash);
}

export function isRoleValid(role: unknown): role is Role {
  return isIntegerIn(role, Role.trader, Role.admin);
}

export function isIntegerIn(value: unknown, low: number, high: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= low && value <= high;
}
