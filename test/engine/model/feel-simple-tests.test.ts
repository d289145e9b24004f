/** Our own evaluation of simple tests agrees with the interpreter's for every value. */
import { expect } from 'chai';
import fc from 'fast-check';
import { unaryTest } from 'feelin';
import { simpleTests } from '../../../src/engine/model/feel-simple-tests.js';

const value = fc.oneof(
  fc.constantFrom(null, true, false, 'a', 'b', '', 'true', '3'),
  fc.constantFrom(-2, -1, 0, 0.5, 1, 2, 3, 3.5, 4),
);
const list = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 });
const holds = fc.constantFrom('"a"', '"b"', '"d"', '""').map((text) => `list contains(?, ${text})`);
const literal = fc.constantFrom('"a"', '"b"', '""', 'true', 'false', 'null', '3', '-1', '0.5');
const atom = fc.oneof(
  literal,
  fc.constantFrom('< 3', '<=3', '> -1', '>= 0.5', '[0..3]', '(0..3)', '[-1..3)', '(0.5..4]'),
);
const test = fc.oneof(
  fc.array(atom, { minLength: 1, maxLength: 3 }).map((all) => all.join(', ')),
  fc.array(literal, { minLength: 1, maxLength: 3 }).map((all) => `not(${all.join(',')})`),
);

describe('格子里的简单判断', () => {
  it('与解释器的结论相同', () => {
    fc.assert(
      fc.property(test, value, (text, given) => {
        // The interpreter compares a text or a boolean with a number; DMN does not.
        fc.pre(typeof given === 'number' || given === null || !/[<>]|\.\./.test(text));
        const simple = simpleTests(text);
        expect(simple, text).to.be.a('function');
        expect(simple?.(given), `${text} ? ${JSON.stringify(given)}`).to.equal(
          unaryTest(text, { '?': given }).value === true,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('清单里有没有，与解释器的结论相同', () => {
    const tests = fc.oneof(
      fc.array(holds, { minLength: 1, maxLength: 3 }).map((all) => all.join(', ')),
      holds.map((one) => `not(${one})`),
    );
    fc.assert(
      fc.property(tests, list, (text, given) => {
        const simple = simpleTests(text);
        expect(simple, text).to.be.a('function');
        expect(simple?.(given), `${text} ? ${JSON.stringify(given)}`).to.equal(
          unaryTest(text, { '?': given }).value === true,
        );
      }),
    );
    expect(simpleTests('list contains(?, "a")')?.(null), 'null').to.equal(false);
  });

  it('文字、是否不与数比大小，也不在数的范围里', () => {
    for (const given of ['4', 'b', true]) {
      for (const text of ['> 3', '[0..9]', '< 9']) expect(simpleTests(text)?.(given), text).to.equal(false);
    }
  });

  it('别的写法交给解释器', () => {
    for (const text of [
      '"a",',
      'x',
      '> x',
      'date("2026-03-02")',
      'not("a"), 3',
      'contains(?, "a")',
      '"a" "b"',
    ])
      expect(simpleTests(text), text).to.equal(undefined);
  });
});
