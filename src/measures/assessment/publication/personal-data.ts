/**
 * Searches a text for personal data: numbers of persons, and the vault's values for the same sheet.
 * It reports positions, never the text.
 */

/** Known persons of one sheet. */
export interface KnownPersons {
  readonly names: readonly string[];
  readonly contacts: readonly string[];
  readonly addresses: readonly string[];
}

export interface PersonalFinding {
  readonly what: string;
  /** Position of the first character, from 1. */
  readonly at: number;
}

const gap = String.raw`[\s\-—·.]?`;
const digits = (count: string): string => `(?:${gap}\\d){${count}}`;
const pattern = (source: string): RegExp => new RegExp(source, 'giu');
const provinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使';

const patterns: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['身份证件号码', pattern(`(?<!\\d)[1-9]${digits('16')}${gap}[\\dx](?!\\d)`)],
  ['手机号码', pattern(`(?<!\\d)(?:\\+?86${gap})?1${gap}[3-9]${digits('9')}(?!\\d)`)],
  ['座机号码', pattern(`(?<!\\d)(?:0\\d{2,3}[\\s\\-—)]?)[2-9]${digits('6,7')}(?!\\d)`)],
  ['座机号码', pattern(`(?<!\\d)[2-9]\\d{3}${gap}\\d{4}(?![\\s]?[\\d万元件平米])(?<!(?:19|20)\\d{6})`)],
  ['银行卡号', pattern(`(?<!\\d)\\d${digits('15,18')}(?!\\d)`)],
  ['用汉字写的号码', pattern(String.raw`(?:[零〇一二三四五六七八九幺]\s?){7,}`)],
  [
    '车牌号',
    pattern(`[${provinces}]\\s?[a-hj-np-z]\\s?[·.]?\\s?(?:[a-hj-np-z0-9]\\s?){4,5}[a-hj-np-z0-9挂学警港澳]`),
  ],
  ['电子邮箱', pattern(String.raw`[\w.+-]+@[\w-]+\.[\w.-]+`)],
  ['微信号、QQ 号', pattern(String.raw`(?:微信|vx|wx|qq)号?\s?[:\uff1a]?\s?[a-z0-9_-]{5,}`)],
  [
    '门牌号',
    pattern(
      String.raw`[\d一二三四五六七八九十]+\s?(?:号楼|号院|栋|幢|座)\s?[\d一二三四五六七八九十]+\s?(?:单元|室|号|层)`,
    ),
  ],
  ['门牌号', pattern(String.raw`[\d一二三四五六七八九十]+\s?单元\s?[\d一二三四五六七八九十]+`)],
  ['工单编号', pattern(String.raw`(?<!\d)20\d{6}-\d{6}(?!\d)`)],
];

/** Findings in text order. */
export function personalDataIn(text: string, known: KnownPersons = nobody): PersonalFinding[] {
  // Converts character by character, to keep positions.
  const plain = [...text].map(halfWidth).join('');
  const found = patterns.flatMap(([what, one]) =>
    [...plain.matchAll(one)].map(({ index }) => ({ what, at: index + 1 })),
  );
  const bare = withoutBlanks(plain);
  const where = (what: string, value: string): PersonalFinding[] => {
    const index = bare.text.indexOf(value);
    return index < 0 ? [] : [{ what, at: (bare.places[index] ?? 0) + 1 }];
  };
  found.push(
    ...known.names.flatMap((name) => (longEnough(name, 2) ? where('当事人的姓名', bareOf(name)) : [])),
    ...known.contacts.flatMap((contact) =>
      longEnough(contact, 5) ? where('来电人的联系方式', bareOf(contact)) : [],
    ),
    ...known.addresses.flatMap((address) =>
      addressParts(address)
        .flatMap((part) => where('来电人的地址', part))
        .slice(0, 1),
    ),
  );
  return found
    .toSorted((one, other) => one.at - other.at)
    .filter(
      ({ what, at }, index, all) => index === 0 || all[index - 1]?.at !== at || all[index - 1]?.what !== what,
    );
}

const nobody: KnownPersons = { names: [], contacts: [], addresses: [] };

/** Keeps the length: uses only the first character of a longer result. */
const halfWidth = (character: string): string => {
  const normal = character.normalize('NFKC').toLowerCase();
  return normal.length === character.length ? normal : character;
};

function withoutBlanks(text: string): { readonly text: string; readonly places: readonly number[] } {
  const kept = [...text.matchAll(/[^\s\-—·.()]/g)];
  return { text: kept.map(([character]) => character).join(''), places: kept.map(({ index }) => index) };
}

const bareOf = (value: string): string => withoutBlanks([...value].map(halfWidth).join('')).text;
const longEnough = (value: string, least: number): boolean => bareOf(value).length >= least;

/**
 * A street alone identifies nobody, but with a number it may. So the whole address is searched for,
 * and any six characters with a digit.
 */
function addressParts(address: string): string[] {
  const bare = bareOf(address);
  const windows = Array.from({ length: Math.max(0, bare.length - 5) }, (_, start) =>
    bare.slice(start, start + 6),
  );
  return [...(bare.length >= 4 ? [bare] : []), ...windows.filter((part) => /\d/.test(part))];
}
