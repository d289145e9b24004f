/** Finds names that state another number of working days than the limit. */
const signs = '零一二三四五六七八九十';

function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const [tens = '', ones = ''] = text.includes('十') ? text.split('十') : ['', text];
  const ten = text.includes('十') ? Math.max(1, signs.indexOf(tens || '一')) * 10 : 0;
  return ten + (ones === '' ? 0 : ones === '两' ? 2 : signs.indexOf(ones));
}

/** @returns the contradicting names */
export const namesAgainst = (days: number, names: readonly string[]): readonly string[] =>
  names.filter((name) =>
    [...name.matchAll(/(\d+|[一二两三四五六七八九十]+)\s*个工作日/g)].some(
      ([, text = '']) => numberOf(text) !== days,
    ),
  );
