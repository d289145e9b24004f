import { expect } from 'chai';
import { definitionOf } from '../../../../src/engine/model/definition.js';
import { parseDiagram } from '../../../../src/engine/model/parse.js';
import { runtimeNamed } from '../../../support/runtimes.js';
import type {
  Definition,
  State,
  StepResult,
  Stimulus,
  Variables,
} from '../../../../src/engine/runtime/interface.js';
import { Refusal } from '../../../../src/kernel/refusal.js';
import { bpmn } from '../../../support/model-text.js';

const runtime = runtimeNamed('bpmn-engine');
const now = new Date('2026-03-04T12:00:00+08:00');
const start: Stimulus = { kind: 'start' };

async function model(text: string): Promise<Definition> {
  return definitionOf(await parseDiagram(bpmn(text)));
}

/** Result of the last of several steps, each from the saved state of the preceding one. */
function after(definition: Definition, stimuli: readonly Stimulus[], variables: Variables = {}): StepResult {
  let result: StepResult | undefined;
  let state: State | null = null;
  for (const stimulus of stimuli) {
    result = runtime.step(definition, state, stimulus, variables, now);
    state = JSON.parse(JSON.stringify(result.state)) as State | null;
  }
  if (!result) throw new Error('no stimulus');
  return result;
}

function refusalOf(act: () => unknown): Refusal {
  try {
    act();
  } catch (cause) {
    if (cause instanceof Refusal) return cause;
    throw cause;
  }
  throw new Error('was not refused');
}

const oneTask = `
start begin
user work
end finish
begin > work > finish`;

describe('The library behind our interface', () => {
  it('tells what happened in order', async () => {
    const definition = await model(oneTask);
    const { events, waiting } = after(definition, [start]);
    const token = waiting[0]?.token ?? '';
    expect(
      events.map((event) => [event.kind, 'element' in event ? event.element : 'flow' in event && event.flow]),
    ).to.deep.equal([
      ['entered', 'begin'],
      ['left', 'begin'],
      ['taken', 'flow1'],
      ['entered', 'work'],
      ['waiting', 'work'],
    ]);
    const ended = after(definition, [start, { kind: 'complete', task: 'work', token }]);
    expect(ended.events.map(({ kind }) => kind)).to.deep.equal(['left', 'taken', 'entered', 'left', 'ended']);
    expect(ended.events.at(-1)).to.deep.equal({ kind: 'ended', how: 'completed' });
    expect(ended.state).to.equal(null);
  });

  it('leaves the random numbers of the program as they were, also after a refusal', async () => {
    const { random } = Math;
    const definition = await model(oneTask);
    after(definition, [start]);
    refusalOf(() => after(definition, [start, { kind: 'complete', task: 'elsewhere' }]));
    expect(Math.random).to.equal(random);
  });

  it('does not change the state that it is given', async () => {
    const definition = await model(oneTask);
    const { state } = after(definition, [start]);
    const text = JSON.stringify(state);
    runtime.step(definition, state, { kind: 'complete', task: 'work' }, {}, now);
    expect(JSON.stringify(state)).to.equal(text);
  });

  it('cancels whatever waits', async () => {
    const definition = await model(`
      start begin
      user work
      boundary late on:work timer:P5D
      end finish
      begin > work > finish
      late > finish`);
    const { state, events, timers, ended } = after(definition, [start, { kind: 'cancel' }]);
    expect({ state, ended }).to.deep.equal({ state: null, ended: true });
    expect(events.map(({ kind }) => kind)).to.deep.equal(['cancelled', 'ended']);
    expect(timers.disarm).to.have.length(1);
  });

  it('announces calls with handler and local names, for the instances that are new', async () => {
    const xml = bpmn(`
      start begin
      service ask multi over:units item:unit
      end finish
      begin > ask > finish`).replace(
      '<serviceTask id="ask"',
      '<serviceTask id="ask" duty:handler="units.ask"',
    );
    const definition = definitionOf(await parseDiagram(xml));
    const variables = { units: ['供水', '供电'] };
    const { calls } = after(definition, [start], variables);
    expect(
      calls.map(({ handler, locals }) => [handler, locals?.['unit'], locals?.['loopCounter']]),
    ).to.deep.equal([
      ['units.ask', '供水', 1],
      ['units.ask', '供电', 2],
    ]);
    const second = calls[1]?.token ?? '';
    const next = after(definition, [start, { kind: 'complete', task: 'ask', token: second }], variables);
    expect(next.calls).to.deep.equal([]);
    expect(next.waiting.map(({ token }) => token)).to.deep.equal([calls[0]?.token]);
  });

  it('sees the item of a multi-instance in a sub-process nested in another', async () => {
    const definition = await model(`
      start begin
      sub each multi over:units item:unit {
        start eachBegin
        sub inner {
          start innerBegin
          user look
          xor which
          user water
          end innerEnd
          innerBegin > look > which
          which > water if unit = "water"
          which > innerEnd default
          water > innerEnd
        }
        end eachEnd
        eachBegin > inner > eachEnd
      }
      end finish
      begin > each > finish`);
    const look: Stimulus = { kind: 'complete', task: 'look' };
    const { waiting } = after(definition, [start, look, look], { units: ['power', 'water'] });
    expect(waiting.map(({ element }) => element)).to.deep.equal(['water']);
  });

  it('runs a called process of another diagram, and refuses one whose ids clash', async () => {
    const called = async (prefix: string): Promise<ReadonlyMap<string, Definition>> => {
      const text = `
        start ${prefix}Begin
        user ${prefix}
        end ${prefix}End
        ${prefix}Begin > ${prefix} > ${prefix}End`;
      const xml = bpmn(text)
        .replace('process id="main"', 'process id="reviewing"')
        .replaceAll('flow', `${prefix}Flow`);
      const diagram = await parseDiagram(xml.replaceAll(`sequence${prefix}Flow`, 'sequenceFlow'));
      return new Map([['reviewing', definitionOf(diagram)]]);
    };
    const calling = await parseDiagram(
      bpmn(`
        start begin
        call review calls:reviewing
        end finish
        begin > review > finish`),
    );
    const fits = definitionOf(calling, { called: await called('look') });
    expect(after(fits, [start]).waiting.map(({ element }) => element)).to.deep.equal(['look']);
    expect(after(fits, [start, { kind: 'complete', task: 'look' }]).ended).to.equal(true);

    const clashes = definitionOf(calling, { called: await called('review') });
    expect(refusalOf(() => after(clashes, [start])).code).to.equal('definition.unsupported');
  });

  describe('refuses, and nothing has changed', () => {
    it('a stimulus after the end, a second start, a start event that there is not', async () => {
      const definition = await model(oneTask);
      const stimulus: Stimulus = { kind: 'complete', task: 'work' };
      expect(refusalOf(() => runtime.step(definition, null, stimulus, {}, now)).code).to.equal(
        'stimulus.ended',
      );
      expect(refusalOf(() => after(definition, [start, start])).code).to.equal('stimulus.not-waiting');
      const elsewhere: Stimulus = { kind: 'start', event: 'elsewhere' };
      expect(refusalOf(() => after(definition, [elsewhere])).code).to.equal('stimulus.not-waiting');
    });

    it('a stale form: the task waits, but for another token', async () => {
      const stale: Stimulus = { kind: 'complete', task: 'work', token: 'work_0000000000' };
      const definition = await model(oneTask);
      expect(refusalOf(() => after(definition, [start, stale])).code).to.equal('stimulus.not-waiting');
    });

    it('a loop without a rest', async () => {
      const definition = await model(`
        start begin
        xor again
        task note
        end finish
        begin > again > note > again
        note > finish if false`);
      expect(refusalOf(() => after(definition, [start])).code).to.equal('flow.endless');
    });

    it('a condition that cannot be evaluated, and a gateway without a way out', async () => {
      const asking = (condition: string): Promise<Definition> =>
        model(`
          start begin
          xor pick
          user a
          user b
          end finish
          begin > pick
          pick > a if ${condition}
          pick > b if false
          a > finish
          b > finish`);
      const unreadable = await asking('1 +');
      expect(refusalOf(() => after(unreadable, [start])).code).to.equal('expression.invalid');
      const never = await asking('unknown = 1');
      const stuck = refusalOf(() => after(never, [start]));
      expect([stuck.code, stuck.where]).to.deep.equal(['flow.no-way-out', 'pick']);
    });

    it('a number of instances that is none', async () => {
      const definition = await model(`
        start begin
        user each multi times:count
        end finish
        begin > each > finish`);
      expect(refusalOf(() => after(definition, [start], { count: -1 })).code).to.equal('expression.invalid');
    });
  });
});
