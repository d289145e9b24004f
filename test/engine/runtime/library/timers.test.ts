/** The library's timers become rows for the deadline table, the same rows as with `token`. */
import { expect } from 'chai';
import { definitionOf } from '../../../../src/engine/model/definition.js';
import { parseDiagram } from '../../../../src/engine/model/parse.js';
import { runtimeNamed, type RuntimeName } from '../../../support/runtimes.js';
import type { Definition, State, StepResult, Stimulus } from '../../../../src/engine/runtime/interface.js';
import { Refusal } from '../../../../src/kernel/refusal.js';
import { bpmn } from '../../../support/model-text.js';

const now = new Date('2026-03-04T12:00:00+08:00');

async function model(text: string, write = (xml: string): string => xml): Promise<Definition> {
  return definitionOf(await parseDiagram(write(bpmn(text))));
}

function walk(
  name: RuntimeName,
  definition: Definition,
  stimuli: readonly Stimulus[],
): readonly StepResult[] {
  let state: State | null = null;
  return stimuli.map((stimulus) => {
    const result = runtimeNamed(name).step(definition, state, stimulus, { days: 7 }, now);
    state = JSON.parse(JSON.stringify(result.state)) as State | null;
    return result;
  });
}

/** The armed timers without their ids, which each runtime names in its own way. */
function armed({ timers }: StepResult): readonly object[] {
  return timers.arm.map(({ timer: _timer, ...rest }) => rest);
}

const limited = `
start begin
user work
boundary reminder on:work timer:P3D keep
boundary limit on:work timer:P5D
end finish
begin > work > finish
reminder > finish
limit > finish`;

/** As an officer writes it: five working days, and a reminder one working day before. */
function worked(xml: string): string {
  return xml
    .replace('<timerEventDefinition>', '<timerEventDefinition duty:unit="working-days" duty:before="limit">')
    .replace(
      '<timerEventDefinition>',
      '<timerEventDefinition duty:unit="working-days" duty:edge="start" duty:policy="limit.reply">',
    );
}

const runtimes = ['token', 'bpmn-engine'] as const;

describe('Timers of both runtimes', () => {
  for (const name of runtimes) {
    describe(name, () => {
      it('are armed with what the diagram says of their days', async () => {
        const [begun] = walk(name, await model(limited, worked), [{ kind: 'start' }]);
        const limit = {
          kind: 'duration',
          text: 'P5D',
          unit: 'working-days',
          edge: 'start',
          policy: 'limit.reply',
        };
        expect(begun && armed(begun)).to.have.deep.members([
          {
            element: 'reminder',
            host: 'work',
            fired: 0,
            spec: {
              kind: 'duration',
              text: 'P3D',
              unit: 'working-days',
              edge: 'end',
              relative: { direction: 'before', of: 'limit', to: limit },
            },
          },
          { element: 'limit', host: 'work', fired: 0, spec: limit },
        ]);
      });

      it('are withdrawn with their task, except the one that has fired', async () => {
        const definition = await model(limited);
        const [begun, done] = walk(name, definition, [{ kind: 'start' }, { kind: 'complete', task: 'work' }]);
        const ids = begun?.timers.arm.map(({ timer }) => timer) ?? [];
        expect(done?.timers.disarm).to.have.members(ids);

        const [again, fired] = walk(name, definition, [{ kind: 'start' }, { kind: 'timer', event: 'limit' }]);
        const reminder = again?.timers.arm.find(({ element }) => element === 'reminder')?.timer;
        expect(fired?.timers).to.deep.equal({ arm: [], disarm: [reminder] });
      });

      it('count how often a cycle has fired, and end with it', async () => {
        const definition = await model(`
          start begin
          user work
          boundary nudge on:work cycle:R3/PT1H keep
          end finish
          begin > work > finish
          nudge > finish`);
        const nudge: Stimulus = { kind: 'timer', event: 'nudge' };
        const steps = walk(name, definition, [{ kind: 'start' }, nudge, nudge, nudge]);
        const fired = steps.map(({ timers }) => timers.arm.map((timer) => timer.fired));
        expect(fired).to.deep.equal([[0], [1], [2], []]);
      });

      it('take their length from FEEL where the diagram says so', async () => {
        const definition = await model(
          limited.replace('timer:P5D', 'timer:"= \\"P\\" + string(days) + \\"D\\""'),
          (xml) =>
            xml.replace(
              /<timeDuration>=.*<\/timeDuration>/,
              '<timeDuration>= "P" + string(days) + "D"</timeDuration>',
            ),
        );
        const [begun] = walk(name, definition, [{ kind: 'start' }]);
        expect(begun?.timers.arm.find(({ element }) => element === 'limit')?.spec.text).to.equal('P7D');
      });

      it('refuse a relation that leads nowhere or round in a circle', async () => {
        const lost = await model(limited, (xml) =>
          xml.replace('<timerEventDefinition>', '<timerEventDefinition duty:after="elsewhere">'),
        );
        const circle = await model(limited, (xml) =>
          xml
            .replace('<timerEventDefinition>', '<timerEventDefinition duty:after="limit">')
            .replace('<timerEventDefinition>', '<timerEventDefinition duty:before="reminder">'),
        );
        for (const definition of [lost, circle]) {
          let code: string | undefined;
          try {
            walk(name, definition, [{ kind: 'start' }]);
          } catch (cause) {
            if (cause instanceof Refusal) code = cause.code;
          }
          expect(code).to.equal('timer.invalid');
        }
      });
    });
  }
});
