import { evaluate } from 'feelin';
import { expect } from 'chai';
import fc from 'fast-check';
import { feel } from '../../../src/engine/model/feel.js';
import type { Variables } from '../../../src/engine/runtime/interface.js';
import { Refusal } from '../../../src/kernel/refusal.js';

const now = new Date('2026-11-24T16:30:00Z');
const data = {
  branch: '2',
  满意: true,
  n: 3,
  xs: [1, 2, 3],
  units: [
    { name: '水务', late: 2 },
    { name: '城管', late: 0 },
  ],
  at: '2026-11-25T09:00:00+08:00',
};

const value = (text: string) => feel(text).value(data, now);

describe('FEEL 表达式', () => {
  it('开头的等号可有可无', () => {
    expect(value('= branch = "2"')).to.equal(true);
    expect(value('branch = "2"')).to.equal(true);
  });

  it('空值、不是真假的值都算不成立', () => {
    for (const text of ['缺', '缺 > 1', 'n', '"true"', 'null', 'branch and 满意']) {
      expect(feel(text).holds(data, now), text).to.equal(false);
    }
    expect(feel('满意').holds(data, now)).to.equal(true);
  });

  it('now() 与 today() 是这一步的时刻，按北京时间', () => {
    expect(value('now()')).to.equal('2026-11-25T00:30:00+08:00');
    expect(value('today()')).to.equal('2026-11-25');
    expect(value('now() < date and time(at)')).to.equal(true);
    expect(feel('today()').value({}, new Date('2026-01-01T00:00:00Z'))).to.equal('2026-01-01');
  });

  it('加了看守的写法与原来的写法结果相同', () => {
    const texts = [
      'count(xs) > 2',
      'xs[item > 1]',
      'units[late > 0].name',
      'some u in units satisfies u.late > 1',
      'every x in xs, y in xs satisfies x * y < 10',
      'for i in 1..3 return i * 2',
      'for i in 3..1 return i',
      'for i in [1..4) return i',
      'for x in xs, y in [x] return x + y',
      'if 满意 then "a" + branch else null',
      'branch in ("1", "2")',
      'n in [1..5]',
      'n between 1 and 5',
      '{a: 1, b: a + 1}.b',
      'list contains(concatenate(xs, [4]), 4) // note',
      'duration("P1D") + duration("PT1H")',
      'string length(branch /* note */)',
      'not(满意)',
      '-n + 2 ** 3',
      'get value(units[1], "name")',
      'xs[-1]',
      'n instance of number',
      'substring("hello", 2)',
    ];
    for (const text of texts) {
      const plain = evaluate(text, structuredClone(data)).value;
      expect(value(text), text).to.deep.equal(JSON.parse(JSON.stringify(plain)));
    }
  });

  it('同样的问题从记忆中回答，答案不变', () => {
    const condition = feel('branch = "2" and n > 1');
    fc.assert(
      fc.property(fc.constantFrom('1', '2', null), fc.integer({ min: 0, max: 3 }), (branch, n) => {
        expect(condition.holds({ branch, n }, now)).to.equal(branch === '2' && n > 1);
      }),
    );
  });

  const wrong: readonly (readonly [string, string, string])[] = [
    ['语法错误', 'branch =', '第 9 个字符'],
    ['空的', '', '没有内容'],
    ['别的语言', '${branch == 1}', '写法有误'],
    ['过长', `"${'x'.repeat(5000)}"`, '上限'],
    ['嵌套极深', '['.repeat(3000), ''],
    ['定义函数', '{f: function(n) f(n) + f(n), r: f(1)}', '函数'],
    ['正则表达式', 'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$")', 'matches'],
    ['冒充看守', '__n(1)', '下划线'],
    ['十亿次循环', 'for i in 1..1000000000 return i', '1..1000000000'],
    ['停不下来的循环', 'for i in 1..1.5 return i', '整数'],
    ['停不下来的区间', 'for i in [1..1.5] return i', '整数'],
    ['大区间', 'for i in [1..1000000000] return i', '上限'],
    ['相乘的循环', 'for i in 1..1000, j in 1..1000, k in 1..1000 return i', '上限'],
    ['套着的循环', 'for i in 1..300 return for j in 1..300 return for k in 1..300 return k', '上限'],
    ['翻倍的列表', doubled('[1, 2]', (name) => `concatenate(${name}, ${name})`), '上限'],
    ['翻倍的嵌套', doubled('[1, 2]', (name) => `[${name}, ${name}]`), '上限'],
    ['翻倍的文字', doubled('"xxxxxxxxxxxxxxxx"', (name) => `${name} + ${name}`), '上限'],
  ];
  for (const [what, text, words] of wrong) {
    it(`${what}：拒绝`, () => {
      expect(() => feel(text, 'Gateway_1').value(data, now))
        .to.throw(Refusal, words)
        .with.property('code', 'expression.invalid');
    });
  }

  it('够不着 JavaScript', () => {
    const texts = [
      'constructor',
      '__proto__',
      'n.constructor',
      'branch.length',
      'xs.constructor',
      'units[1].__proto__',
      'count.constructor("return process")()',
      'process.exit(1)',
      'require("fs")',
      'globalThis',
      'toString()',
    ];
    for (const text of texts) {
      let result: unknown = null;
      try {
        result = value(text);
      } catch (cause) {
        expect(cause, text).to.be.instanceOf(Refusal);
      }
      expect([null, [null, null, null]], text).to.deep.include(result);
    }
  });

  it('名为 __proto__ 的变量不伤害任何东西', () => {
    const hostile = JSON.parse(
      '{"__proto__": {"polluted": 1}, "n": 1, "o": {"__proto__": {"polluted": 1}}}',
    ) as Variables;
    expect(feel('n = 1').holds(hostile, now)).to.equal(true);
    expect(feel('o.polluted').value(hostile, now)).to.equal(null);
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });

  it('任何文字要么有值，要么得到说明原因的拒绝', () => {
    const word = fc.constantFrom(
      ...['a', '1', '"x"', '(', ')', '[', ']', '{', '}', ',', ':', '..', '+', '-', '=', '<', 'for', 'in'],
      ...['return', 'if', 'then', 'else', 'and', 'some', 'satisfies', 'function', '@', '?', '//', '.'],
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 14 }), (words) => {
        try {
          feel(words.join(' ')).value({ a: [1, { a: 2 }] }, now);
        } catch (cause) {
          if (!(cause instanceof Refusal)) throw cause;
        }
      }),
      { seed: 20260304, numRuns: 2000 },
    );
  });
});

function doubled(first: string, next: (name: string) => string): string {
  const entries = Array.from({ length: 40 }, (_, index) => `a${index + 1}: ${next(`a${index}`)}`);
  return `{a0: ${first}, ${entries.join(', ')}}`;
}
