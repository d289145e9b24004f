/** Every golden trace on the token runtime, the state written to text and read again between any two steps. */
import { expect } from 'chai';
import { runtimeNamed } from '../../../support/runtimes.js';
import { definitionIn, expectedOf, Run, takeStep, traces } from '../../../support/traces.js';

describe('token does what the golden traces of BPMN 2.0 say', () => {
  for (const trace of traces()) {
    it(`${trace.title} (${trace.name})`, async () => {
      const run = new Run(runtimeNamed('token'), await definitionIn(trace), trace.variables);
      expect(trace.steps.map((step) => takeStep(run, step))).to.deep.equal(trace.steps.map(expectedOf));
    });
  }
});
