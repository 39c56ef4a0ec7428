// Checks an exit kit of a Ballast vault and makes the transactions by which its accounts leave, with nothing but this file:
// no packages, no desk. Beside exit.html it is that page; in Node it is a command:
//
//   node exit.js kit.json [--root 0x…] [--rpc <a node>]
//
// A classic script on purpose: a browser runs it from a folder too.
(() => {
  const FORMAT = 'ballast-exit-kit-1';
  const DEPTH = 20;
  const ASSETS_MAX = 8;
  const WORD = /^0x[0-9a-f]{64}$/;
  const ADDRESS = /^0x[0-9a-f]{40}$/;
  const UINT = /^(0|[1-9][0-9]{0,38})$/;
  const LIMIT_128 = 1n << 128n;
  const ROOT =
    'Root(bytes32 accountsRoot,bytes32 withdrawalsRoot,bytes32 stateHash,bytes32 journalHead,bytes32 metaHash,uint64 epoch,uint64 seq,uint64 engineTime,uint64 depositCursor,uint128[] sums,bytes32 parent)';

  // keccak256, as Ethereum has it: 1600 bits, 1088 of them taken at a time, padded with 0x01.

  const RATE = 136;
  const LANE = (1n << 64n) - 1n;

  /** Round constants of a shift register: one bit in 2^k − 1 for each k. */
  const ROUNDS = (() => {
    let register = 1;
    return Array.from({ length: 24 }, () => {
      let constant = 0n;
      for (let k = 0; k < 7; k++) {
        if (register & 1) constant |= 1n << BigInt((1 << k) - 1);
        register = register & 0x80 ? ((register << 1) ^ 0x171) & 0xff : register << 1;
      }
      return constant;
    });
  })();

  const turn = (/** @type {bigint} */ lane, /** @type {number} */ by) =>
    ((lane << BigInt(by)) | (lane >> BigInt(64 - by))) & LANE;

  /** @param {bigint[]} a 25 lanes, x + 5y */
  function permute(a) {
    for (const constant of ROUNDS) {
      const c = [0, 1, 2, 3, 4].map((x) => a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20]);
      for (let x = 0; x < 5; x++) {
        const d = c[(x + 4) % 5] ^ turn(c[(x + 1) % 5], 1);
        for (let y = 0; y < 25; y += 5) a[x + y] ^= d;
      }
      let [x, y, moved] = [1, 0, a[1]];
      for (let step = 0; step < 24; step++) {
        [x, y] = [y, (2 * x + 3 * y) % 5];
        const next = a[x + 5 * y];
        a[x + 5 * y] = turn(moved, (((step + 1) * (step + 2)) / 2) % 64);
        moved = next;
      }
      for (let row = 0; row < 25; row += 5) {
        const [r0, r1, r2, r3, r4] = a.slice(row, row + 5);
        a[row] = r0 ^ (~r1 & LANE & r2);
        a[row + 1] = r1 ^ (~r2 & LANE & r3);
        a[row + 2] = r2 ^ (~r3 & LANE & r4);
        a[row + 3] = r3 ^ (~r4 & LANE & r0);
        a[row + 4] = r4 ^ (~r0 & LANE & r1);
      }
      a[0] ^= constant;
    }
  }

  /** @param {string} digits hex without 0x @returns {string} 64 digits */
  function keccak(digits) {
    const count = digits.length / 2;
    const bytes = new Uint8Array((Math.floor(count / RATE) + 1) * RATE);
    for (let at = 0; at < count; at++) bytes[at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16);
    bytes[count] ^= 0x01;
    bytes[bytes.length - 1] ^= 0x80;
    const view = new DataView(bytes.buffer);
    const lanes = Array(25).fill(0n);
    for (let from = 0; from < bytes.length; from += RATE) {
      for (let lane = 0; lane < RATE / 8; lane++) lanes[lane] ^= view.getBigUint64(from + 8 * lane, true);
      permute(lanes);
    }
    const out = new DataView(new ArrayBuffer(32));
    for (let lane = 0; lane < 4; lane++) out.setBigUint64(8 * lane, lanes[lane], true);
    return Array.from({ length: 32 }, (_, at) => out.getUint8(at).toString(16).padStart(2, '0')).join('');
  }

  const textDigits = (/** @type {string} */ text) =>
    Array.from(text, (letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('');

  // Words of 32 bytes, and what the vault's functions are given: a part is a word, or has its own length and stands behind.

  const word = (/** @type {bigint | number | string} */ value) => BigInt(value).toString(16).padStart(64, '0');
  const bare = (/** @type {string} */ hex) => hex.slice(2);

  /** @typedef {{ digits: string, isDynamic: boolean }} Part */
  /** @returns {Part} */
  const one = (/** @type {bigint | number | string} */ value) => ({ digits: word(value), isDynamic: false });
  /** @returns {Part} */
  const list = (/** @type {readonly (bigint | string)[]} */ values) => ({
    digits: word(values.length) + values.map(word).join(''),
    isDynamic: true,
  });
  /** @returns {Part} */
  const bytes = (/** @type {string} */ hex) => ({
    digits: word(bare(hex).length / 2) + bare(hex).padEnd(Math.ceil(bare(hex).length / 64) * 64, '0'),
    isDynamic: true,
  });
  /** @returns {Part} */
  function tuple(/** @type {readonly Part[]} */ parts) {
    let behind = 0;
    for (const part of parts) behind += part.isDynamic ? 32 : part.digits.length / 2;
    let [heads, tails] = ['', ''];
    for (const part of parts) {
      heads += part.isDynamic ? word(behind + tails.length / 2) : part.digits;
      if (part.isDynamic) tails += part.digits;
    }
    return { digits: heads + tails, isDynamic: parts.some((part) => part.isDynamic) };
  }

  const callOf = (/** @type {string} */ signature, /** @type {readonly Part[]} */ parts) =>
    `0x${keccak(textDigits(signature)).slice(0, 8)}${tuple(parts).digits}`;

  const leafPart = (/** @type {any} */ { sub, detail, entitled }) => tuple([one(sub), one(detail), list(entitled.map(BigInt))]);
  const pathPart = (/** @type {any} */ { index, siblings, sums }) =>
    tuple([one(index), list(siblings), list(sums.map(BigInt))]);

  /** Pays all that a frozen vault's root leaves the account; to another address only with the owner's signature. */
  function escapeData(/** @type {any} */ { leaf, path }, to = ownerOf(leaf.sub), signature = '0x') {
    const signed = 'escape((bytes32,bytes32,uint128[]),(uint256,bytes32[],uint128[]),address,bytes)';
    return callOf(signed, [leafPart(leaf), pathPart(path), one(to), bytes(signature)]);
  }

  /** Stops a vault for which no root came for too long. */
  const freezeData = () => callOf('freeze()', []);

  /** @param {number | string} id of a deposit that no root counts */
  function reclaimData(id) {
    must(UINT.test(String(id)), 'A deposit has a number.');
    return callOf('reclaim(uint256)', [one(id)]);
  }

  /** @param {string} text the desk's answer: epoch, withdrawal and proof */
  function claimData(text) {
    const { epoch, withdrawal, proof } = parsed(text);
    must(isCount(epoch) && Array.isArray(proof) && proof.every(isWord), 'It is no withdrawal with its proof.');
    const { sub, nonce, asset, amount, to, seq } = withdrawal ?? {};
    const isWhole = isWord(sub) && isCount(nonce) && isCount(asset) && asset < ASSETS_MAX && isCount(seq);
    must(isWhole && isUnits(amount) && isAddress(to), 'The withdrawal is not whole.');
    const leaf = tuple([sub, nonce, asset, amount, to, seq].map((each) => one(each)));
    return callOf('claim((bytes32,uint64,uint8,uint128,address,uint64),uint64,bytes32[])', [leaf, one(epoch), list(proof)]);
  }

  // The kit: read as from a stranger.

  function must(/** @type {unknown} */ holds, /** @type {string} */ sentence) {
    if (!holds) throw new Error(sentence);
  }

  const isWord = (/** @type {unknown} */ value) => typeof value === 'string' && WORD.test(value);
  const isAddress = (/** @type {unknown} */ value) => typeof value === 'string' && ADDRESS.test(value.toLowerCase());
  const isCount = (/** @type {unknown} */ value) => Number.isSafeInteger(value) && Number(value) >= 0;
  const isUnits = (/** @type {unknown} */ value) =>
    typeof value === 'string' && UINT.test(value) && BigInt(value) < LIMIT_128;
  const ownerOf = (/** @type {string} */ sub) => sub.slice(0, 42);

  /** @returns {any} */
  function parsed(/** @type {string} */ text) {
    try {
      const value = JSON.parse(text);
      if (value !== null && typeof value === 'object') return value;
    } catch {}
    throw new Error('It is no JSON of a desk.');
  }

  /**
   * @param {string} text
   * @returns {{ chainId: number, vault: string, accounts: any[] }}
   * @throws Error with a sentence where it is no kit, or one whose accounts are not whole
   */
  function readKit(text) {
    const kit = parsed(text);
    must(kit.format === FORMAT, `It is no kit that this page reads: its format is not ${FORMAT}.`);
    must(isCount(kit.chainId) && isAddress(kit.vault), 'The kit names no vault.');
    must(Array.isArray(kit.accounts) && kit.accounts.length > 0, 'There is no account in the kit.');
    for (const [place, account] of kit.accounts.entries()) {
      const what = wrongIn(account?.proof, kit);
      must(what === undefined, `Account ${place + 1} of the kit: ${what}`);
    }
    return { chainId: kit.chainId, vault: kit.vault.toLowerCase(), accounts: kit.accounts };
  }

  /** @returns {string | undefined} */
  function wrongIn(/** @type {any} */ proof, /** @type {any} */ kit) {
    const { leaf, path, root } = proof ?? {};
    if (!leaf || !path || !root) return 'leaf, path or root is missing.';
    const width = Array.isArray(leaf.entitled) ? leaf.entitled.length : 0;
    const isLeaf = width > 0 && width <= ASSETS_MAX && isWord(leaf.sub) && isWord(leaf.detail) && leaf.entitled.every(isUnits);
    if (!isLeaf) return 'the leaf is not whole.';
    const { index, siblings, sums } = path;
    const isPath = isCount(index) && index < 2 ** DEPTH && Array.isArray(siblings) && Array.isArray(sums);
    if (!isPath || siblings.length !== DEPTH || sums.length !== DEPTH * width) return 'the path is not whole.';
    if (!siblings.every(isWord) || !sums.every(isUnits)) return 'the path is not whole.';
    const words = ['accountsRoot', 'withdrawalsRoot', 'stateHash', 'journalHead', 'metaHash', 'parent'];
    const counts = ['epoch', 'seq', 'engineTime', 'depositCursor'];
    const isRoot = words.every((name) => isWord(root[name])) && counts.every((name) => isCount(root[name]));
    if (!isRoot || !Array.isArray(root.sums) || root.sums.length !== width || !root.sums.every(isUnits))
      return 'the root is not whole.';
    if (!isWord(proof.hash) || proof.epoch !== root.epoch) return 'the root’s name is not its own.';
    if (proof.chainId !== kit.chainId || String(proof.vault).toLowerCase() !== kit.vault.toLowerCase())
      return 'it is of another vault.';
    return undefined;
  }

  // The tree: each node commits to the sums of both children.

  /** @returns {{ hash: string, sums: bigint[] } | undefined} undefined where a sum is larger than the vault's numbers */
  function topOf(/** @type {any} */ leaf, /** @type {any} */ path) {
    const owner = ownerOf(leaf.sub);
    const body = tuple([one(leaf.sub), one(owner), one(leaf.detail), list(leaf.entitled.map(BigInt))]).digits;
    let hash = keccak(`00${keccak(body)}`);
    let sums = leaf.entitled.map(BigInt);
    for (const [level, sibling] of path.siblings.entries()) {
      const beside = path.sums.slice(level * sums.length, (level + 1) * sums.length).map(BigInt);
      const own = sums.map(word).join('') + hash;
      const other = beside.map(word).join('') + bare(sibling);
      hash = keccak(`01${(path.index >> level) & 1 ? other + own : own + other}`);
      sums = sums.map((/** @type {bigint} */ sum, /** @type {number} */ asset) => sum + beside[asset]);
      if (sums.some((/** @type {bigint} */ sum) => sum >= LIMIT_128)) return undefined;
    }
    return { hash: `0x${hash}`, sums };
  }

  /** What the vault keeps of a root: EIP-712's hash of the struct. */
  function rootHashOf(/** @type {any} */ root) {
    const sums = keccak(root.sums.map((/** @type {string} */ sum) => word(sum)).join(''));
    const head = ['accountsRoot', 'withdrawalsRoot', 'stateHash', 'journalHead', 'metaHash'].map((name) => bare(root[name]));
    const numbers = ['epoch', 'seq', 'engineTime', 'depositCursor'].map((name) => word(root[name]));
    return `0x${keccak([keccak(textDigits(ROOT)), ...head, ...numbers, sums, bare(root.parent)].join(''))}`;
  }

  /**
   * What is wrong with an account of a kit that was read.
   *
   * @param {any} account
   * @param {string} [trusted] a root hash or an accounts root from somewhere else
   * @returns {string[]} sentences; none where it holds
   */
  function problemsOf({ proof, escape }, trusted = '') {
    const { leaf, path, root } = proof;
    const problems = [];
    const top = topOf(leaf, path);
    const isTotal = top?.sums.every((/** @type {bigint} */ sum, /** @type {number} */ asset) => sum === BigInt(root.sums[asset]));
    if (top?.hash !== root.accountsRoot || !isTotal) problems.push('The leaf is not in the root.');
    if (rootHashOf(root) !== proof.hash) problems.push('The root does not have the hash that is said of it.');
    if (trusted !== '' && trusted !== proof.hash && trusted !== root.accountsRoot)
      problems.push('The root is not the one you trust.');
    const isOurs = escape === undefined || (escape.data === escapeData(proof) && String(escape.to).toLowerCase() === proof.vault.toLowerCase());
    if (!isOurs) problems.push('The transaction in the kit is not the one this page makes.');
    return problems;
  }

  // The vault, asked through whoever the reader trusts.

  /** @typedef {(method: string, params: unknown[]) => Promise<any>} Ask */

  /** @returns {Ask} */
  const nodeAt = (/** @type {string} */ address) => async (method, params) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const response = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const { result, error } = await response.json();
    must(error === undefined, `The node refused: ${error?.message}`);
    return result;
  };

  /** @returns {Promise<{ isFrozen: boolean, epoch: number, sentence: string }>} the epoch by which one leaves now */
  async function vaultState(/** @type {Ask} */ ask, /** @type {{ chainId: number, vault: string }} */ { chainId, vault }) {
    const chain = Number(await ask('eth_chainId', []));
    must(chain === chainId, `The node is of chain ${chain}, the vault of ${chainId}.`);
    const view = async (/** @type {string} */ signature) =>
      BigInt((await ask('eth_call', [{ to: vault, data: callOf(signature, []) }, 'latest'])) || '0x0');
    const isFrozen = (await view('frozen()')) === 1n;
    const epoch = Number(await view('finalEpoch()'));
    const sentence = isFrozen
      ? `The vault is frozen at root ${epoch}: accounts leave by that one.`
      : `The vault is not frozen; its newest final root is ${epoch}.`;
    return { isFrozen, epoch, sentence };
  }

  /** What the vault says against an account's proof. @returns {Promise<string[]>} */
  async function problemsOnChain(/** @type {Ask} */ ask, /** @type {any} */ { proof }) {
    const data = callOf('rootHash(uint64)', [one(proof.epoch)]);
    const hash = await ask('eth_call', [{ to: proof.vault, data }, 'latest']);
    const { isFrozen, epoch } = await vaultState(ask, proof);
    const problems = [];
    if (hash !== proof.hash) problems.push(`The vault keeps another root ${proof.epoch}.`);
    if (isFrozen && epoch !== proof.epoch) problems.push(`The vault froze at root ${epoch}, this proof is of ${proof.epoch}.`);
    return problems;
  }

  const api = {
    keccak,
    readKit,
    topOf,
    rootHashOf,
    problemsOf,
    problemsOnChain,
    vaultState,
    nodeAt,
    escapeData,
    freezeData,
    reclaimData,
    claimData,
  };
  Object.assign(globalThis, { ballastExit: api });

  // The page.

  const STYLE =
    ':root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}main{max-width:46rem;margin:2rem auto;padding:0 1rem}' +
    'label{display:block;margin:.75rem 0}input,textarea{display:block;width:100%;box-sizing:border-box;font:13px/1.4 monospace}' +
    '.wrong{color:#b00020}@media(prefers-color-scheme:dark){.wrong{color:#ff8a80}}';

  function openPage() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    document.adoptedStyleSheets = [sheet];
    const of = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (document.getElementById(id));
    const say = (/** @type {string} */ id, /** @type {string} */ sentence, isWrong = false) => {
      of(id).textContent = sentence;
      of(id).className = isWrong ? 'wrong' : '';
    };
    /** @type {{ chainId: number, vault: string } | undefined} */
    let vault;
    const show = (/** @type {string} */ data, /** @type {string} */ words) => {
      must(vault !== undefined, 'Check a kit first: it names the vault.');
      of('to').value = vault?.vault ?? '';
      of('data').value = data;
      say('words', words);
    };
    const on = (/** @type {string} */ id, /** @type {string} */ place, /** @type {() => unknown} */ act) =>
      of(id).addEventListener('click', async () => {
        try {
          await act();
        } catch (error) {
          say(place, error instanceof Error ? error.message : String(Object(error).message ?? error), true);
        }
      });

    const showAccount = async (/** @type {any} */ account, /** @type {Ask | undefined} */ ask) => {
      const problems = problemsOf(account, of('trusted').value.trim().toLowerCase());
      if (ask !== undefined) problems.push(...(await problemsOnChain(ask, account)));
      const { leaf, epoch } = account.proof;
      const place = document.createElement('article');
      const title = document.createElement('h3');
      title.textContent = String(account.label ?? leaf.sub);
      const words = document.createElement('p');
      words.textContent =
        problems.length > 0
          ? problems.join(' ')
          : `In root ${epoch}, owner ${ownerOf(leaf.sub)}. Units of each asset, before what was paid: ${leaf.entitled.join(', ')}.`;
      words.className = problems.length > 0 ? 'wrong' : '';
      place.append(title, words);
      if (problems.length === 0) {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = `Escape ${title.textContent}`;
        button.addEventListener('click', () =>
          show(escapeData(account.proof), `Pays what root ${epoch} leaves ${title.textContent} to ${ownerOf(leaf.sub)}. Only once the vault is frozen at this root.`),
        );
        place.append(button);
      }
      of('accounts').append(place);
    };

    of('kitFile').addEventListener('change', async () => {
      of('kitText').value = (await of('kitFile').files?.[0]?.text()) ?? '';
    });
    on('check', 'said', async () => {
      vault = undefined;
      of('accounts').replaceChildren();
      const kit = readKit(of('kitText').value);
      vault = kit;
      const ask = of('node').value.trim() === '' ? undefined : nodeAt(of('node').value.trim());
      for (const account of kit.accounts) await showAccount(account, ask);
      const state = ask === undefined ? 'Not held against the chain: no node is named.' : (await vaultState(ask, kit)).sentence;
      say('said', `${kit.accounts.length} ${kit.accounts.length === 1 ? 'account' : 'accounts'} of vault ${kit.vault} on chain ${kit.chainId}. ${state}`);
    });
    on('freeze', 'words', () => show(freezeData(), 'Freezes the vault for good, if no root came for too long.'));
    on('reclaim', 'words', () => show(reclaimData(of('depositId').value.trim()), 'Pays the deposit back to its owner.'));
    on('claim', 'words', () => show(claimData(of('withdrawal').value), 'Pays the withdrawal to where its owner asked for.'));
    on('send', 'sent', async () => {
      /** @type {{ request(call: { method: string, params?: unknown[] }): Promise<any> } | undefined} */
      const wallet = Object(globalThis).ethereum;
      must(wallet !== undefined, 'This browser has no wallet here: send the data with one that you have elsewhere.');
      must(of('data').value !== '', 'There is nothing to send yet.');
      const [from] = (await wallet?.request({ method: 'eth_requestAccounts' })) ?? [];
      const chain = Number(await wallet?.request({ method: 'eth_chainId' }));
      must(chain === vault?.chainId, `The wallet is on chain ${chain}, the vault on ${vault?.chainId}.`);
      const call = { from, to: of('to').value, data: of('data').value };
      const hash = await wallet?.request({ method: 'eth_sendTransaction', params: [call] });
      say('sent', `Sent as ${hash}.`);
    });
  }

  /** From a command line: prints what was found and the transactions; ends with 0 only when every account holds. */
  async function main(/** @type {string[]} */ argv) {
    const { readFileSync } = process.getBuiltinModule('node:fs');
    const given = [...argv];
    const optionOf = (/** @type {string} */ name) => {
      const at = given.indexOf(name);
      return at === -1 ? undefined : (given.splice(at, 2)[1] ?? '');
    };
    const [trusted, rpc] = [optionOf('--root'), optionOf('--rpc')];
    const [file] = given;
    if (file === undefined) {
      console.log('node exit.js kit.json [--root 0x…] [--rpc <address of a node>]');
      return 2;
    }
    const kit = readKit(readFileSync(file, 'utf8'));
    const ask = rpc === undefined ? undefined : nodeAt(rpc);
    let wrongCount = 0;
    for (const account of kit.accounts) {
      const problems = problemsOf(account, trusted?.toLowerCase());
      if (ask !== undefined) problems.push(...(await problemsOnChain(ask, account)));
      wrongCount += problems.length;
      console.log(`${account.label ?? account.proof.leaf.sub}: ${problems.join(' ') || 'holds'}`);
      if (problems.length === 0) console.log(`  escape: to ${kit.vault}, data ${escapeData(account.proof)}`);
    }
    console.log(ask === undefined ? 'Not held against the chain: --rpc names a node.' : (await vaultState(ask, kit)).sentence);
    return wrongCount === 0 ? 0 : 1;
  }

  const isCommand = globalThis.process?.argv?.[1]?.endsWith('exit.js') && globalThis.process.getBuiltinModule;
  if (typeof document !== 'undefined') openPage();
  else if (isCommand)
    main(process.argv.slice(2)).then(
      (code) => {
        process.exitCode = code;
      },
      (error) => {
        console.error(error.message);
        process.exitCode = 1;
      },
    );
})();
