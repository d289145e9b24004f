/** An instance that is migrated, at any step, to the same model under other names continues unchanged. */
import { expect } from 'chai';
import type { BpmnElement } from '../../../src/engine/model/bpmn-types.js';
import { definitionOf, processOf } from '../../../src/engine/model/definition.js';
import { parseDiagram } from '../../../src/engine/model/parse.js';
import type { Definition, State, Stimulus } from '../../../src/engine/runtime/interface.js';
import { tokenRuntime } from '../../../src/engine/runtime/token/index.js';
import { moveState } from '../../../src/engine/runtime/token/moved-state.js';
import {
  asStimulus,
  bringing,
  definitionIn,
  expectedOf,
  Run,
  traces,
  type Trace,
} from '../../support/traces.js';

type Writable = BpmnElement & { set(property: string, value: string): void };
type Container = BpmnElement & {
  id?: string;
  flowElements?: BpmnElement[];
  eventDefinitions?: Writable[];
};

const prefix = 'v2.';
const there = (id: string): string => `${prefix}${id}`;

/** The model under other names; drawn in another order, its parts also have other numbers. */
async function twin(trace: Pick<Trace, 'xml'>, order: 'same' | 'reversed'): Promise<Definition> {
  const parsed = await parseDiagram(trace.xml);
  const rename = (container: Container): void => {
    for (const element of (container.flowElements ?? []) as Container[]) {
      if (element.id !== undefined) element.id = there(element.id);
      for (const event of element.eventDefinitions ?? []) {
        for (const property of ['duty:before', 'duty:after']) {
          const counted = event.get(property);
          if (typeof counted === 'string') event.set(property, there(counted));
        }
      }
      rename(element);
    }
    if (order === 'reversed') container.flowElements?.reverse();
  };
  const main = definitionOf(parsed);
  rename(processOf(main) as Container);
  return main;
}

/** Every element of the process itself, by its id. */
function idsOf(definition: Definition): string[] {
  const collect = (container: Container): string[] =>
    ((container.flowElements ?? []) as Container[]).flatMap((element) => [
      element.id ?? '',
      ...collect(element),
    ]);
  return collect(processOf(definition) as Container);
}

const now = new Date('2026-03-04T12:00:00+08:00');

function stateAfter(definition: Definition, trace: Trace, steps: number) {
  let state: State | null = null;
  let variables = trace.variables;
  for (const { stimulus, refused } of trace.steps.slice(0, steps)) {
    const { variables: changed, ...given } = stimulus;
    if (refused !== undefined) continue;
    const plain = asStimulus(given);
    const merged = bringing(plain) ? variables : { ...variables, ...changed };
    const taken = bringing(plain) ? { ...plain, variables: changed ?? {} } : plain;
    const result = tokenRuntime.step(definition, state, taken, merged, now);
    state = JSON.parse(JSON.stringify(result.state)) as State | null;
    variables = { ...merged, ...result.assigned };
  }
  return { state, variables };
}

function renamed(stimulus: Stimulus): Stimulus {
  switch (stimulus.kind) {
    case 'start':
      return stimulus.event === undefined ? stimulus : { ...stimulus, event: there(stimulus.event) };
    case 'complete':
    case 'error':
    case 'escalation':
      return { ...stimulus, task: there(stimulus.task) };
    case 'timer':
      return { ...stimulus, event: there(stimulus.event) };
    case 'rearm':
      return { ...stimulus, events: stimulus.events.map(there) };
    default:
      return stimulus;
  }
}

describe('换到只是换了标识的一版', () => {
  // If a process calls another in its diagram, inner names stay the same: the round trip covers
  // them.
  for (const trace of traces().filter(({ xml }) => xml.match(/<(?:\w+:)?process /g)?.length === 1)) {
    it(`${trace.name}：在任何一步之后换过去，此后走法不变`, async () => {
      const from = await definitionIn(trace);
      const to = await twin(trace, 'same');
      const mapping = Object.fromEntries(idsOf(from).map((id) => [id, there(id)]));
      for (let at = 1; at < trace.steps.length; at += 1) {
        const { state, variables } = stateAfter(from, trace, at);
        if (state === null) break;
        const { moved, hindrances } = moveState(state, from, to, mapping);
        expect(hindrances, `step ${at}`).to.deep.equal([]);
        expect([moved?.toArm, moved?.disarmed], `step ${at}`).to.deep.equal([[], []]);
        const run = new Run(tokenRuntime, to, variables, moved?.state ?? null);
        for (const [index, step] of trace.steps.slice(at).entries()) {
          const { variables: changed, ...given } = step.stimulus;
          const standing = run.take(renamed(asStimulus(given)), changed ?? {});
          const expected = expectedOf(step);
          const place = `moved at ${at}, step ${at + index + 1}`;
          // A refused stimulus has changed nothing; the next step shows the instance's state.
          expect(standing.refused, place).to.equal(expected.refused);
          if (expected.refused !== undefined) continue;
          expect(standing, place).to.deep.equal({ ...expected, waiting: expected.waiting.map(there) });
        }
      }
    });
  }

  for (const trace of traces()) {
    it(`${trace.name}：换到另一种次序画成的一版再换回来，办理进度一字不差`, async () => {
      const from = await definitionIn(trace);
      const to = await twin(trace, 'reversed');
      const mapping = Object.fromEntries(idsOf(from).map((id) => [id, there(id)]));
      const back = Object.fromEntries(idsOf(from).map((id) => [there(id), id]));
      for (let at = 1; at <= trace.steps.length; at += 1) {
        const { state } = stateAfter(from, trace, at);
        if (state === null) break;
        const out = moveState(state, from, to, mapping);
        expect(out.hindrances, `step ${at}`).to.deep.equal([]);
        const home = moveState(out.moved?.state ?? null, to, from, back);
        expect(home.moved?.state, `step ${at}`).to.deep.equal(state);
      }
    });
  }
});
