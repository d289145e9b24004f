/**
 * Writes `artN.pM.iK` in Chinese: article (`artN-1`: one inserted after it), paragraph, item. Other
 * texts are returned unchanged.
 */
export function provisionLabel(id: string): string {
  const parts = /^art(\d{1,3})(?:-(\d{1,2}))?(?:\.p(\d{1,2}))?(?:\.i(\d{1,2}))?$/.exec(id);
  if (!parts) return id;
  const [, article, inserted, paragraph, item] = parts;
  return [
    `第${inChinese(Number(article))}条`,
    inserted === undefined ? '' : `之${inChinese(Number(inserted))}`,
    paragraph === undefined ? '' : `第${inChinese(Number(paragraph))}款`,
    item === undefined ? '' : `第${inChinese(Number(item))}项`,
  ].join('');
}

const digits = '零一二三四五六七八九';

/** Accepts 0 to 999. */
function inChinese(number: number): string {
  const [hundreds, tens, ones] = [Math.floor(number / 100), Math.floor(number / 10) % 10, number % 10];
  const digit = (value: number): string => digits.charAt(value);
  if (number < 10) return digit(number);
  const head = hundreds > 0 ? `${digit(hundreds)}百` : '';
  const middle = tens > 0 ? `${tens === 1 && hundreds === 0 ? '' : digit(tens)}十` : ones > 0 ? '零' : '';
  return `${head}${middle}${ones > 0 ? digit(ones) : ''}`;
}
