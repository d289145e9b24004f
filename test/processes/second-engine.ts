/** The scenarios on the second engine: a few in `npm test`, the others in `npm run test:long`. */
import { expect } from 'chai';
import { runScenario, type Scenario } from '../../src/design/rehearsal/index.js';
import type { theShippedStage } from '../support/case-runner.js';
import { libraryDefects } from '../support/library-defects.js';

/** Of each process one or two, one of them with a known defect of the library. */
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

export const isQuick = ({ name }: Scenario): boolean => quickOnTheLibrary.includes(name);

export function itIsTheSame(stage: Awaited<ReturnType<typeof theShippedStage>>, scenario: Scenario): void {
  const failures = () => runScenario(stage, scenario, 'bpmn-engine').failures;
  if (!scenario.library) {
    it(`${scenario.title}(${scenario.name})`, () => {
      expect(failures()).to.deep.equal([]);
    });
    return;
  }
  const { defect } = scenario.library;
  it(`${scenario.title}(${scenario.name}):已知缺陷 ${defect} 仍在`, () => {
    expect(libraryDefects).to.have.property(defect);
    expect(failures(), 'the library has mended it: take the defect out of the scenario').not.to.deep.equal(
      [],
    );
  });
}
