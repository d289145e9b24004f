import { createHash } from 'node:crypto';

/**
 * Equal for texts that differ only in digits, spaces and punctuation. It is compared within one run
 * and stored nowhere.
 *
 * @param least texts with fewer letters are too short to compare
 */
export function likenessOf(text: string, least: number): string | undefined {
  const letters = text.normalize('NFKC').replaceAll(/[^\p{L}]/gu, '');
  if (letters.length < least) return undefined;
  return createHash('sha256').update(letters).digest('base64');
}
