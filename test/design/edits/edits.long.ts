/** What an edit does to the law: the harmful ones of all diagrams but handling, and the harmless ones. */
import { expect } from 'chai';
import { edited, errorsOf } from './judging.js';
import { harmful } from './harmful.js';
import { harmless } from './harmless.js';
import { notYetRefused, wronglyRefused } from './not-yet.js';
import { refusesEachOf } from './refusing.js';

describe('条例不许的改动，一条一条地拒绝', () => {
  refusesEachOf(harmful.filter(({ file }) => file !== 'handling.bpmn'));

  it('每条都说得出是哪一条、原文怎么写；没有两条一样', () => {
    const whats = [...harmful, ...harmless].map(({ what }) => what);
    expect(new Set(whats).size).to.equal(whats.length);
    expect(harmful.filter(({ law }) => !/“[^”]+”/.test(law))).to.deep.equal([]);
    expect(harmful.length).to.be.at.least(94);
    expect(harmless.length).to.be.at.least(18);
  });

  it('还没有拒绝的，都是表里的', () => {
    const known = new Set([...harmful, ...harmless].map(({ what }) => what));
    const strange = [...Object.keys(notYetRefused), ...wronglyRefused].filter((what) => !known.has(what));
    expect(strange).to.deep.equal([]);
  });
});

describe('条例没有不许的改动，一条也不拒绝', () => {
  for (const edit of harmless) {
    const { file, what, why } = edit;
    it(`${file}：${what}`, async () => {
      const errors = await errorsOf(edited(edit));
      expect(errors.length > 0, `${why}：${errors.join('；')}`).to.equal(wronglyRefused.has(what));
    });
  }
});
