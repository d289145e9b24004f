/** The scenarios on the second engine: a few in `npm test`, the others in `npm run test:long`. */
import { expect } from 'chai';
import { secondOpinion, type Scenario } from '../../src/design/rehearsal/index.js';
import type { theShippedStage } from '../support/case-runner.js';
import { libraryDefects, type DefectId } from '../support/library-defects.js';

/** Of each process one or two. */
export const quickOnTheLibrary = [
  'art14-complaint',
  'art24-extension-granted',
  'art24-in-time',
  'art24-return-reassigned',
  'art27-rework',
  'art28-graded',
  'art28-resumed',
  'art40-review',
];

/** Those in which a known defect of the library shows, and which. */
const defective: { readonly [scenario: string]: DefectId } = {
  'art24-extension-completion': 'one-token-per-element',
  'art24-extension-statutory': 'event-sub-process-triggers',
  'art24-interim-rejected': 'one-token-per-element',
  'art24-promised-date-kept': 'one-token-per-element',
  'art24-promised-date-late': 'one-token-per-element',
  'art24-statutory-limit': 'one-token-per-element',
  'art24-tracking-interval': 'event-sub-process-triggers',
  'art27-interim-never-audited': 'ends-with-token-at-join',
  'art28-ordered-though-handled': 'error-caught-outside',
  'art28-overdue-withdrawn': 'event-sub-process-never-interrupts',
  'art28-resumed': 'event-sub-process-never-interrupts',
  'art40-2-withdrawn': 'event-sub-process-never-interrupts',
  'c05-promise-is-no-correction': 'one-token-per-element',
  'c12-demand-by-a-complainant': 'event-sub-process-triggers',
  'c12-demand-decided-by-office': 'event-sub-process-triggers',
  'c12-demand-granted': 'one-token-per-element',
  'c12-demand-late-at-the-office': 'event-sub-process-triggers',
  'c12-demand-late': 'event-sub-process-triggers',
  'c12-demand-refused': 'event-sub-process-triggers',
  'c12-tracked-unit-withdraws': 'one-token-per-element',
  'c13-hotline-demanded': 'event-sub-process-triggers',
  'c20-completion': 'event-sub-process-triggers',
  'c22-late-reply-tells-a-date': 'ends-with-token-at-join',
  'c22-promise-is-no-solution': 'one-token-per-element',
  'c23-legal-basis-listed': 'ends-with-token-at-join',
  'c23-legal-basis-not-listed': 'one-token-per-element',
  'c30-withdrawn-after-feedback': 'event-sub-process-never-interrupts',
  'c30-withdrawn-before-dispatch': 'event-sub-process-never-interrupts',
  'c30-withdrawn-late': 'event-sub-process-never-interrupts',
  'c30-withdrawn': 'event-sub-process-never-interrupts',
  'c33-done-before-the-interval': 'event-sub-process-triggers',
  'c33-tracked-until-done': 'one-token-per-element',
};

export const isQuick = ({ name }: Scenario): boolean => quickOnTheLibrary.includes(name);

const unbounded = { spent: () => 0, most: Infinity };

export function itIsTheSame(stage: Awaited<ReturnType<typeof theShippedStage>>, scenario: Scenario): void {
  const defect = defective[scenario.name];
  it(`${scenario.title}(${scenario.name})${defect ? `：未比较，已知缺陷 ${defect}` : ''}`, async () => {
    const { agree, differing, uncompared } = await secondOpinion(
      stage,
      [scenario],
      unbounded,
      () => undefined,
    );
    expect(differing).to.deep.equal([]);
    expect([agree, uncompared.length]).to.deep.equal(defect ? [0, 1] : [1, 0]);
    if (defect) expect(uncompared[0]?.why).to.include(libraryDefects[defect].what);
  });
}
