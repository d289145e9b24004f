/** Characters of other languages and of Chinese keyboards, which FEEL reads as parts of a name or as something else. */
interface Foreign {
  readonly message: string;
  readonly fix: string;
}

const signs: readonly (readonly [RegExp, string])[] = [
  [/!==/, '写 !='],
  [/===?/, '写一个 ='],
  [/&&/, '写 and'],
  [/\|\|/, '写 or'],
  [/<>/, '写 !='],
  [/!(?!=)/, '写 not(…)'],
];

/** Full-width characters, and the character to write instead. */
const halves: { readonly [sign: string]: string } = {
  '\u3002': '删去句号',
  '\uff0c': '写 ,',
  '\u3001': '写 ,',
  '\uff1a': '写 :',
  '\uff1b': '删去分号',
  '\uff08': '写 (',
  '\uff09': '写 )',
  '\uff1d': '写 =',
  '\uff1e': '写 >',
  '\uff1c': '写 <',
  '\uff01': '写 not(…)',
  '\u201c': '写 "',
  '\u201d': '写 "',
  '\u2018': '写 "',
  '\u2019': '写 "',
};

/** @returns undefined if all characters are valid FEEL */
export function unreadable(text: string): Foreign | undefined {
  const plain = text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  for (const [sign, instead] of signs) {
    const [found] = sign.exec(plain) ?? [];
    if (found !== undefined) return { message: `“${found}”不是 FEEL 的写法`, fix: `${instead}。` };
  }
  const full = [...plain].find((letter) => halves[letter] !== undefined);
  if (full !== undefined)
    return { message: `“${full}”是全角的标点，读成了名字的一部分`, fix: `${halves[full] ?? ''}。` };
  return undefined;
}
