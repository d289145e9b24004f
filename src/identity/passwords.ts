/** Passwords: argon2id, as OWASP's cheat sheet sets its least (19 MiB, two passes, one lane). */
import { randomBytes, randomInt } from 'node:crypto';
import { hash, verify, type Options } from '@node-rs/argon2';
import { Refusal } from '../kernel/index.js';

/** 2 is argon2id. */
const cost: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), cost);

/** A hash that no password fits, so that an unknown name takes as long as a wrong password. */
let decoy: Promise<string> | undefined;

export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  const against = stored ?? (await (decoy ??= hashPassword(randomBytes(32).toString('base64'))));
  return (await verify(against, password.normalize('NFKC'))) && stored !== null;
}

/** No capital I, O or small l, no 0 or 1: it is read from a screen and typed. 20 of 57 signs: 116 bits. */
const signs = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

export const randomPassword = (): string =>
  Array.from({ length: 20 }, () => signs[randomInt(signs.length)]).join('');

/** @throws {Refusal} `input.invalid` for one that is too short, of one sign only, or the log-in name */
export function assertPassword(password: string, login: string, shortest: number): void {
  const characters = [...password.normalize('NFKC')];
  const weak =
    characters.length < shortest
      ? `口令至少 ${shortest} 个字符`
      : new Set(characters).size < 5
        ? '口令的字符过于单一'
        : password.toLowerCase().includes(login.toLowerCase())
          ? '口令不能含有登录名'
          : undefined;
  if (weak !== undefined) {
    throw new Refusal('input.invalid', weak, { where: 'password', remedy: '例如用几个不相干的词连成一句' });
  }
}
