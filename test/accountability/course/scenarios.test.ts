/** The course of every scenario. */
import { expect } from 'chai';
import { beginning, courseOf, step } from '../../../src/accountability/course/index.js';
import { readScenarios } from '../../../src/design/rehearsal/index.js';
import { theShippedStage } from '../../support/case-runner.js';
import { livedEntries } from '../../support/lived-scenario.js';
import { shippedWords as words } from './entries.js';

describe('一件事项的经过：每个情景', () => {
  it('一步步折叠与整条折叠相同；记下的指派与行为所说的承办单位相同', async () => {
    const stage = await theShippedStage();
    for (const scenario of await readScenarios()) {
      let [byStep, assignments] = [beginning, beginning];
      const trail = livedEntries(stage, scenario);
      for (const entry of trail) {
        byStep = step(byStep, entry, words);
        assignments = step(assignments, entry);
        if (byStep.turn.handedTo !== undefined)
          expect(assignments.lastUnit, `${scenario.name} ${entry.seq}`).to.equal(byStep.turn.handedTo);
      }
      expect(byStep, scenario.name).to.deep.equal(courseOf(trail, words));
    }
  }).timeout(300_000);
});
