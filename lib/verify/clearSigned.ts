import {
  type ClearSigningFile,
  type DisplayField,
  encodedType,
} from '../../engine/protocol/typed/clearSigning.ts';

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
  if (format.required.some((path) => valuesAt(text.message, path).includes(undefined))) return undefined;
  return { intent: format.intent, rows: rowsOf(format.fields, text.message) };
}

/** Of a list of structs one item after the other, each with all of its own. */
function rowsOf(fields: readonly DisplayField[], within: unknown): ClearSigned['rows'] {
  return fields.flatMap((field) => {
    if ('fields' in field) return valuesAt(within, field.path).flatMap((item) => rowsOf(field.fields, item));
    return [{ label: field.label, value: shown(valuesAt(within, field.path.replace(/\.\[\]$/, ''))[0]) }];
  });
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

/** Everything at a path, where `[]` is every item of a list: undefined for what is not there. */
function valuesAt(message: unknown, path: string): unknown[] {
  return path.split('.').reduce<unknown[]>(
    (values, name) =>
      values.flatMap((value) => {
        if (name === '[]') return Array.isArray(value) ? value : [undefined];
        return [(value as Record<string, unknown> | undefined)?.[name]];
      }),
    [message],
  );
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '(none)' : value.map(String).join(', ');
  return value === '' ? '(none)' : String(value);
}
