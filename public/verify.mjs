// Checks an audit export of a Ballast desk, with nothing but this file and walletSignatures.mjs beside it: no network, no
// packages, no desk.
//
//   node verify.mjs audit.jsonl [checkpoints.json] [--key <public key of the engine, 64 hex digits>] [--rpc <a node>]
//
// An export is one record a line, and last the seal: the engine's public key, the subtrees before the first record and
// the signed checkpoints. Without a key that came to you another way, the export says itself who signed it: then a log
// that was rewritten and signed anew with another key looks whole. The same file runs in a browser: `verifyExport`.
//
// Approvers whose wallet is a contract have no key anybody could check: the desk asked the chain. Given a node that has the
// state of those blocks, the same question is put again; without one they are counted and named, never passed as checked.

import { bytesOf, canonical, utf8, wrongSignature } from './walletSignatures.mjs';

/**
 * @typedef {{ line: number, record: number, what: string }} Problem
 * @typedef {{ size: number, merkleRoot: string, head: string, signature: string }} Checkpoint
 * @typedef {{ v: number, publicKey: string, first: number, count: number, before: Subtree[], checkpoints: Checkpoint[] }} Seal
 * @typedef {{ size: number, hash: string }} Subtree
 * @typedef {{ isWhole: boolean, problems: Problem[], count: number, sealedCount: number, first: number, last: number,
 *   head: string, checkpointCount: number, publicKey: string, isKeyPinned: boolean, notChecked: string[],
 *   signatureCount: number, contractCount: number, contractCheckedCount: number }} Report
 * @typedef {{ chainId: number, blockNumber: number, blockHash: string, digest: string, signature: string }} ContractFact
 * @typedef {ContractFact & { approver: string, line: number, record: number }} ContractApproval
 * @typedef {{ next: number, prev: string | undefined, subtrees: Subtree[], sealedCount: number, line: number,
 *   marks: Map<number, { root: string, head: string }>, sizes: Set<number>, problems: Problem[],
 *   signatureCount: number, actionHashes: Map<number, string>, contracts: ContractApproval[] }} Walk
 */

const DOMAIN = 'ballast-audit-1';
const NO_HASH = '0'.repeat(64);
const PROBLEMS_MAX = 100;

/** What a whole export does not prove. */
export const notChecked = [
  'Whose wallet is whose: that the people behind the addresses are those you know.',
  'What is in records that are sealed: only their place and their hash.',
  'That the last checkpoint is the newest there is: hold its size and head against what the desk shows.',
];

/**
 * Checks a whole export.
 *
 * @param {string | Uint8Array} content the file
 * @param {{ checkpoints?: string, publicKey?: string, rpc?: string }} [options] the seal when it came in a file of its own;
 *   the key that is trusted; a node to ask about contracts
 * @returns {Promise<Report>}
 */
export async function verifyExport(content, options = {}) {
  const text = textOf(content);
  if (text === undefined) return failed('It is not UTF-8 text.');
  if (!text.endsWith('\n')) return failed('It does not end with a line’s end: the rest is missing.');
  const lines = text.slice(0, -1).split('\n');
  const sealLine = options.checkpoints?.trim() ?? lines.pop() ?? '';
  const seal = readSeal(sealLine);
  if (typeof seal === 'string') return failed(`The seal cannot be read: ${seal}`, lines.length + 1);
  const walk = beginWalk(seal);
  for (const line of lines) walkLine(walk, line);
  return await endWalk(walk, seal, options.publicKey, options.rpc);
}

/** @param {Seal} seal @returns {Walk} */
export function beginWalk(seal) {
  const marks = new Map();
  const sizes = new Set(seal.checkpoints.map(({ size }) => size));
  const prev = seal.first === 1 ? NO_HASH : undefined;
  const subtrees = [...seal.before];
  const noted = { sealedCount: 0, signatureCount: 0, actionHashes: new Map(), problems: [], contracts: [] };
  return { next: seal.first, prev, subtrees, line: 1, marks, sizes, ...noted };
}

/**
 * Checks the next line and takes it in; what is wrong is noted.
 *
 * @param {Walk} walk @param {string} line
 */
export function walkLine(walk, line) {
  const wanted = walk.next;
  const record = parsed(line);
  const problem = record === undefined ? 'It is no record.' : wrongIn(walk, record, line);
  if (problem !== undefined && walk.problems.length < PROBLEMS_MAX)
    walk.problems.push({ line: walk.line, record: wanted, what: problem });
  noteContracts(walk, record);
  const hash = isHash(record?.hash) ? record.hash : undefined;
  walk.line += 1;
  walk.prev = hash;
  walk.next = (Number.isSafeInteger(record?.seq) ? record.seq : wanted) + 1;
  append(walk.subtrees, hash ?? NO_HASH);
  if (walk.sizes.has(wanted)) walk.marks.set(wanted, { root: rootOf(walk.subtrees), head: hash ?? '' });
}

/** @param {Walk} walk @param {Seal} seal @param {string} [trustedKey] @param {string} [rpc] @returns {Promise<Report>} */
export async function endWalk(walk, seal, trustedKey, rpc) {
  const problems = [...walk.problems];
  const count = walk.line - 1;
  const last = seal.first + seal.count - 1;
  const say = (/** @type {string} */ what, record = last) => problems.push({ line: walk.line, record, what });
  if (count !== seal.count) say(`${seal.count} records were sealed, ${count} are here.`);
  if (trustedKey !== undefined && trustedKey.toLowerCase() !== seal.publicKey)
    say(`It is signed by ${seal.publicKey}, which is not the key you trust.`);
  if (seal.checkpoints.at(-1)?.size !== last) say('No checkpoint covers the last record.');
  for (const checkpoint of seal.checkpoints) {
    const what = await wrongWith(checkpoint, walk, seal.publicKey);
    if (what !== undefined) say(`Checkpoint ${checkpoint.size}: ${what}`, checkpoint.size);
  }
  const contracts = await checkContracts(walk.contracts, rpc);
  problems.push(...contracts.problems);
  return {
    isWhole: problems.length === 0,
    problems,
    count,
    sealedCount: walk.sealedCount,
    signatureCount: walk.signatureCount,
    first: seal.first,
    last,
    head: seal.checkpoints.at(-1)?.head ?? '',
    checkpointCount: seal.checkpoints.length,
    publicKey: seal.publicKey,
    isKeyPinned: trustedKey !== undefined,
    notChecked: [...notChecked, ...contracts.notChecked],
    contractCount: walk.contracts.length,
    contractCheckedCount: contracts.checkedCount,
  };
}

/** Keeps what a record says of approvers whose wallet is a contract; each stands in the record it was given in. */
function noteContracts(/** @type {Walk} */ walk, /** @type {any} */ record) {
  const { approver, contract } = (Array.isArray(record?.approvals) && record.approvals.at(-1)) || {};
  if (typeof contract?.signature !== 'string' || typeof contract.digest !== 'string') return;
  if (approver !== record.actor?.address || !String(record.action).startsWith('Decide')) return;
  walk.contracts.push({ ...contract, approver, line: walk.line, record: record.seq });
}

/** Asks the chain what the desk asked it. A node that does not know the block says nothing either way. */
async function checkContracts(/** @type {ContractApproval[]} */ contracts, /** @type {string | undefined} */ rpc) {
  const found = { checkedCount: 0, problems: /** @type {Problem[]} */ ([]), notChecked: /** @type {string[]} */ ([]) };
  for (const each of contracts) {
    const { approver, blockNumber, line, record } = each;
    const word = rpc === undefined ? undefined : await askedAt(rpc, each);
    if (word === VALID) found.checkedCount += 1;
    else if (word === undefined)
      found.notChecked.push(
        `Record ${record}: ${approver} is a contract, checked against the chain only, at block ${blockNumber}.`,
      );
    else found.problems.push({ line, record, what: `Contract ${approver} does not take the signature as its own.` });
  }
  return found;
}

/** What the probe that the desk uses answers at the same block: see engine/settlement/wallets/SignatureProbe.sol. */
async function askedAt(/** @type {string} */ rpc, /** @type {ContractApproval} */ each) {
  const bytes = each.signature.slice(2);
  const word = (/** @type {string | number} */ value) => value.toString(16).replace(/^0x/, '').padStart(64, '0');
  const padded = bytes.padEnd(Math.ceil(bytes.length / 64) * 64, '0');
  const given = [each.approver, each.digest, 128, GAS_EACH, bytes.length / 2].map(word).join('') + padded;
  const call = { data: PROBE + given, gas: `0x${GAS_ALL.toString(16)}` };
  const chain = await asked(rpc, 'eth_chainId', []);
  if (Number(chain) !== each.chainId) return undefined;
  const answer = await asked(rpc, 'eth_call', [call, { blockHash: each.blockHash }]);
  return answer === undefined ? undefined : Number(answer);
}

async function asked(/** @type {string} */ rpc, /** @type {string} */ method, /** @type {unknown[]} */ params) {
  try {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const headers = { 'content-type': 'application/json', 'x-ballast': '1' };
    const response = await fetch(rpc, { method: 'POST', headers, body });
    return (await response.json()).result;
  } catch {
    return undefined;
  }
}

const VALID = 2;
const GAS_EACH = 5_000_000;
const GAS_ALL = 17_000_000;
export const PROBE =
  '0x608060405234801561000f575f5ffd5b506040516103af3803806103af83398101604081905261002e9161029e565b5f61003a8584846100bb565b935090505f6001600160a01b0386163b156100b35750600161005e86868686610160565b156100b3575f8560405160200161007791815260200190565b6040516020818303038152906040528051906020012090506100a18782878761016060201b60201c565b6100ac5760026100af565b60035b9150505b805f5260205ff35b81515f9060609060208110156100d7575f859250925050610158565b848101517f6492649264926492649264926492649264926492649264926492649264926492811461010f575f86935093505050610158565b601f19820186525f808061012889860160208b016102fb565b925092509250896001600160a01b03163b5f0361014d575f5f8351602085015f878df1505b600196509450505050505b935093915050565b5f5f631626ba7e60e01b858560405160240161017d929190610372565b60408051601f19818403018152919052602080820180516001600160e01b03166001600160e01b03199094169390931783525f808052825192945092839283918b89fa5f519250601f3d111690508080156101de5750630b135d3f60e11b82145b98975050505050505050565b6001600160a01b03811681146101fe575f5ffd5b50565b634e487b7160e01b5f52604160045260245ffd5b5f82601f830112610224575f5ffd5b81516001600160401b0381111561023d5761023d610201565b604051601f8201601f19908116603f011681016001600160401b038111828210171561026b5761026b610201565b604052818152838201602001851015610282575f5ffd5b8160208501602083015e5f918101602001919091529392505050565b5f5f5f5f608085870312156102b1575f5ffd5b84516102bc816101ea565b6020860151604087015191955093506001600160401b038111156102de575f5ffd5b6102ea87828801610215565b606096909601519497939650505050565b5f5f5f6060848603121561030d575f5ffd5b8351610318816101ea565b60208501519093506001600160401b03811115610333575f5ffd5b61033f86828701610215565b604086015190935090506001600160401b0381111561035c575f5ffd5b61036886828701610215565b9150509250925092565b828152604060208201525f82518060408401528060208501606085015e5f606082850101526060601f19601f830116840101915050939250505056fe';

/** @param {string} line @returns {Seal | string} the seal, or what is wrong with it */
export function readSeal(line) {
  const seal = parsed(line);
  if (seal === undefined || !Array.isArray(seal.checkpoints)) return 'it is not JSON of that shape.';
  if (canonical(seal) !== line) return 'it was written by something else, or changed.';
  if (seal.v !== 1) return `version ${seal.v} is not known here.`;
  if (!isHash(seal.publicKey)) return 'its key is not 32 bytes.';
  if (!isCount(seal.first) || !isCount(seal.count)) return 'it does not say which records it is of.';
  if (!Array.isArray(seal.before) || !seal.before.every((each) => isHash(each?.hash) && isCount(each?.size)))
    return 'its subtrees are none.';
  if (seal.before.reduce((sum, { size }) => sum + size, 0) !== seal.first - 1)
    return 'its subtrees are not those before its first record.';
  return seal;
}

/** An agreement carries its wallet's signature, unless the wallet is a contract; so does what a wallet asked for. */
function wrongSigned(/** @type {Walk} */ walk, /** @type {any} */ { approvals, signed, ...record }) {
  const { approver, sigHash = '', contract } = (Array.isArray(approvals) && approvals.at(-1)) || {};
  const isOwed = sigHash !== '' && contract === undefined;
  if (signed === undefined) return isOwed ? 'It names an agreement and carries no signature of it.' : undefined;
  walk.signatureCount += 1;
  if (isOwed && (approver !== record.actor?.address || sha256(utf8(String(signed?.signature))) !== sigHash))
    return 'The signature it carries is not the one of its agreement.';
  return wrongSignature({ ...record, signed }, walk.actionHashes);
}

/** What is wrong with a line; undefined when nothing is. */
function wrongIn(/** @type {Walk} */ walk, /** @type {any} */ record, /** @type {string} */ line) {
  if (canonical(record) !== line) return 'It was written by something else, or changed.';
  if (record.seq !== walk.next) return `Record ${record.seq} stands where record ${walk.next} belongs.`;
  if (!isHash(record.hash)) return 'It has no hash.';
  if (Object.keys(record).length === 2) {
    walk.sealedCount += 1;
    return undefined;
  }
  if (walk.prev !== undefined && record.prev !== walk.prev) return 'It does not follow the record before it.';
  const { hash, ...rest } = record;
  if (sha256(utf8(`${record.prev}${canonical(rest)}`)) !== hash) return 'Its content does not match its hash.';
  const wrong = wrongSigned(walk, record);
  if (wrong !== undefined) return wrong;
  return sha256(utf8(canonical(record.params))) === record.paramsHash
    ? undefined
    : 'Its parameters do not match their hash.';
}

/** @returns {Promise<string | undefined>} */
async function wrongWith(
  /** @type {Checkpoint} */ checkpoint,
  /** @type {Walk} */ walk,
  /** @type {string} */ publicKey,
) {
  const { signature, ...terms } = checkpoint;
  const mark = walk.marks.get(checkpoint.size);
  if (mark === undefined) return 'the record it ends with is not here.';
  if (mark.head !== checkpoint.head) return 'its head is not the hash of the record it ends with.';
  if (mark.root !== checkpoint.merkleRoot) return 'its Merkle root is not that of the records.';
  if (!/^[0-9a-f]{128}$/.test(signature)) return 'it is not signed.';
  return (await isSigned(canonical({ ...terms, domain: DOMAIN }), signature, publicKey))
    ? undefined
    : 'its signature is not by the engine’s key.';
}

async function isSigned(
  /** @type {string} */ text,
  /** @type {string} */ signature,
  /** @type {string} */ publicKey,
) {
  const { subtle } = globalThis.crypto;
  try {
    const key = await subtle.importKey('raw', bytesOf(publicKey), { name: 'Ed25519' }, false, ['verify']);
    return await subtle.verify({ name: 'Ed25519' }, key, bytesOf(signature), utf8(text));
  } catch {
    // Bytes that are no point of the curve; a browser without Ed25519 may not say that all is well either.
    return false;
  }
}

/** RFC 6962 over the records' hashes, kept as the roots of its full subtrees. */
function append(/** @type {Subtree[]} */ subtrees, /** @type {string} */ hash) {
  let last = { size: 1, hash: sha256(joined(0, hash)) };
  while (subtrees.at(-1)?.size === last.size) {
    const left = /** @type {Subtree} */ (subtrees.pop());
    last = { size: left.size * 2, hash: sha256(joined(1, left.hash + last.hash)) };
  }
  subtrees.push(last);
}

function rootOf(/** @type {Subtree[]} */ subtrees) {
  const hashes = subtrees.map(({ hash }) => hash);
  return hashes.reduceRight((right, left) => sha256(joined(1, left + right)));
}

function joined(/** @type {number} */ prefix, /** @type {string} */ hex) {
  return Uint8Array.of(prefix, ...bytesOf(hex));
}

function parsed(/** @type {string} */ line) {
  try {
    const value = JSON.parse(line);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function failed(/** @type {string} */ what, line = 1) {
  const nothing = { count: 0, sealedCount: 0, first: 0, last: 0, head: '', checkpointCount: 0, publicKey: '' };
  const contracts = { signatureCount: 0, contractCount: 0, contractCheckedCount: 0 };
  return {
    isWhole: false,
    problems: [{ line, record: 0, what }],
    ...nothing,
    isKeyPinned: false,
    notChecked,
    ...contracts,
  };
}

function isHash(/** @type {unknown} */ value) {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function isCount(/** @type {unknown} */ value) {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

function textOf(/** @type {string | Uint8Array} */ content) {
  if (typeof content === 'string') return content;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}

/** SHA-256 of FIPS 180-4, written out, because a browser's own is asynchronous and slow for many short texts. */
export function sha256(/** @type {Uint8Array} */ bytes) {
  const state = Uint32Array.of(...START);
  const words = new Uint32Array(64);
  const padded = new Uint8Array((bytes.length + 72) & ~63);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x2000_0000));
  view.setUint32(padded.length - 4, bytes.length << 3);
  for (let at = 0; at < padded.length; at += 64) compress(state, words, view, at);
  return [...state].map((word) => word.toString(16).padStart(8, '0')).join('');
}

function compress(
  /** @type {Uint32Array} */ state,
  /** @type {Uint32Array} */ words,
  /** @type {DataView} */ view,
  /** @type {number} */ from,
) {
  for (let t = 0; t < 16; t++) words[t] = view.getUint32(from + 4 * t);
  for (let t = 16; t < 64; t++) {
    const [w15, w2] = [words[t - 15], words[t - 2]];
    const s0 = turn(w15, 7) ^ turn(w15, 18) ^ (w15 >>> 3);
    const s1 = turn(w2, 17) ^ turn(w2, 19) ^ (w2 >>> 10);
    words[t] = words[t - 16] + s0 + words[t - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let t = 0; t < 64; t++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const one = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[t] + words[t]) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  for (const [at, each] of [a, b, c, d, e, f, g, h].entries()) state[at] += each;
}

function turn(/** @type {number} */ word, /** @type {number} */ by) {
  return (word >>> by) | (word << (32 - by));
}

/** First 32 bits of the fractions of roots of the first primes: FIPS 180-4, 4.2.2 and 5.3.3. */
function fractions(/** @type {number} */ count, /** @type {number} */ root) {
  const primes = [2];
  for (let n = 3; primes.length < count; n += 2) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return Uint32Array.from(primes, (prime) => (prime ** (1 / root) % 1) * 0x1_0000_0000);
}

const START = fractions(8, 2);
const ROUND = fractions(64, 3);

/** From a command line: prints what was found and ends with 0 only when the export is whole. */
async function main(/** @type {string[]} */ argv) {
  const { readFileSync } = process.getBuiltinModule('node:fs');
  const given = [...argv];
  const optionOf = (/** @type {string} */ name) => {
    const at = given.indexOf(name);
    return at === -1 ? undefined : (given.splice(at, 2)[1] ?? '');
  };
  const publicKey = optionOf('--key');
  const rpc = optionOf('--rpc');
  const [file, sealFile] = given;
  if (file === undefined || publicKey === '' || rpc === '') {
    console.log('node verify.mjs audit.jsonl [checkpoints.json] [--key <public key>] [--rpc <address of a node>]');
    return 2;
  }
  const checkpoints = sealFile === undefined ? undefined : readFileSync(sealFile, 'utf8');
  const report = await verifyExport(readFileSync(file), { checkpoints, publicKey, rpc });
  for (const { line, record, what } of report.problems)
    console.log(`line ${line}, record ${record}: ${what}`);
  const { count, first, last, sealedCount, checkpointCount, signatureCount, contractCount } = report;
  console.log(`${count} records (${first} to ${last}), ${sealedCount} of them sealed, ${checkpointCount} checkpoints.`);
  console.log(`Signed by ${report.publicKey}${report.isKeyPinned ? '' : ': hold this key against one you trust (--key)'}.`);
  console.log(`${signatureCount} signatures of wallets held against what their records say.`);
  console.log(`${contractCount} approvals of contracts, ${report.contractCheckedCount} of them asked again here.`);
  for (const each of report.notChecked) console.log(`Not checked: ${each}`);
  console.log(report.isWhole ? 'WHOLE: nothing was changed, left out, added or moved.' : 'NOT WHOLE.');
  return report.isWhole ? 0 : 1;
}

const isCommand = globalThis.process?.argv?.[1]?.endsWith('verify.mjs') && globalThis.process.getBuiltinModule;
if (isCommand)
  main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
