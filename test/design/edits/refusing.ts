/** Tests of the harmful edits of some diagrams: each is refused, or has exactly the verdict that `not-yet.ts` lists. */
import { expect } from 'chai';
import type { Harmful } from './edit.js';
import { verdictOn } from './judging.js';
import { notYetRefused } from './not-yet.js';

export function refusesEachOf(edits: readonly Harmful[]): void {
  const counted = new Map<string, number>();
  for (const edit of edits) {
    const { what, article, law } = edit;
    it(`${edit.file}（${article}）：${what}`, async () => {
      const verdict = await verdictOn(edit);
      counted.set(verdict, (counted.get(verdict) ?? 0) + 1);
      expect(verdict, law).to.equal(notYetRefused[what] ?? 'refused');
    });
  }
  after(() => {
    for (const [verdict, count] of counted) console.log(`      ${verdict}: ${count}`);
  });
}
