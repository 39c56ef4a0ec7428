// Whose wallet signed what a record of an audit export says: EIP-712 typed data, keccak-256 and the recovery of a secp256k1
// signature's key, written out, so that nobody needs a package, a desk or a network to know who agreed.
//
// It stands beside verify.mjs, which uses it on every record that carries a wallet's signature.

/**
 * @typedef {{ name: string, type: string }} Field
 * @typedef {{ domain: Record<string, unknown>, types: Record<string, Field[]>, primaryType: string,
 *   message: Record<string, any> }} TypedData
 */

/**
 * What is wrong with the wallet's signature of a record, or between what was signed and what the record says.
 *
 * @param {any} record @param {Map<number, string>} actionHashes of what was asked for, by proposal: filled as records pass
 * @returns {string | undefined} undefined when nothing is
 */
export function wrongSignature(record, actionHashes) {
  const { signed, actor, action } = record;
  let typedData;
  let signer;
  let asked = '';
  try {
    typedData = /** @type {TypedData} */ (JSON.parse(signed.text));
    signer = signerOf(typedDataDigest(typedData), signed.signature);
    const kind = typedData.types.Propose?.find(({ name }) => name === 'action')?.type;
    if (kind !== undefined) asked = `0x${structHash(kind, typedData.types, typedData.message.action)}`;
  } catch {
    return 'What was signed is no typed data.';
  }
  if (signer !== actor.address)
    return `It is signed by ${signer ?? 'nobody'}, and the record says by ${actor.address}.`;
  const { primaryType, message } = typedData;
  const unlike = (/** @type {[string, unknown, unknown][]} */ pairs) => {
    const found = pairs.find(([, was, is]) => !isSame(was, is));
    return found && `The wallet signed another ${found[0]} than the record says.`;
  };
  if (primaryType === 'Propose') {
    if (record.proposal > 0) actionHashes.set(record.proposal, asked);
    return unlike([...ofAsking(typedData, record), ['proposer', message.proposer, actor.address]]);
  }
  if (primaryType !== 'Approval') return undefined;
  const wanted = actionHashes.get(record.proposal);
  if (wanted !== undefined && wanted !== message.actionHash)
    return 'It agrees to another action than was asked for.';
  const { params } = record;
  return unlike([
    ['action', `Decide.${message.action}`, action],
    ['proposal', BigInt(message.requestId), params.proposal],
    ['approver', message.approver, actor.address],
    ...['decision', 'reason', 'actionHash', 'policyHash'].map((name) => same(name, message[name], params[name])),
    ['sequence', message.minSeq, params.seqMin],
    ['deadline', message.deadline, params.deadlineMs],
  ]);
}

/** @returns {[string, unknown, unknown]} */
function same(/** @type {string} */ name, /** @type {unknown} */ was, /** @type {unknown} */ is) {
  return [name, was, is];
}

/** The fields of the action that was asked for, as signed and as recorded. */
function ofAsking(/** @type {TypedData} */ { types, message }, /** @type {any} */ { action, firm, params }) {
  const kind = types.Propose.find(({ name }) => name === 'action')?.type ?? '';
  const parts = (/** @type {any[]} */ given) =>
    given.map(({ transfer, port, move }, at) => {
      const { kind: _, ...recorded } = params.parts?.[at] ?? {};
      return same(`part ${at + 1}`, { ...[...transfer, ...port, ...move][0] }, recorded);
    });
  return [
    same('action', `Propose.${kind}`, action),
    same('firm', message.firm, firm),
    ...(kind === 'ChangeSet'
      ? [same('number of parts', message.action.parts.length, params.parts?.length), ...parts(message.action.parts)]
      : types[kind].map(({ name }) => same(name, message.action[name], params[name]))),
  ];
}

/** What a field that an action leaves out is signed as. */
const BLANK = new Set(['', '0', 'false', 'null', 'undefined']);

/**
 * Whether a signed value is the recorded one: wallets take numbers as text, lists as lists, and what is no atom as
 * canonical JSON.
 */
function isSame(/** @type {any} */ signed, /** @type {any} */ recorded) {
  if (recorded === undefined) return BLANK.has(String(signed));
  if (typeof recorded !== 'object' || recorded === null) return isAlike(String(signed), String(recorded));
  if (typeof signed === 'string') return isAlike(signed, canonical(recorded));
  const names = new Set([...Object.keys(signed ?? {}), ...Object.keys(recorded)]);
  return [...names].every((name) => isSame(signed?.[name], recorded[name]));
}

/** A character that could make a line look like another stands in a record as U+FFFD. */
function isAlike(/** @type {string} */ was, /** @type {string} */ is) {
  if (was.length !== is.length) return false;
  return was.split('').every((each, at) => each === is[at] || is[at] === '\ufffd');
}

/** The names a domain may have, in the order of EIP-712. */
const DOMAIN_FIELDS = [
  { name: 'name', type: 'string' },
  { name: 'version', type: 'string' },
  { name: 'chainId', type: 'uint256' },
  { name: 'verifyingContract', type: 'address' },
  { name: 'salt', type: 'bytes32' },
];

/** What a wallet signs of typed data. @returns {string} 32 bytes as hex */
export function typedDataDigest(/** @type {TypedData} */ { domain, types, primaryType, message }) {
  const fields = DOMAIN_FIELDS.filter(({ name }) => domain[name] !== undefined);
  const separator = structHash('EIP712Domain', { EIP712Domain: fields }, domain);
  return keccak256(bytesOf(`1901${separator}${structHash(primaryType, types, message)}`));
}

/** hashStruct of EIP-712. @returns {string} 32 bytes as hex @throws where a value does not fit its type */
export function structHash(
  /** @type {string} */ name,
  /** @type {Record<string, Field[]>} */ types,
  /** @type {Record<string, any>} */ value,
) {
  const words = types[name].map((field) => word(field.type, types, value[field.name]));
  return keccak256(bytesOf(keccak256(utf8(typeText(name, types))) + words.join('')));
}

/** The type's own text, and behind it those of the structs it refers to, by name. */
function typeText(/** @type {string} */ name, /** @type {Record<string, Field[]>} */ types) {
  const found = new Set([name]);
  for (const each of found)
    for (const { type } of types[each]) if (types[bare(type)] !== undefined) found.add(bare(type));
  const [, ...inner] = found;
  const text = (/** @type {string} */ each) =>
    `${each}(${types[each].map((field) => `${field.type} ${field.name}`).join(',')})`;
  return [name, ...inner.sort()].map(text).join('');
}

function bare(/** @type {string} */ type) {
  return type.replace(/(\[\d*\])+$/, '');
}

/** A value as the 32 bytes its type is hashed as. @returns {string} */
function word(
  /** @type {string} */ type,
  /** @type {Record<string, Field[]>} */ types,
  /** @type {any} */ value,
) {
  const list = /^(.*)\[\d*\]$/.exec(type);
  if (list !== null)
    return keccak256(bytesOf(value.map((/** @type {any} */ each) => word(list[1], types, each)).join('')));
  if (types[type] !== undefined) return structHash(type, types, value);
  if (type === 'string') return keccak256(utf8(String(value)));
  if (type === 'bytes') return keccak256(bytesOf(hexIn(value)));
  if (type === 'bool') return integerWord(value === true ? 1n : 0n);
  if (/^bytes\d+$/.test(type)) return hexIn(value).padEnd(64, '0');
  if (type === 'address') return hexIn(value).padStart(64, '0');
  if (/^u?int\d*$/.test(type)) return integerWord(BigInt(value));
  throw new Error(`no type of EIP-712: ${type}`);
}

function integerWord(/** @type {bigint} */ value) {
  return BigInt.asUintN(256, value).toString(16).padStart(64, '0');
}

function hexIn(/** @type {unknown} */ value) {
  if (typeof value !== 'string' || !/^0x([0-9a-fA-F]{2})*$/.test(value)) throw new Error('no hex');
  return value.slice(2).toLowerCase();
}

// secp256k1: y² = x³ + 7 over the field of P, with N points made by G (SEC 2, 2.4.1).
const P = 2n ** 256n - 2n ** 32n - 977n;
const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const G = {
  x: 0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798n,
  y: 0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8n,
  z: 1n,
};
const INFINITY = { x: 1n, y: 1n, z: 0n };
/** @typedef {{ x: bigint, y: bigint, z: bigint }} Point as x/z² and y/z³; z = 0 at infinity */

/**
 * Whose key made a signature of a digest (SEC 1, 4.1.6).
 *
 * @param {string} digest 32 bytes as hex @param {string} signature r, s and v, 65 bytes as hex with 0x
 * @returns {string | undefined} the address, lower case with 0x; undefined when nobody's key made it
 */
export function signerOf(digest, signature) {
  if (!/^0x[0-9a-fA-F]{130}$/.test(signature)) return undefined;
  const [r, s] = [BigInt(signature.slice(0, 66)), BigInt(`0x${signature.slice(66, 130)}`)];
  const v = Number.parseInt(signature.slice(130), 16);
  const parity = v >= 27 ? v - 27 : v;
  if (r === 0n || r >= N || s === 0n || s >= N || parity > 1) return undefined;
  const square = modulo(r ** 3n + 7n, P);
  const root = power(square, (P + 1n) / 4n, P);
  if (modulo(root * root, P) !== square) return undefined;
  const made = { x: r, y: (root & 1n) === BigInt(parity) ? root : P - root, z: 1n };
  const inverse = power(r, N - 2n, N);
  const ofDigest = modulo(-BigInt(`0x${digest}`) * inverse, N);
  const { x, y, z } = sumOfTimes(G, ofDigest, made, modulo(s * inverse, N));
  if (z === 0n) return undefined;
  // Of a prime field: Fermat's little theorem.
  const flat = power(z, P - 2n, P);
  const perSquare = modulo(flat * flat, P);
  const key = integerWord(modulo(x * perSquare, P)) + integerWord(modulo(y * perSquare * flat, P));
  return `0x${keccak256(bytesOf(key)).slice(24)}`;
}

/** a·m + b·n, both scalars walked at once. @returns {Point} */
function sumOfTimes(
  /** @type {Point} */ a,
  /** @type {bigint} */ m,
  /** @type {Point} */ b,
  /** @type {bigint} */ n,
) {
  const both = plus(a, b);
  let sum = INFINITY;
  for (let bit = 255n; bit >= 0n; bit--) {
    sum = doubled(sum);
    const [hasA, hasB] = [(m >> bit) & 1n, (n >> bit) & 1n];
    if (hasA && hasB) sum = plus(sum, both);
    else if (hasA) sum = plus(sum, a);
    else if (hasB) sum = plus(sum, b);
  }
  return sum;
}

/** @returns {Point} */
function plus(/** @type {Point} */ a, /** @type {Point} */ b) {
  if (a.z === 0n) return b;
  if (b.z === 0n) return a;
  const [aa, bb] = [modulo(a.z * a.z, P), modulo(b.z * b.z, P)];
  const [ax, bx] = [modulo(a.x * bb, P), modulo(b.x * aa, P)];
  const [ay, by] = [modulo(a.y * bb * b.z, P), modulo(b.y * aa * a.z, P)];
  if (ax === bx) return ay === by ? doubled(a) : INFINITY;
  const [run, rise] = [bx - ax, by - ay];
  const run2 = modulo(run * run, P);
  const run3 = modulo(run2 * run, P);
  const x = modulo(rise * rise - run3 - 2n * ax * run2, P);
  return { x, y: modulo(rise * (ax * run2 - x) - ay * run3, P), z: modulo(run * a.z * b.z, P) };
}

/** @returns {Point} */
function doubled(/** @type {Point} */ { x, y, z }) {
  const yy = modulo(y * y, P);
  const inner = modulo(4n * x * yy, P);
  const slope = modulo(3n * x * x, P);
  const nextX = modulo(slope * slope - 2n * inner, P);
  const nextY = modulo(slope * (inner - nextX) - 8n * yy * yy, P);
  return { x: nextX, y: nextY, z: modulo(2n * y * z, P) };
}

function modulo(/** @type {bigint} */ value, /** @type {bigint} */ of) {
  const rest = value % of;
  return rest < 0n ? rest + of : rest;
}

function power(/** @type {bigint} */ base, /** @type {bigint} */ exponent, /** @type {bigint} */ of) {
  let result = 1n;
  let square = base;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % of;
    square = (square * square) % of;
  }
  return result;
}

const LANE = 2n ** 64n - 1n;
/** How far the lanes turn, and where to, along the one way through all 24 of them (FIPS 202, 3.2.2 and 3.2.3). */
const WAY = Array.from({ length: 24 }).reduce(
  (/** @type {{ at: number, turn: number }[]} */ way, _, step) => {
    const [x, y] = step === 0 ? [1, 0] : [way[step - 1].at % 5, Math.floor(way[step - 1].at / 5)];
    const at = step === 0 ? 1 : y + 5 * ((2 * x + 3 * y) % 5);
    return way.concat({ at, turn: (((step + 1) * (step + 2)) / 2) % 64 });
  },
  [],
);
/** Constants of the 24 rounds, from the shift register of FIPS 202, 3.2.5. */
const ROUNDS = roundConstants();

function roundConstants() {
  let register = 1;
  return Array.from({ length: 24 }, () => {
    let constant = 0n;
    for (let bit = 0; bit < 7; bit++) {
      if (register & 1) constant |= 1n << BigInt(2 ** bit - 1);
      register = register & 0x80 ? ((register << 1) ^ 0x171) & 0xff : register << 1;
    }
    return constant;
  });
}

/** keccak-256 as Ethereum has it: SHA-3 before its last change of padding. @returns {string} 32 bytes as hex */
export function keccak256(/** @type {Uint8Array} */ bytes) {
  const rate = 136;
  const padded = new Uint8Array((Math.floor(bytes.length / rate) + 1) * rate);
  padded.set(bytes);
  padded[bytes.length] = 1;
  padded[padded.length - 1] |= 0x80;
  const view = new DataView(padded.buffer);
  const lanes = /** @type {bigint[]} */ (Array(25).fill(0n));
  for (let from = 0; from < padded.length; from += rate) {
    for (let lane = 0; lane < rate / 8; lane++) lanes[lane] ^= view.getBigUint64(from + 8 * lane, true);
    permute(lanes);
  }
  const out = new DataView(new ArrayBuffer(32));
  for (let lane = 0; lane < 4; lane++) out.setBigUint64(8 * lane, lanes[lane], true);
  return hexOf(new Uint8Array(out.buffer));
}

function permute(/** @type {bigint[]} */ lanes) {
  for (const constant of ROUNDS) {
    const columns = [0, 1, 2, 3, 4].map((x) => [0, 5, 10, 15, 20].reduce((sum, y) => sum ^ lanes[x + y], 0n));
    for (let at = 0; at < 25; at++)
      lanes[at] ^= columns[(at + 4) % 5] ^ turned(columns[(at + 1) % 5], 1);
    let carried = lanes[1];
    for (let step = 0; step < 24; step++) {
      const to = WAY[(step + 1) % 24].at;
      [carried, lanes[to]] = [lanes[to], turned(carried, WAY[step].turn)];
    }
    for (let y = 0; y < 25; y += 5) {
      const row = lanes.slice(y, y + 5);
      for (let x = 0; x < 5; x++) lanes[y + x] = row[x] ^ (~row[(x + 1) % 5] & LANE & row[(x + 2) % 5]);
    }
    lanes[0] ^= constant;
  }
}

function turned(/** @type {bigint} */ lane, /** @type {number} */ by) {
  return ((lane << BigInt(by)) | (lane >> BigInt(64 - by))) & LANE;
}

/** The one text of a value: RFC 8785, for whole numbers. @returns {string} */
export function canonical(/** @type {any} */ value) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

export function utf8(/** @type {string} */ text) {
  return new TextEncoder().encode(text);
}

export function bytesOf(/** @type {string} */ hex) {
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}

function hexOf(/** @type {Uint8Array} */ bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
