/** The tables of edits themselves: each changes its diagram, each harmful one quotes the law. `npm run proof -- edits` judges them. */
import { expect } from 'chai';
import { harmful } from './harmful.js';
import { harmless } from './harmless.js';
import { edited } from './judging.js';

describe('不许的、可以的改动，各一张表', () => {
  it('每条都说得出是哪一条、原文怎么写；没有两条一样', () => {
    const whats = [...harmful, ...harmless].map(({ what }) => what);
    expect(new Set(whats).size).to.equal(whats.length);
    expect(harmful.filter(({ law }) => !/“[^”]+”/.test(law))).to.deep.equal([]);
    expect(harmful.length).to.be.at.least(94);
    expect(harmless.length).to.be.at.least(18);
  });

  it('每条都画得到图上，改得了它', () => {
    for (const edit of [...harmful, ...harmless]) expect(() => edited(edit), edit.what).to.not.throw();
  });
});
