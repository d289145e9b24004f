import { createHash } from 'node:crypto';

/**
 * Equal for texts that differ in digits, spaces and punctuation only. It is compared within one run and stored nowhere.
 *
 * @param least fewer letters say too little to be compared
 */
export function likenessOf(text: string, least: number): string | undefined {
  const letters = text.normalize('NFKC').replaceAll(/[^\p{L}]/gu, '');
  if (letters.length < least) return undefined;
  return createHash('sha256').update(letters).digest('base64');
}
