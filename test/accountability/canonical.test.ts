import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson } from '../../src/accountability/trail/canonical.js';
import { link } from '../../src/accountability/trail/chain.js';
import type { JsonObject } from '../../src/kernel/index.js';

const written = (content: unknown): string => canonicalJson(content as JsonObject).toString();

describe('问责链条目的规范 JSON(RFC 8785)', () => {
  it('同一条目永远是同样的字节、同样的散列', () => {
    const { body, leaf } = link(
      { seq: 6, leaf: Buffer.alloc(32, 7) },
      '20261124-000001',
      'task.completed',
      new Date('2026-11-24T08:00:00.123Z'),
      {
        actor: '受理员甲（slj）',
        'e\u0301': '\ud83d\ude00 "引号"\\ \u0007\u2028',
        levels: [{ level: 'yellow', at: null }, true, -0, Number.MAX_SAFE_INTEGER],
        note: 'e\u0301\n小区停水，没有通知。',
        一: { b: 1, a: [] },
      },
      { sealed: { reply: 'ab' } },
    );
    expect(body.toString()).to.equal(
      `{"actor":"受理员甲（slj）","at":"2026-11-24T08:00:00.123Z","levels":[{"at":null,"level":"yellow"},true,0,9007199254740991],"note":"\u00e9\\n小区停水，没有通知。","prev":"${'07'.repeat(32)}","sealed":{"reply":"ab"},"seq":7,"stream":"20261124-000001","type":"task.completed","v":1,"\u00e9":"\ud83d\ude00 \\"引号\\"\\\\ \\u0007\u2028","一":{"a":[],"b":1}}`,
    );
    expect(leaf.toString('hex')).to.equal('239fdecc9d455076a90678288392b492bc2e34a5acd1429961adfa0c61be18d0');
  });

  const text = fc.string({ unit: 'grapheme' });
  const name = fc.oneof(text, fc.constantFrom('__proto__', 'é', '01')).map((one) => one.normalize('NFC'));
  const { content } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      text,
      fc.maxSafeInteger(),
      fc.constantFrom(null, true, false, -0, '\u302a', '\u304b\u3099', '\uf900', '"', '\\', '\u0000'),
      fc.array(tie('value'), { maxLength: 4 }),
      tie('content'),
    ),
    content: fc.dictionary(name, tie('value')),
  }));

  it('任意 JSON：键的次序、组合写法（NFC）不同，字节相同；读回来还是原来的内容', () => {
    const turned = (value: unknown): unknown => {
      if (typeof value === 'string') return value.normalize('NFD');
      if (Array.isArray(value)) return value.map(turned);
      if (value === null || typeof value !== 'object') return value;
      const members = Object.entries(value).map(([key, member]) => [key, turned(member)] as const);
      return Object.fromEntries(members.reverse());
    };
    fc.assert(
      fc.property(content, (one) => {
        const bytes = written(one);
        expect(written(turned(one))).to.equal(bytes);
        expect(written(JSON.parse(bytes))).to.equal(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('不成对的代理字符、不是安全整数的、不是 JSON 的，不收', () => {
    for (const value of [
      '\ud800',
      '\udc00a',
      0.5,
      2 ** 53,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      new Date(0),
    ])
      for (const content of [{ value }, { deep: [{ value }] }]) expect(() => written(content)).to.throw();
    expect(() => written({ '\ud800': 1 })).to.throw();
    expect(() => written({ é: 1, 'e\u0301': 2 })).to.throw();
  });

  it('没有值的项不写', () => {
    expect(written({ at: undefined, of: 2 })).to.equal('{"of":2}');
  });
});
