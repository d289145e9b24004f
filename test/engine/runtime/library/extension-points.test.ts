/**
 * Features that `Engine` of `bpmn-engine` lacks, and the adapter's substitutes
 * (docs/decisions/engine.md). Each test fails once the library offers the feature.
 */
import { Engine } from 'bpmn-engine';
import { expect } from 'chai';
import { bpmn } from '../../../support/model-text.js';

const source = bpmn(`
  start begin
  user work
  end finish
  begin > work > finish`);

describe('Extension points that Engine of bpmn-engine lacks', () => {
  it('execute begins after the call has returned, so that a step could not answer', async () => {
    const engine = new Engine({ source });
    const begun = engine.execute();
    expect(engine.execution, 'it begins within the call: let EngineRun call it').to.equal(null);
    await begun;
    expect(engine.execution.definitions).to.have.length(1);
  });

  it('execute begins every executable process and takes no choice of one', async () => {
    const two = source.replace(
      '</definitions>',
      '<process id="other" isExecutable="true"><userTask id="elsewhere"/></process></definitions>',
    );
    const execution = await new Engine({ source: two }).execute({ processId: 'main' } as object);
    const waiting = execution.getPostponed().map(({ id }) => id);
    expect(waiting, 'it takes a choice: let EngineRun call it').to.deep.equal(['work', 'elsewhere']);
  });

  it('resume hands an error over in a promise, when a step would long have answered', async () => {
    const begun = await new Engine({ source }).execute();
    const state = begun.getState();
    const broken = (): never => {
      throw new Error('broken');
    };
    const extensions = { broken: () => ({ activate: broken, deactivate: () => undefined }) };
    const engine = new Engine({ extensions }).recover(state);
    const failure: unknown = await engine.resume().catch((cause: unknown) => cause);
    expect(failure).to.have.property('message', 'broken');
  });

  it('getState writes the whole diagram into the state', async () => {
    const { definitions } = (await new Engine({ source }).execute()).getState();
    expect(definitions[0]?.source, 'it does not: let EngineRun call it').to.include('"sequenceFlows"');
  });

  it('executions are named by Math.random, and no option names them otherwise', async () => {
    const { random } = Math;
    Math.random = () => 0.5;
    try {
      const execution = await new Engine({ source }).execute();
      const [definition] = execution.definitions;
      expect(definition?.executionId, 'it does not: counted-ids.ts can go').to.equal('definitions_8');
    } finally {
      Math.random = random;
    }
  });
});
