import { type HDAccount, mnemonicToAccount } from 'viem/accounts';
import { hexToString, isHex } from 'viem/utils';
import type { Wallet, WalletProvider } from '../discover.ts';
import { askNode, nodeReads } from './node.ts';
import {
  type Person,
  peopleByGroup,
  SANDBOX_CHAIN_ID,
  SANDBOX_MNEMONIC,
  SANDBOX_RDNS,
  walletIdOf,
} from './people.ts';
import { askPerson, type Field, type WalletQuestion } from './prompt.ts';
import { type AskedTransaction, sendSigned, transactionQuestion, wholeTransaction } from './transaction.ts';

interface TypedData {
  domain: Record<string, unknown>;
  types: Record<string, readonly { name: string; type: string }[]>;
  primaryType: string;
  message: Record<string, unknown>;
}

/** An EIP-1193 wallet of one sandbox person. It signs nothing that its person has not been shown. */
function createProvider(person: Person): WalletProvider {
  let account: HDAccount | undefined;
  let isConnected = false;
  // Deriving a key takes a tenth of a second, so it waits until somebody wants it.
  const key = () => {
    account ??= mnemonicToAccount(SANDBOX_MNEMONIC, { addressIndex: person.index });
    return account;
  };
  const ask = async (question: WalletQuestion) => {
    const isApproved = await askPerson(person.name, key().address, question);
    if (!isApproved) throw refusal(4001, 'The person rejected the request.');
  };
  return {
    async request({ method, params = [] }) {
      switch (method) {
        case 'eth_accounts':
          return isConnected ? [key().address] : [];
        case 'eth_requestAccounts':
          if (!isConnected) await ask({ kind: 'connect', origin: location.origin });
          isConnected = true;
          return [key().address];
        case 'eth_chainId':
          return `0x${SANDBOX_CHAIN_ID.toString(16)}`;
        case 'personal_sign': {
          const message = messageText(params[0]);
          await ask({ kind: 'message', text: message });
          return key().signMessage({ message });
        }
        case 'eth_signTypedData_v4': {
          const typedData = JSON.parse(String(params[1])) as TypedData;
          refuseForeign(typedData);
          await ask(questionOf(typedData));
          return key().signTypedData(typedData);
        }
        case 'eth_sendTransaction': {
          const whole = await wholeTransaction(params[0] as AskedTransaction, key().address);
          await ask(transactionQuestion(whole));
          return await sendSigned(key(), whole);
        }
        default:
          if (nodeReads.has(method)) return await askNode(method, params);
          throw refusal(4200, `The sandbox wallet does not know ${method}.`);
      }
    },
  };
}

/** Announces the people of the sandbox, trader first, and again whenever a page asks who is there. */
export function announceSandboxWallets(): () => void {
  const wallets = peopleByGroup.flatMap(({ people }) => people.map(walletOf));
  const announce = () => {
    for (const wallet of wallets) {
      window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail: Object.freeze(wallet) }));
    }
  };
  window.addEventListener('eip6963:requestProvider', announce);
  announce();
  return () => window.removeEventListener('eip6963:requestProvider', announce);
}

function walletOf(person: Person): Wallet {
  const letter = person.name[0] ?? '';
  const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" fill="#222a33"/><text x="12" y="17" font-family="sans-serif" font-size="14" text-anchor="middle" fill="#e6eaf0">${letter}</text></svg>`;
  return {
    info: {
      uuid: walletIdOf(person),
      name: person.name,
      icon: `data:image/svg+xml,${encodeURIComponent(icon)}`,
      rdns: SANDBOX_RDNS,
    },
    provider: createProvider(person),
  };
}

function messageText(data: unknown): string {
  return isHex(data) ? hexToString(data) : String(data);
}

/** The keys are public, so the only promise left is that they never sign for a chain that is not the sandbox. */
function refuseForeign({ domain }: TypedData): void {
  if (Number(domain.chainId) !== SANDBOX_CHAIN_ID) throw refusal(4901, 'Not a sandbox chain.');
}

function questionOf({ domain, primaryType, types, message }: TypedData): WalletQuestion {
  const domainFields: Field[] = Object.entries(domain).map(([name, value]) => ({
    name,
    value: shown(value),
  }));
  return {
    kind: 'typedData',
    domain: domainFields,
    primaryType,
    fields: fieldsOf(types, primaryType, message),
  };
}

/** Every field in the order it is signed; those of a struct inside under its name. */
function fieldsOf(types: TypedData['types'], of: string, values: Record<string, unknown>): Field[] {
  return (types[of] ?? []).flatMap(({ name, type }) => {
    const value = values[name];
    const item = type.endsWith('[]') ? type.slice(0, -2) : '';
    if (types[item] !== undefined)
      return (value as Record<string, unknown>[]).flatMap((each, at) =>
        fieldsOf(types, item, each).map((field) => ({ ...field, name: `${name}[${at}].${field.name}` })),
      );
    if (types[type] === undefined) return [{ name, value: shown(value) }];
    const inner = fieldsOf(types, type, value as Record<string, unknown>);
    return [{ name, value: type }, ...inner.map((field) => ({ ...field, name: `${name}.${field.name}` }))];
  });
}

function shown(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function refusal(code: number, message: string): Error {
  return Object.assign(new Error(message), { code });
}
