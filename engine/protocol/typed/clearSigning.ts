import { type ActionKind, actionNumbers } from '../commands/actionNumbers.ts';
import { approveAgentTypes } from '../wire/session.ts';
import { approvalTypes, commentTypes, proposeTypes, withdrawTypes } from './firmTypedData.ts';
import type { TypedData } from './typedData.ts';

/** What a wallet shows: a field, or several of each struct of a list. */
export type DisplayField = DisplayValue | DisplayList;

/** Of each item of a list of structs these fields, one item after the other; their paths start at the item. */
export interface DisplayList {
  readonly path: string;
  readonly fields: readonly DisplayField[];
}

/** One field as a wallet shows it. Its path starts at the message; `[]` is every item of a list. */
export interface DisplayValue {
  readonly path: string;
  readonly label: string;
  readonly format: 'raw' | 'addressName';
  readonly params?: { readonly types: readonly string[] };
}

/** What a wallet shows of one type. */
export interface DisplayFormat {
  readonly intent: string;
  readonly fields: readonly DisplayField[];
  /** Paths without which it must not be shown as understood. */
  readonly required: readonly string[];
}

/** An ERC-7730 file: what each type that this desk lets a wallet sign looks like on the wallet's own screen. */
export interface ClearSigningFile {
  readonly $schema: string;
  readonly context: {
    readonly $id: string;
    readonly eip712: {
      readonly domain: { readonly name: string; readonly version: string };
      readonly deployments: readonly { readonly chainId: number; readonly address: string }[];
      readonly schemas: readonly Pick<TypedData, 'primaryType' | 'types'>[];
    };
  };
  readonly metadata: { readonly owner: string };
  /** By the type's whole text (encodeType of EIP-712): a request is another type for each action in it. */
  readonly display: { readonly formats: Readonly<Record<string, DisplayFormat>> };
}

/** Every type there is to sign, and what signing it means. */
export function typedSchemas(): { intent: string; primaryType: string; types: TypedData['types'] }[] {
  const kinds = Object.keys(actionNumbers) as ActionKind[];
  return [
    ...kinds.map((kind) => ({
      intent: `Ask for: ${wordsOf(kind)}`,
      primaryType: 'Propose',
      types: proposeTypes(kind),
    })),
    { intent: 'Decide a proposal', primaryType: 'Approval', types: approvalTypes },
    { intent: 'Take back a proposal', primaryType: 'WithdrawProposal', types: withdrawTypes },
    { intent: 'Comment on a proposal', primaryType: 'CommentProposal', types: commentTypes },
    { intent: 'Let a key trade', primaryType: 'ApproveAgent', types: approveAgentTypes },
  ];
}

/**
 * The ERC-7730 file of a desk, made of the types themselves: a type or field that is added is in it.
 *
 * @param desk whose chain and vault stand in the domain of everything signed there
 * @see https://eips.ethereum.org/EIPS/eip-7730
 */
export function clearSigningFile(desk: { chainId: number; vault: string }): ClearSigningFile {
  const schemas = typedSchemas();
  return {
    $schema: 'https://eips.ethereum.org/assets/eip-7730/erc7730-v1.schema.json',
    context: {
      $id: 'Ballast',
      eip712: {
        domain: { name: 'Ballast', version: '1' },
        deployments: [{ chainId: desk.chainId, address: desk.vault }],
        schemas: schemas.map(({ primaryType, types }) => ({ primaryType, types })),
      },
    },
    metadata: { owner: 'Ballast' },
    display: {
      formats: Object.fromEntries(
        schemas.map(({ intent, primaryType, types }) => {
          const fields = displayFields(types, primaryType, '');
          return [
            encodedType(types, primaryType),
            { intent, fields, required: fields.flatMap((field) => pathsOf(field, '')) },
          ];
        }),
      ),
    },
  };
}

/** encodeType of EIP-712: the type, then what it refers to, by name. */
export function encodedType(types: TypedData['types'], primaryType: string): string {
  const others = Object.keys(types)
    .filter((name) => name !== primaryType && name !== 'EIP712Domain')
    .sort();
  return [primaryType, ...others]
    .map((name) => `${name}(${types[name]!.map((field) => `${field.type} ${field.name}`).join(',')})`)
    .join('');
}

function displayFields(types: TypedData['types'], type: string, before: string): DisplayField[] {
  return (types[type] ?? []).flatMap((field): DisplayField[] => {
    const path = `${before}${field.name}`;
    if (types[field.type] !== undefined) return displayFields(types, field.type, `${path}.`);
    const item = field.type.endsWith('[]') ? field.type.slice(0, -2) : '';
    if (types[item] !== undefined)
      return [{ path: `${path}.[]`, fields: itemFields(types, item, field.name) }];
    const label = labelOf(field.name, types[type]!);
    if (field.type === 'address')
      return [{ path, label, format: 'addressName', params: { types: ['eoa', 'wallet'] } }];
    return [{ path: field.type.endsWith('[]') ? `${path}.[]` : path, label, format: 'raw' }];
  });
}

/** Under what they are the fields of: a list of structs has no label of its own. */
function itemFields(types: TypedData['types'], type: string, list: string): DisplayField[] {
  const fields = displayFields(types, type, '');
  if (types[type]!.some((field) => types[field.type.replace('[]', '')] !== undefined)) return fields;
  const words = (label: string) => `${label.charAt(0).toLowerCase()}${label.slice(1)}`;
  return fields.map((field) =>
    'label' in field ? { ...field, label: `${wordsOf(list)}: ${words(field.label)}` } : field,
  );
}

/** The paths of all values, from the message on. */
function pathsOf(field: DisplayField, before: string): string[] {
  const path = `${before}${field.path}`;
  return 'fields' in field ? field.fields.flatMap((each) => pathsOf(each, `${path}.`)) : [path];
}

/** What a name alone would not say. Units stand in brackets: numbers are shown as they are signed. */
const labels: Readonly<Record<string, string>> = {
  summary: 'In words',
  amount: 'Amount (smallest units)',
  lots: 'Size (lots)',
  sizeLots: 'Size (lots)',
  priceTicks: 'Price (ticks, 0 is the mark)',
  // Of the signature, beside an end that the action itself may have.
  deadline: 'Signature good until (ms since 1970)',
  expiresAtMs: 'Good until (ms since 1970)',
  deadlineMs: 'Good until (ms since 1970)',
  notionalPerHourUsd: 'Opens an hour at most (micro-USD, 0 is no end)',
  dayUsd: 'In a day at most (micro-USD, 0 is no end)',
  destinationDayUsd: 'To one address in a day at most (micro-USD, 0 is no end)',
  minSeq: 'Not before sequence',
  requestId: 'Proposal',
  everyMinutes: 'Every (minutes)',
  startMinuteUtc: 'From minute of the UTC day',
};

function labelOf(name: string, siblings: readonly { name: string }[]): string {
  const known = labels[name];
  // An order is never at the mark: its price is what it says.
  if (name === 'priceTicks' && siblings.some((each) => each.name === 'timeInForce')) return 'Price (ticks)';
  return known ?? wordsOf(name);
}

/** `policyHash` → `Policy hash`. */
function wordsOf(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
