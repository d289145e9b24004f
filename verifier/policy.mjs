/**
 * Trusted keys: C2SP tlog-policy. Logs sign checkpoints, witnesses co-sign them, the quorum says how many are needed.
 */
import { Buffer } from 'node:buffer';
import { Finding } from './finding.mjs';
import { equal, sha256 } from './merkle.mjs';

/** @typedef {{ name: string, algorithm: keyof typeof types, id: Uint8Array, key: Buffer, vkey: string }} Key */

/**
 * @param {string} text
 * @returns {{ logs: Key[], witnesses: (Key & { label: string })[], quorum: 'none' | ((cosigned: Set<string>) => boolean) }} `quorum` takes
 * the public keys that have co-signed
 */
export function readPolicy(text) {
  const logs = [];
  const witnesses = [];
  /** Whether a witness or group, by its name in the policy, has witnessed. */
  const names = new Map();
  let quorum;
  for (const line of text.split('\n').map((raw) => raw.replace(/^[ \t]+|[ \t\r]+$/g, ''))) {
    if (line === '' || line.startsWith('#')) continue;
    const [kind, ...words] = line.split(/[ \t]+/);
    if (kind === 'log' && words.length >= 1 && words.length <= 2) {
      logs.push(readKey(words[0], 'ed25519', 'sm2'));
    } else if (kind === 'witness' && words.length >= 2 && words.length <= 3) {
      const witness = readKey(words[1], 'cosignature');
      witnesses.push({ ...witness, label: words[0] });
      define(names, words[0], (cosigned) => cosigned.has(witness.vkey));
    } else if (kind === 'group' && words.length >= 3) {
      define(names, words[0], groupOf(names, words[1], words.slice(2)));
    } else if (kind === 'quorum' && words.length === 1 && quorum === undefined) {
      quorum = words[0] === 'none' ? 'none' : names.get(words[0]);
      if (quorum === undefined) throw damaged(`quorum 提到没有定义的 ${words[0]}`);
    } else {
      throw damaged(`不认识的一行：${line}`);
    }
  }
  if (!logs.some(({ algorithm }) => algorithm === 'ed25519')) throw damaged('没有公钥');
  if (quorum === undefined) throw damaged('没有 quorum 一行');
  return { logs, witnesses, quorum };
}

function define(names, name, isMet) {
  if (name === 'none' || names.has(name)) throw damaged(`名称 ${name} 不能再用`);
  names.set(name, isMet);
}

function groupOf(names, threshold, members) {
  const parts = members.map((member) => names.get(member));
  const least = { all: members.length, any: 1 }[threshold] ?? Number(threshold);
  if (parts.includes(undefined) || new Set(members).size < members.length)
    throw damaged(`group 的成员没有定义或者重复：${members.join(' ')}`);
  if (!Number.isInteger(least) || least < 1 || least > members.length)
    throw damaged(`group 的人数不对：${threshold}`);
  return (cosigned) => parts.filter((isMet) => isMet(cosigned)).length >= least;
}

/** Type byte before a key: Ed25519 of a log, of a witness's co-signatures; SM2, for which C2SP has none. */
const types = {
  ed25519: { prefix: Buffer.from([1]), length: 32 },
  cosignature: { prefix: Buffer.from([4]), length: 32 },
  sm2: { prefix: Buffer.from('\xff12345-sm2-sm3', 'latin1'), length: 64 },
};

/**
 * A public key in C2SP notation: name+key id+base64(type ‖ key).
 *
 * @param {string} vkey @param {...keyof typeof types} algorithms permitted ones
 * @returns {Key}
 */
export function readKey(vkey, ...algorithms) {
  const [, name, hex, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey) ?? [];
  const typed = Buffer.from(encoded ?? '', 'base64');
  const id = Buffer.from(hex ?? '', 'hex');
  const algorithm = algorithms.find((one) => {
    const { prefix, length } = types[one];
    return typed.length === prefix.length + length && equal(typed.subarray(0, prefix.length), prefix);
  });
  const isRight = algorithm !== undefined && typed.toString('base64') === encoded;
  if (!isRight || !equal(id, keyIdOf(name, typed))) throw damaged(`不是有效的公钥：${vkey}`);
  return { name, algorithm, id, key: typed.subarray(types[algorithm].prefix.length), vkey };
}

/** @param {string} name @param {Buffer} typed type ‖ key */
export const keyIdOf = (name, typed) => sha256(Buffer.from(`${name}\n`, 'utf8'), typed).subarray(0, 4);

const damaged = (what) => new Finding('damaged', `公钥文件：${what}`);
