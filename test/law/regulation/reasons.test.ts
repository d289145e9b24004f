/** Why a duty is owed or not: the reasons agree with the interpreter, over every scenario. */
import { expect } from 'chai';
import { deedsIn } from '../../../src/accountability/events/index.js';
import {
  reasonsOf,
  shippedCatalogue,
  standingOf,
  type DutyEntry,
  type DutyReasons,
  type DutyState,
} from '../../../src/law/regulation/index.js';
import { otherFacts } from '../../../src/law/regulation/reasons.js';
import { readScenarios } from '../../../src/design/rehearsal/index.js';
import { theShippedStage } from '../../support/case-runner.js';
import { livedEntries } from '../../support/lived-scenario.js';

const catalogue = shippedCatalogue('2026-01-01');

/** What the reasons alone say of the duty's state; a violation that was not made good is one of two. */
function saidBy({
  alternatives,
  missedAt,
  broken,
  madeGood,
  voided,
  duty,
}: DutyReasons): readonly DutyState[] {
  const done = alternatives.some((list) => list.every(({ done, waived }) => done ?? waived));
  if (madeGood) return ['compensated'];
  if (missedAt ?? broken.length > 0) return ['temporarily-violated', 'permanently-violated'];
  expect(done, `${duty.norm}：办到了，或者还欠着`).to.equal(duty.ended !== null);
  expect(voided, duty.norm).to.equal(null);
  return done ? ['satisfied'] : ['open'];
}

describe('义务的缘由', () => {
  let trails: readonly (readonly [string, readonly DutyEntry[]])[] = [];
  before(async () => {
    const stage = await theShippedStage();
    trails = (await readScenarios()).map((one) => [one.name, livedEntries(stage, one)]);
  });

  it('每个情景的每项义务：缘由所说的与解释器一致；由哪一条引起、做了没有、在不在期限以内', () => {
    let seen = 0;
    for (const [name, trail] of trails) {
      const now = trail.at(-1)?.at ?? new Date();
      const owed = standingOf(catalogue, trail).duties;
      for (const norm of new Set(owed.map((duty) => duty.norm))) {
        const found = reasonsOf({ first: catalogue, later: [] }, trail, norm, now);
        const standing =
          found?.duties.filter(({ duty, voided }) => voided === null || duty.ended !== null) ?? [];
        const theirs = owed.filter((duty) => duty.norm === norm);
        expect(
          standing.map(({ duty }) => duty),
          `${name} ${norm}`,
        ).to.deep.equal(theirs);
        for (const reasons of standing) {
          seen += 1;
          const { duty, opened, alternatives, missedAt } = reasons;
          expect(saidBy(reasons), `${name} ${norm}`).to.include(duty.state);
          expect(opened?.entry.seq, `${name} ${norm}`).to.equal(duty.opened.seq);
          expect(missedAt).to.deep.equal(duty.missedAt);
          expect(reasons.limits.at(-1)?.due ?? null, `${name} ${norm}`).to.deep.equal(duty.due);
          for (const { done, inTime } of alternatives.flat()) {
            if (done) expect(inTime).to.equal(missedAt === null || done.entry.at <= missedAt);
          }
        }
      }
    }
    expect(seen).to.be.greaterThan(300);
  });

  it('每个情景的每项规范，不欠的也说得出缘由；每句话说的是轨迹里真有的一条', () => {
    for (const [name, trail] of trails) {
      const now = trail.at(-1)?.at ?? new Date();
      for (const { id, duty } of catalogue.norms) {
        const found = reasonsOf({ first: catalogue, later: [] }, trail, id, now);
        expect(found, `${name} ${id}`).to.not.equal(undefined);
        if (!found || found.duties.length > 0) continue;
        expect(found.openings.length, `${name} ${id}`).to.equal(duty?.opens.length ?? 0);
        for (const { act, found: deeds } of found.openings)
          for (const { entry, deed } of deeds) {
            expect(deedsIn(entry)).to.include(deed);
            expect(otherFacts(act, deed), `${name} ${id}`).to.not.deep.equal({});
          }
      }
    }
  });
});
