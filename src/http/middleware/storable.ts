/** Refuses JSON that PostgreSQL or the trail cannot store. */
import { Refusal } from '../../kernel/index.js';

/** Deeper than any request of the contract; bounds the recursion. */
const deepest = 32;

/** @throws {Refusal} `input.invalid` for NUL, half a surrogate pair, or excessive nesting */
export function assertStorable(value: unknown, where = ''): void {
  visit(value, where, 0);
}

function visit(value: unknown, where: string, depth: number): void {
  if (depth > deepest) throw refused(where, `嵌套超过 ${deepest} 层`);
  if (typeof value === 'string') {
    if (value.includes('\0')) throw refused(where, '含有空字符（U+0000）');
    if (!isWellFormed(value)) throw refused(where, '含有不成对的代理字符，不是完整的 Unicode 文字');
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => visit(item, `${where}[${index}]`, depth + 1));
  } else if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array)) {
    for (const [key, inner] of Object.entries(value)) {
      visit(key, where, depth + 1);
      visit(inner, where === '' ? key : `${where}.${key}`, depth + 1);
    }
  }
}

/** With the flag `u` only unpaired surrogates match. */
const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

function refused(where: string, what: string): Refusal {
  const place = where.slice(0, 200);
  return new Refusal('input.invalid', place === '' ? what : `“${place}”${what}`, {
    remedy: '去掉这些字符后重新提交',
    ...(place === '' ? {} : { where: place }),
  });
}
