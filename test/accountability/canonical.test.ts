/** The quick way to RFC 8785 gives byte for byte what the library gives, or refuses where it does. */
import canonicalize from 'canonicalize';
import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson, normalised } from '../../src/accountability/trail/canonical.js';
import type { JsonObject } from '../../src/kernel/index.js';
import { readScenarios } from '../../src/rehearsal/index.js';
import { theShippedStage } from '../support/case-runner.js';
import { livedEntries } from '../support/lived-scenario.js';

/** The text, or that there is none. */
const outcome = (work: () => string | undefined): string | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};
const same = (content: JsonObject, own: JsonObject = {}): void => {
  const expected = outcome(() => canonicalize(normalised({ ...content, ...own })));
  expect(outcome(() => canonicalJson(content, own).toString())).to.equal(expected);
};

describe('规范的 JSON(RFC 8785):快的写法与库逐字节相同', () => {
  it('全部情景的全部条目,键的次序倒过来也一样', async () => {
    const stage = await theShippedStage();
    let entries = 0;
    for (const scenario of await readScenarios())
      for (const { body } of livedEntries(stage, scenario)) {
        same(body);
        expect(canonicalJson(Object.fromEntries(Object.entries(body).reverse()))).to.deep.equal(
          canonicalJson(body),
        );
        entries += 1;
      }
    expect(entries).to.be.above(300);
  });

  const escaped = ['a', '"', '\\', '\u0000', '\u007f', '\u2028', 'e', '\u0301', '\ud83d\ude00'];
  // From the edges of what is written as it is, and what NFC joins or changes.
  const chinese = [
    ...'市一鿿、。《】!~',
    '\u3000',
    '\u302a',
    '\u304b',
    '\u3099',
    '\uf900',
    '\uff00',
    '\uff5f',
    'a',
  ];
  const halves = ['\ud83d', '\ude00'];
  const usual = fc.oneof(
    fc.string({ unit: 'grapheme-ascii' }),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom(...escaped) }),
    fc.string({ unit: fc.constantFrom(...chinese) }),
  );
  const any = fc.oneof(
    usual,
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...escaped, ...halves) }),
  );
  const name = fc.stringMatching(/^[a-zA-Z_][ -~]{0,3}$/);
  const odd = ['', '__proto__', 'toJSON', 'constructor', '-1', '01', '4294967295', 'é', 'e\u0301', '一'];
  const number = fc.maxSafeInteger();

  const holdsFor = (key: fc.Arbitrary<string>, scalar: fc.Arbitrary<unknown>): void => {
    const { content } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        scalar,
        fc.array(tie('value'), { maxLength: 4 }),
        tie('content'),
      ),
      content: fc.dictionary(key, tie('value'), { maxKeys: 80 }),
    }));
    fc.assert(
      fc.property(content, content, (one, own) => same(one as JsonObject, own as JsonObject)),
      { numRuns: 2000 },
    );
  };

  it('任意平常的 JSON:要转义的、组合的重音、嵌套、键极多的', () => {
    holdsFor(name, fc.oneof(usual, number, fc.constantFrom(null, true, false, -0)));
  });

  it('任意古怪的 JSON:像数组下标的键、不成对的代理字符、不是整数的', () => {
    holdsFor(
      fc.oneof(any, fc.nat().map(String), fc.constantFrom(...odd), name),
      fc.oneof(any, number, fc.constantFrom(null, true, 0.5, 2 ** 53)),
    );
    holdsFor(fc.oneof({ weight: 30, arbitrary: name }, fc.constantFrom(...odd)), fc.oneof(usual, number));
    same(JSON.parse('{"__proto__":"e\\u0301"}') as JsonObject);
  });

  it('写满一页之前、正好写满、写不下的,都一样', () => {
    const page = 65536;
    const frame = '{"text":""}'.length;
    for (const length of [page - frame - 1, page - frame, page - frame + 1, 2 * page])
      for (const last of ['a', '"', 'é']) same({ text: `${'a'.repeat(length - 1)}${last}` });
    for (const odd of ['', '\n', '市'])
      for (const length of [16_380, 16_384, 30_000]) same({ items: Array<string>(length).fill(odd) });
    same({ [`k${'k'.repeat(page)}`]: 1, after: [true, { of: null }] });
  });

  it('不成对的代理字符、不是整数的不收,不是 JSON 的照库的办法', () => {
    for (const value of ['\ud800', '\udc00a', 0.5, 2 ** 53, Number.NaN])
      expect(() => canonicalJson({ value })).to.throw();
    const date = { at: new Date(0), gone: undefined, items: [undefined] } as unknown as JsonObject;
    const gone = { at: undefined } as unknown as JsonObject;
    same({ at: 1, of: 2 }, gone);
    same(gone, { at: 1 });
    expect(canonicalJson(date).toString()).to.equal('{"at":"1970-01-01T00:00:00.000Z","items":[null]}');
  });
});
