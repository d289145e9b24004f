/**
 * Determines whether two sheets concern one spot: points close to each other, or the same place in
 * words. It compares a hash, so that the counts contain no words of people.
 */
import { createHash } from 'node:crypto';
import { namesInAddress } from '../../sheet/index.js';

/** Roads are excluded: they are long, so a bare name is no spot. */
const road = '路';

/** Empty if the words name no spot: a district, a long road. */
export function spotOf(address: string | null, district: string): string {
  const text = (address ?? '').normalize('NFKC').replaceAll(/[\s\p{P}\p{S}]/gu, '');
  const own = district === '' ? text : (text.split(district).at(-1) ?? '');
  if (own.length < 3) return '';
  const isSpot =
    /\d|[一二三四五六七八九十]号|路口|街口|交叉|交汇|桥/u.test(own) ||
    namesInAddress(own).some((name) => !name.endsWith(road));
  return isSpot ? createHash('sha256').update(`${district}\n${own}`).digest('hex').slice(0, 32) : '';
}
