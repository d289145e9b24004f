/** Passwords: argon2id with OWASP's minimum parameters (19 MiB, two passes, one lane). */
import { randomBytes, randomInt } from 'node:crypto';
import { hash, verify, type Options } from '@node-rs/argon2';
import { Refusal } from '../kernel/index.js';
import type { Law } from '../kernel/law.js';

/** 2 is argon2id. */
const cost: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), cost);

/** A hash without a password, so that unknown names take as long as wrong passwords. */
let decoy: Promise<string> | undefined;

export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  const against = stored ?? (await (decoy ??= hashPassword(randomBytes(32).toString('base64'))));
  return (await verify(against, password.normalize('NFKC'))) && stored !== null;
}

/**
 * Leaves out capital I, O, small l, 0 and 1, because people read it from a screen and type it. 20
 * of 57 characters: 116 bits.
 */
const signs = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** Four groups of five are easier to type, and recognisable as a one-time password. */
export const randomPassword = (): string =>
  Array.from({ length: 4 }, () =>
    Array.from({ length: 5 }, () => signs[randomInt(signs.length)]).join(''),
  ).join('-');

const oneTimeShape = /[a-z2-9]{5}(-[a-z2-9]{5}){3}/;

/**
 * @throws {Refusal} `input.invalid` for a short or common password, a one-time password, or one containing the log-in
 * name
 */
export async function assertPassword(
  password: string,
  login: string,
  shortest: number,
  law: Law,
): Promise<void> {
  const folded = password.normalize('NFKC').toLowerCase();
  const weak =
    [...folded].length < shortest
      ? `口令至少 ${shortest} 个字符`
      : new Set(folded).size < 5
        ? '口令的字符过于单一'
        : folded.includes(login.toLowerCase())
          ? '口令不能含有登录名'
          : oneTimeShape.test(folded)
            ? '这是一次性口令，别人知道，不能作自己的口令'
            : (await isCommon(folded, login, law))
              ? '口令太常见，容易被猜中'
              : undefined;
  if (weak !== undefined) {
    throw new Refusal('input.invalid', weak, { where: 'password', remedy: '例如用几个不相干的词连成一句' });
  }
}

/** First guesses of an attacker who knows this hotline. */
const ours = ['hotline', '12345', '热线', '市民', '口令', '密码', '一二三四五六七八九十'];

let estimator: Promise<(password: string, words: string[]) => number> | undefined;

/**
 * Whether fewer than 10^10 guesses find the password: common passwords, keyboard walks, dates,
 * repetitions. Only its beginning is examined, because two hundred characters would take a second
 * and a half.
 */
async function isCommon(folded: string, login: string, law: Law): Promise<boolean> {
  estimator ??= loadEstimator();
  return (await estimator)(folded.slice(0, 64), [...ours, ...law.city, login]) < 10;
}

/** 49,000 common passwords, loaded only for a new password. */
async function loadEstimator() {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  return (password: string, words: string[]) => zxcvbn.check(password, words).guessesLog10;
}
