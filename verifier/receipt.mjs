/** A caller's receipt, checked offline: an entry, its path to a root, the log's signature, witnesses' co-signatures. */
import { Buffer } from 'node:buffer';
import { readCbor, Tag } from './cbor.mjs';
import { Finding } from './finding.mjs';
import { equal, sha256 } from './merkle.mjs';
import { cosignedText } from './note.mjs';
import { verifyEd25519 } from './platform.mjs';
import { readPolicy } from './policy.mjs';

/**
 * @param {Buffer} file @param {{ policy?: string, words?: string, no?: string }} given the trusted keys; the sheet's
 * number and the caller's words
 * @returns {{ facts: string[], findings: Finding[], said: import('./verdict.mjs').Verdict }}
 */
export function verifyReceipt(file, { policy, words, no } = {}) {
  const receipt = readReceipt(file);
  const { acceptedAt, issuedAt, index, size, origin } = receipt;
  const root = rootOf(leafOf(entryOf(receipt)), receipt);
  const facts = [
    `回执：${inChina(acceptedAt)} 受理，${inChina(issuedAt)} 出具`,
    `是日志 ${origin} 的第 ${index + 1} 条，所据的检查点共 ${size} 条，根 ${root.toString('hex')}`,
  ];
  const findings = [];
  const wanted = checkedWords(receipt, no, words);
  facts.push(wanted.fact);
  if (!wanted.holds) findings.push(new Finding('forged', wanted.fact));
  if (policy === undefined) {
    findings.push(new Finding('unproved', '没有给公钥文件（--policy）：路径是对的，谁签的名没有核对'));
    return { facts, findings, said: verdictOfReceipt(findings, []) };
  }
  const keys = readPolicy(policy);
  const signer = keys.logs.find(
    ({ algorithm, name, id }) => algorithm === 'ed25519' && name === origin && equal(id, receipt.keyId),
  );
  if (!signer) throw new Finding('key-swapped', `回执不是由所认的密钥签名的（${origin}）`);
  const signed = signedBytes(receipt.header, root);
  if (!verifyEd25519(signed, signer.key, receipt.signature))
    throw new Finding('forged', '回执的签名与内容不符：内容被改，或签名是假的');
  facts.push(`签名：${signer.vkey}`);
  const cosigned = witnessesIn(receipt, root, keys);
  facts.push(
    cosigned.length === 0
      ? '见证：外面没有人见证过这个检查点（或者公钥文件里没有那个见证人）'
      : `见证：${cosigned.map(({ name, time }) => `${name} 于 ${inChina(time * 1000)}`).join('、')}`,
  );
  if (keys.quorum !== 'none' && !keys.quorum(new Set(cosigned.map(({ vkey }) => vkey))))
    findings.push(new Finding('unwitnessed', '见证人的联署不够：公钥文件要求的没有达到'));
  return { facts, findings, said: verdictOfReceipt(findings, cosigned) };
}

function verdictOfReceipt(findings, cosigned) {
  const holds = findings.length === 0;
  const vouched = cosigned.length > 0;
  return {
    state: holds ? 'genuine' : 'not-genuine',
    complete: true,
    vouched,
    conclusion: holds ? `成立；${vouched ? '有外面的人作证' : '没有外面的人作证'}` : '不成立',
    sentences: [],
    next: holds
      ? ['要知道日志此后改写过没有：在热线的查询页核对，或者用它的检查点和审计包里的比对']
      : ['把回执留好；要查明的，请把它交给审计人员'],
  };
}

function readReceipt(file) {
  const map = readCbor(file);
  if (!(map instanceof Map) || map.size !== 7 || map.get(0) !== 1)
    throw new Finding('damaged', '这不是回执的文件');
  const [salt, acceptedAt, issuedAt, digest, cose, witnesses] = [1, 2, 3, 4, 5, 6].map((key) => map.get(key));
  const envelope = readCbor(bytes(cose));
  need(envelope instanceof Tag && envelope.number === 18);
  const [header, unsigned, payload, signature, ...more] = list(envelope.value);
  need(payload === null && more.length === 0);
  const protectedHeader = asMap(readCbor(bytes(header)), [1, 4, 15, 395]);
  need(protectedHeader.get(1) === -8 && protectedHeader.get(395) === 1);
  const [proof, ...others] = list(asMap(asMap(unsigned, [396]).get(396), [-1]).get(-1));
  need(others.length === 0);
  const [size, index, path, ...rest] = list(readCbor(bytes(proof)));
  need(rest.length === 0);
  return {
    salt: bytes(salt, 16),
    acceptedAt: count(acceptedAt),
    issuedAt: count(issuedAt),
    digest: bytes(digest, 32).toString('hex'),
    header: bytes(header),
    keyId: bytes(protectedHeader.get(4), 4),
    origin: text(asMap(protectedHeader.get(15), [1]).get(1)),
    size: count(size),
    index: count(index),
    path: list(path).map((hash) => bytes(hash, 32)),
    signature: bytes(signature, 64),
    witnesses: list(witnesses).map((one) => {
      const [name, id, time, by, ...surplus] = list(one);
      need(surplus.length === 0);
      return { name: text(name), id: bytes(id, 4), time: count(time), signature: bytes(by, 64) };
    }),
  };
}

/** The entry's bytes: RFC 8785 canonical JSON, whose members come in the order of their names. */
const entryOf = ({ acceptedAt, issuedAt, digest }) =>
  Buffer.from(
    `{"acceptedAt":"${iso(acceptedAt)}","at":"${iso(issuedAt)}","digest":"${digest}","prev":"${'0'.repeat(64)}",` +
      `"seq":1,"stream":"receipt:${digest.slice(0, 16)}","type":"receipt.issued","v":1}`,
    'utf8',
  );

const leafOf = (entry) => Buffer.from(sha256(Buffer.from([0]), entry));
const nodeOf = (left, right) => Buffer.from(sha256(Buffer.from([1]), left, right));

/** From the leaf up; at the right edge a hash may have no neighbour and moves up unchanged. */
function rootOf(leaf, { index, size, path }) {
  need(index < size);
  let hash = leaf;
  let [place, last] = [BigInt(index), BigInt(size - 1)];
  const rest = [...path];
  while (last > 0n) {
    if (place % 2n === 1n) hash = nodeOf(next(rest), hash);
    else if (place < last) hash = nodeOf(hash, next(rest));
    place /= 2n;
    last /= 2n;
  }
  need(rest.length === 0);
  return hash;
}

function next(rest) {
  const hash = rest.shift();
  need(hash !== undefined);
  return hash;
}

/** COSE's Sig_structure: an array of four. */
function signedBytes(header, root) {
  const head = header.length < 24 ? [0x40 | header.length] : [0x58, header.length];
  need(header.length < 256);
  return Buffer.concat([
    Buffer.from([0x84, 0x6a]),
    Buffer.from('Signature1', 'latin1'),
    Buffer.from(head),
    header,
    Buffer.from([0x40, 0x58, 0x20]),
    root,
  ]);
}

function witnessesIn({ witnesses, origin, size }, root, keys) {
  const signedText = `${origin}\n${size}\n${root.toString('base64')}\n`;
  return witnesses.flatMap(({ name, id, time, signature }) => {
    const witness = keys.witnesses.find((key) => key.name === name && equal(key.id, id));
    if (!witness) return [];
    if (!verifyEd25519(Buffer.from(cosignedText(signedText, time), 'utf8'), witness.key, signature))
      throw new Finding('forged', `见证人 ${name} 的联署与内容不符`);
    return [{ name, vkey: witness.vkey, time }];
  });
}

function checkedWords({ salt, digest }, no, words) {
  if (words === undefined || no === undefined)
    return { holds: true, fact: '原话：没有给工单编号和原话（--no、--words），没有核对' };
  const said = `${no.trim()}\n${words.normalize('NFC').replaceAll('\r\n', '\n').trim()}`;
  const found = Buffer.from(sha256(salt, Buffer.from(said, 'utf8'))).toString('hex');
  return found === digest
    ? { holds: true, fact: `原话：正是工单 ${no.trim()} 受理时记下的话` }
    : { holds: false, fact: '原话：所给的编号或者话不是回执上的（一个字、一个标点都算）' };
}

const iso = (time) => new Date(time).toISOString();
const inChina = (time) =>
  iso(time + 8 * 3_600_000)
    .slice(0, 19)
    .replace('T', ' ');

function need(holds) {
  if (!holds) throw new Finding('damaged', '回执的格式不对');
}
function bytes(value, length) {
  need(Buffer.isBuffer(value) && (length === undefined || value.length === length));
  return value;
}
function list(value) {
  need(Array.isArray(value));
  return value;
}
function count(value) {
  need(Number.isInteger(value) && value >= 0 && value <= 253_402_300_799_999);
  return value;
}
function text(value) {
  need(typeof value === 'string' && /^[^\s+]+$/.test(value));
  return value;
}
function asMap(value, keys) {
  need(value instanceof Map && value.size === keys.length && keys.every((key) => value.has(key)));
  return value;
}
