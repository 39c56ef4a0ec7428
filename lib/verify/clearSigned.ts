import { type ClearSigningFile, encodedType } from '../../engine/protocol/typed/clearSigning.ts';

/** What a wallet that reads ERC-7730 shows of a text. */
export interface ClearSigned {
  readonly intent: string;
  readonly rows: readonly { readonly label: string; readonly value: string }[];
}

interface SignedText {
  readonly domain: object;
  readonly types: Readonly<Record<string, readonly { name: string; type: string }[]>>;
  readonly primaryType: string;
  readonly message: Readonly<Record<string, unknown>>;
}

/**
 * A text as a file of descriptors has it shown, knowing nothing of what the text is about.
 *
 * @returns undefined where the file is not about this text: another domain or chain, a type that it does not know, or
 *   one that lacks a field it requires
 */
export function clearSigned(file: ClearSigningFile, text: SignedText): ClearSigned | undefined {
  if (!isOf(file, text.domain)) return undefined;
  const key = encodedType(text.types, text.primaryType);
  const format = Object.hasOwn(file.display.formats, key) ? file.display.formats[key] : undefined;
  if (format === undefined) return undefined;
  if (format.required.some((path) => valueAt(text.message, path) === undefined)) return undefined;
  return {
    intent: format.intent,
    rows: format.fields.map(({ label, path }) => ({ label, value: shown(valueAt(text.message, path)) })),
  };
}

function isOf({ context }: ClearSigningFile, given: object): boolean {
  const domain = given as Readonly<Record<string, unknown>>;
  const { domain: named, deployments } = context.eip712;
  const isNamed = Object.entries(named).every(([key, value]) => domain[key] === value);
  const contract = String(domain.verifyingContract).toLowerCase();
  return (
    isNamed &&
    deployments.some(
      ({ chainId, address }) =>
        String(domain.chainId) === String(chainId) && address.toLowerCase() === contract,
    )
  );
}

function valueAt(message: unknown, path: string): unknown {
  return path
    .replace(/\.\[\]$/, '')
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], message);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '(none)' : value.map(String).join(', ');
  return value === '' ? '(none)' : String(value);
}
