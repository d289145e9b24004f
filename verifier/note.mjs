/** C2SP signed notes and checkpoints: who signed which tree. */
import { Buffer } from 'node:buffer';
import { createPublicKey, verify } from 'node:crypto';
import { Finding } from './finding.mjs';
import { equal, sha256 } from './merkle.mjs';

/**
 * @param {string} text a policy as C2SP writes it; of its lines only `log` counts
 * @returns {{ name: string, id: Buffer, key: Buffer, vkey: string }[]}
 */
export function readPolicy(text) {
  const keys = [];
  for (const line of text.split('\n').map((raw) => raw.replace(/^[ \t]+|[ \t\r]+$/g, ''))) {
    const [, vkey] = /^log[ \t]+([^ \t]+)$/.exec(line) ?? [];
    if (vkey !== undefined) keys.push(readKey(vkey));
    else if (line !== '' && line !== 'quorum none' && !line.startsWith('#'))
      throw new Finding('damaged', `公钥文件里不认识的一行:${line}`);
  }
  if (keys.length === 0) throw new Finding('damaged', '公钥文件里没有公钥');
  return keys;
}

function readKey(vkey) {
  const [, name, hex, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey) ?? [];
  const typed = Buffer.from(encoded ?? '', 'base64');
  const id = Buffer.from(hex ?? '', 'hex');
  const isRight = typed.length === 33 && typed[0] === 1 && typed.toString('base64') === encoded;
  if (!isRight || !equal(id, idOf(name, typed))) throw new Finding('damaged', `不是有效的公钥:${vkey}`);
  return { name, id, key: typed.subarray(1), vkey };
}

const idOf = (name, typed) => sha256(Buffer.from(`${name}\n`, 'utf8'), typed).subarray(0, 4);

/**
 * @param {string} note @param {ReturnType<typeof readPolicy>} keys those that one trusts
 * @returns {{ origin: string, size: number, root: Buffer, vkey: string }}
 * @throws {Finding} `damaged`, `key-swapped`, `forged`
 */
export function openCheckpoint(note, keys) {
  const [, text, origin, digits, encoded, signatures] =
    /^(([^\n]+)\n(0|[1-9]\d*)\n([A-Za-z0-9+/]{43}=)\n)\n((?:— [^ \n]+ [A-Za-z0-9+/=]+\n)+)$/.exec(note) ?? [];
  const root = Buffer.from(encoded ?? '', 'base64');
  if (text === undefined || root.toString('base64') !== encoded || !Number.isSafeInteger(Number(digits)))
    throw new Finding('damaged', '检查点的格式不对');
  const trusted = keys.filter(({ name }) => name === origin);
  let known = false;
  for (const line of signatures.trimEnd().split('\n')) {
    const [, name, signature] = line.split(' ');
    const bytes = Buffer.from(signature, 'base64');
    if (bytes.toString('base64') !== signature) throw new Finding('damaged', '检查点的签名不是规范的 base64');
    const key = trusted.find(({ id }) => name === origin && equal(id, bytes.subarray(0, 4)));
    if (!key) continue;
    known = true;
    if (isSigned(text, key.key, bytes.subarray(4)))
      return { origin, size: Number(digits), root, vkey: key.vkey };
  }
  if (known) throw new Finding('forged', '检查点的签名与内容不符:内容被改,或签名是假的');
  throw new Finding('key-swapped', `检查点不是由所认的密钥签名的(${origin})`);
}

function isSigned(text, key, signature) {
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]);
  return verify(
    null,
    Buffer.from(text, 'utf8'),
    createPublicKey({ key: spki, format: 'der', type: 'spki' }),
    signature,
  );
}
