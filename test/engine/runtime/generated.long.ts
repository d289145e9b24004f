/** Two independent implementations of one standard take the same path through generated models. */
import { expect } from 'chai';
import fc from 'fast-check';
import { runtimeNamed } from '../../support/runtimes.js';
import type { Stimulus } from '../../../src/engine/runtime/interface.js';
import { journeys, xmlOf, type Journey, type Model, type Move } from '../../support/generated-models.js';
import { definitionIn, Run, type Standing } from '../../support/traces.js';

/** Fixed, so that a failure is the same for everyone; fast-check prints the smallest model that fails. */
const seed = 20260304;

describe('Generated models', () => {
  it('take the same way on token and on bpmn-engine, whatever is done in whatever order', async function () {
    this.timeout(120_000);
    await fc.assert(fc.asyncProperty(journeys(24), bothAgree), { seed, numRuns: 300 });
  });
});

async function bothAgree({ model, moves }: Journey): Promise<void> {
  const definition = await definitionIn({ xml: xmlOf(model) });
  const runs = (['token', 'bpmn-engine'] as const).map((name) => new Run(runtimeNamed(name), definition));
  const take = (stimulus: Stimulus, choice: number): Standing => {
    const [token, library] = runs.map((run) => run.take(stimulus, { choice }));
    expect(token, JSON.stringify({ stimulus, choice })).to.deep.equal(library);
    return token ?? { waiting: [], ended: true };
  };

  let standing = take({ kind: 'start' }, 1);
  for (const move of moves) {
    if (standing.ended) break;
    standing = take(stimulusFor(model, standing, move), move.choice);
  }
}

/** A task that waits is completed, or the timer on it falls due. */
function stimulusFor({ timers }: Model, { waiting }: Standing, { pick }: Move): Stimulus {
  const possible = waiting.flatMap((task): Stimulus[] => {
    const event = timers.get(task);
    const complete: Stimulus = { kind: 'complete', task };
    return event === undefined ? [complete] : [complete, { kind: 'timer', event }];
  });
  const chosen = possible[pick % possible.length];
  if (!chosen) throw new Error('nothing waits, and yet the instance has not ended');
  return chosen;
}
