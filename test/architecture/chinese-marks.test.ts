/** Marks in Chinese text become full-width; code, keys, addresses and comments stay. */
import { expect } from 'chai';
import { withFullWidthMarks } from '../../tools/chinese-marks.js';

/** A mark to widen is `<,>`, brackets are `<[>` and `<]>`: so this file itself has no half-width mark in Chinese text. */
const half = (text: string): string =>
  text
    .replaceAll('<[>', '(')
    .replaceAll('<]>', ')')
    .replaceAll(/<([,:;?!])>/g, '$1');
const wide = (text: string): string =>
  text.replaceAll(/<([,:;?![\]])>/g, (mark) => String.fromCharCode(half(mark).charCodeAt(0) + 0xfee0));

describe('Full-width marks', () => {
  for (const [what, path, text] of [
    ['beside a Chinese character', 'a.ts', "say('没有<,>先登记<:>A');"],
    ['in brackets around Chinese', 'a.ts', "say('期限<[>P5D 五日<]>');"],
    ['between two parts of a template', 'a.ts', 'say(`第${no}条<:>${text}`);'],
    ['in text between tags', 'a.vue', '<template><p>完成<,>再看<?></p></template>'],
    ['in a page, but not in its code', 'a.md', '停水<,>`f(a,\u6c34)`。'],
    ['not in the Latin part of a text', 'a.ts', "say('a, b; c');"],
    ['not in an address', 'a.ts', "say('见 postgres://\u7528\u6237:\u53e3\u4ee4@a.cn<,>再试');"],
    ['not in a business key', 'a.ts', 'const key = `\u5b9a\u65f6:${process}:${at}`;'],
    ['not in the key of an accused', 'a.json', '{"accused": "unit:\u6c34\u52a1\u5c40"}'],
    ['not in a call', 'a.ts', "say(the('\u6c34'), \u6c34(1));"],
  ] as const) {
    it(what, () => {
      expect(withFullWidthMarks(path, half(text))).to.equal(wide(text));
      expect(withFullWidthMarks(path, wide(text))).to.equal(wide(text));
    });
  }
});
