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
  const checkpoint = lines.slice(empty + 1).join('\n');
  const split = checkpoint.indexOf('\n\n');
  const body = checkpoint.slice(0, split + 1);
  const [origin, size, rootHash] = body.split('\n');
  return {
    entry: extra ? bytes(extra.slice(6)) : null,
    index: head[at].slice(6),
    path: head.slice(at + 1).filter(Boolean).map(bytes),
    body, origin, size, rootHash,
    signatures: checkpoint.slice(split + 2).split('\n').filter((line) => line.startsWith('— ')).map((line) => {
      const [, name, value] = line.split(' ');
      return { name, value: bytes(value) };
    }),
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

/** Verifies a receipt; answers whether it is good, and in which words. */
export async function verify(receipt, vkey, decision) {
  try {
    const parts = parse(receipt);
    if (!parts.entry) throw new Error('the receipt does not carry its entry');
    const leaf = JSON.parse(new TextDecoder().decode(parts.entry));
    if (leaf.decision !== undefined && leaf.decision !== decision && leaf.id !== decision) throw new Error('the receipt is about another decision');
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
