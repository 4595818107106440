// Verifies a receipt (C2SP tlog-proof) in the browser: the path of hashes to the checkpoint's root, and its signature.

const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const hex = (all) => [...all].map((one) => one.toString(16).padStart(2, '0')).join('');
const sha = async (...parts) => new Uint8Array(await crypto.subtle.digest('SHA-256', await new Blob(parts).arrayBuffer()));
const leafHash = (entry) => sha(new Uint8Array([0]), entry);
const nodeHash = (left, right) => sha(new Uint8Array([1]), left, right);

/** The root that a path leads to (RFC 9162, 2.1.3.2). */
async function root(hash, index, size, path) {
  let at = BigInt(index);
  let last = BigInt(size) - 1n;
  for (const other of path) {
    if (last === 0n) throw new Error('the proof is too long');
    if (at % 2n === 1n || at === last) {
      hash = await nodeHash(other, hash);
      while (at % 2n === 0n && at !== 0n) { at /= 2n; last /= 2n; }
    } else {
      hash = await nodeHash(hash, other);
    }
    at /= 2n;
    last /= 2n;
  }
  if (last !== 0n) throw new Error('the proof is too short');
  return hash;
}

/** The parts of a receipt. */
export function parse(receipt) {
  const lines = receipt.split('\n');
  const empty = lines.indexOf('');
  const head = lines.slice(0, empty);
  if (!/^c2sp\.org\/tlog-proof@v1$/.test(head[0])) throw new Error('this is no receipt');
  const extra = head.find((line) => line.startsWith('extra '));
  const at = head.findIndex((line) => line.startsWith('index '));
  return {
    ...note(lines.slice(empty + 1).join('\n')),
    entry: extra ? new TextEncoder().encode(JSON.parse(new TextDecoder().decode(bytes(extra.slice(6)))).entry) : null,
    index: head[at].slice(6),
    path: head.slice(at + 1).filter(Boolean).map(bytes),
  };
}

async function signed(parts, vkey) {
  const pieces = vkey.trim().split('+');
  const name = pieces[0];
  const id = pieces[1];
  const key = bytes(pieces.slice(2).join('+'));
  const own = parts.signatures.find((one) => one.name === name && hex(one.value.slice(0, 4)) === id);
  if (!own) throw new Error(`the checkpoint is not signed by ${name}`);
  let imported;
  try {
    imported = await crypto.subtle.importKey('raw', key.slice(1), 'Ed25519', false, ['verify']);
  } catch {
    return null;
  }
  return crypto.subtle.verify('Ed25519', imported, own.value.slice(4), new TextEncoder().encode(parts.body));
}

/** A checkpoint and its signatures. */
function note(text) {
  const split = text.indexOf('\n\n');
  const body = text.slice(0, split + 1);
  const [origin, size, rootHash] = body.split('\n');
  const signatures = text.slice(split + 2).split('\n').filter((line) => line.startsWith('— ')).map((line) => {
    const [, name, value] = line.split(' ');
    return { name, value: bytes(value) };
  });
  return { body, origin, size, rootHash, signatures };
}

const numbered = (index) => {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0').match(/.{3}/g);
  return digits.map((three, at) => (at < digits.length - 1 ? `x${three}` : three)).join('/');
};

/** A tile of the log as it is for a size, its bytes. */
async function tile(level, index, count) {
  const width = Math.min(256, count - index * 256);
  const answer = await fetch(`/v1/audit/tile/${level}/${numbered(index)}${width === 256 ? '' : `.p/${width}`}`);
  if (!answer.ok) throw new Error(`the log does not give tile ${index} of level ${level}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** The root of the log's first entries, from its tiles. */
async function rootOf(size) {
  const known = new Map();
  const read = async (level, index) => {
    const key = `${level}/${Math.floor(index / 256)}`;
    if (!known.has(key)) known.set(key, tile(level, Math.floor(index / 256), Math.floor(size / 256 ** level)));
    const hashes = await known.get(key);
    return hashes.slice((index % 256) * 32, (index % 256) * 32 + 32);
  };
  const node = async (height, index) => (height % 8 === 0 ? read(height / 8, index)
    : nodeHash(await node(height - 1, index * 2), await node(height - 1, index * 2 + 1)));
  const over = async (from, count) => {
    const height = Math.floor(Math.log2(count));
    if (2 ** height === count) return node(height, from / count);
    const left = 2 ** height;
    return nodeHash(await node(height, from / left), await over(from + left, count - left));
  };
  return { root: await over(0, size), leaf: (index) => read(0, index) };
}

/** The newest entries of the log, newest first. */
export async function leaves(checkpoint, most) {
  const size = Number(note(checkpoint).size);
  const found = [];
  for (let bundle = Math.floor((size - 1) / 256); bundle >= 0 && found.length < most; bundle -= 1) {
    const all = await tile('entries', bundle, size);
    const here = [];
    for (let at = 0; at < all.length;) {
      const length = all[at] * 256 + all[at + 1];
      const entry = all.slice(at + 2, at + 2 + length);
      here.push({ index: bundle * 256 + here.length, entry, leaf: JSON.parse(new TextDecoder().decode(entry)) });
      at += 2 + length;
    }
    found.push(...here.reverse());
  }
  return found.slice(0, most);
}

/** Verifies the log as far as its checkpoint tells: the signature, the root of its tiles, and its newest entries. */
export async function verifyLog(checkpoint, vkey) {
  try {
    const parts = note(checkpoint);
    const signature = await signed(parts, vkey);
    if (signature === false) throw new Error('the checkpoint’s signature is wrong');
    const size = Number(parts.size);
    const tree = await rootOf(size);
    if (hex(tree.root) !== hex(bytes(parts.rootHash))) throw new Error('the tiles do not make the checkpoint’s root');
    const newest = await leaves(checkpoint, 256);
    for (const { index, entry } of newest) {
      if (hex(await leafHash(entry)) !== hex(await tree.leaf(index))) throw new Error(`entry ${index} is not what its hash says`);
    }
    return { good: true, words: `Verified in this browser: the hashes of ${size.toLocaleString('en-US')} entries make the root ${hex(tree.root).slice(0, 16)}…${signature ? ', which the log’s key signed' : '; this browser cannot check the signature'}; the newest ${newest.length} entries are what their hashes say.` };
  } catch (error) {
    return { good: false, words: `Not verified: ${error.message}.` };
  }
}

/** Verifies a receipt; answers whether it is good, and in which words. */
export async function verify(receipt, vkey, decision) {
  try {
    const parts = parse(receipt);
    if (!parts.entry) throw new Error('the receipt does not carry its entry');
    const leaf = JSON.parse(new TextDecoder().decode(parts.entry));
    if (leaf.id !== decision) throw new Error('the receipt is about another decision');
    const found = await root(await leafHash(parts.entry), parts.index, parts.size, parts.path);
    if (hex(found) !== hex(bytes(parts.rootHash))) throw new Error('the hashes do not lead to the checkpoint’s root');
    const signature = await signed(parts, vkey);
    if (signature === false) throw new Error('the checkpoint’s signature is wrong');
    const told = `Entry ${Number(parts.index).toLocaleString('en-US')} of ${Number(parts.size).toLocaleString('en-US')} in ${parts.origin}: ${parts.path.length} hashes lead to the checkpoint’s root ${hex(found).slice(0, 16)}…`;
    return { good: true, words: signature ? `Verified in this browser. ${told}, which the log’s key signed.` : `Verified in this browser, except for the signature, which this browser cannot check. ${told}.` };
  } catch (error) {
    return { good: false, words: `Not verified: ${error.message}.` };
  }
}
