/** The scenarios on the second engine: a few in `npm test`, the others in `npm run test:long`. */
import { expect } from 'chai';
import { secondOpinion, type Scenario } from '../../src/design/rehearsal/index.js';
import type { theShippedStage } from '../support/case-runner.js';

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

/** Those in which a known defect of the library shows. */
const defective = [
  'art24-extension-completion',
  'art24-interim-rejected',
  'art24-promised-date-kept',
  'art24-promised-date-late',
  'art24-statutory-limit',
  'art24-tracking-interval',
  'art28-overdue-withdrawn',
  'art28-resumed',
  'art40-2-withdrawn',
  'c12-demand-granted',
  'c12-demand-late-at-the-office',
  'c12-demand-late',
  'c12-demand-refused',
  'c20-completion',
  'c22-promise-is-no-solution',
  'c23-legal-basis-listed',
  'c30-withdrawn-late',
  'c30-withdrawn',
  'c33-tracked-until-done',
];

export const isQuick = ({ name }: Scenario): boolean => quickOnTheLibrary.includes(name);

const unbounded = { spent: () => 0, most: Infinity };

export function itIsTheSame(stage: Awaited<ReturnType<typeof theShippedStage>>, scenario: Scenario): void {
  const shows = defective.includes(scenario.name);
  it(`${scenario.title}(${scenario.name})${shows ? ':未比较,已知缺陷' : ''}`, async () => {
    const { agree, differing, uncompared } = await secondOpinion(
      stage,
      [scenario],
      unbounded,
      () => undefined,
    );
    expect(differing).to.deep.equal([]);
    expect([agree, uncompared.length]).to.deep.equal(shows ? [0, 1] : [1, 0]);
  });
}
