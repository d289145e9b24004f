/** Invariants after every step of every golden diagram, for any stimuli in any order. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { Stimulus } from '../../../../src/engine/runtime/interface.js';
import { Refusal } from '../../../../src/kernel/refusal.js';
import { definitionIn, traces } from '../../../support/traces.js';
import { Case } from './case.js';

const seed = 20260304;
const all = traces();

describe('token：任何图、任何推进次序下都成立的性质', () => {
  it('进度只由输入决定；拒绝不留痕迹；计时器和令牌有始有终', async function () {
    this.timeout(120_000);
    const definitions = await Promise.all(all.map(definitionIn));
    const picks = fc.array(fc.nat(999), { maxLength: 25 });
    fc.assert(
      fc.property(fc.nat(all.length - 1), picks, (at, choices) => {
        const [trace, definition] = [all[at], definitions[at]];
        if (!trace || !definition) return;
        const run = new Case(definition, trace.variables);
        const twin = new Case(definition, trace.variables);
        const vocabulary = trace.steps.map(({ stimulus }) => Object.values<unknown>(stimulus)).flat();
        const names = vocabulary.filter((word): word is string => typeof word === 'string');
        attempt(run, twin, { kind: 'start' });
        for (const choice of choices) attempt(run, twin, stimulusOf(run, names, choice));
        if (run.ended) expectAllLeft(run);
        else attempt(run, twin, { kind: 'cancel' });
        expectAllLeft(run);
      }),
      { seed, numRuns: 1500 },
    );
  });
});

function stimulusOf(run: Case, names: readonly string[], choice: number): Stimulus {
  const name = names[choice % Math.max(names.length, 1)] ?? 'x';
  const waiting = run.last?.waiting ?? [];
  const task = waiting[choice % Math.max(waiting.length, 1)];
  const timers = [...run.armed.values()];
  const timer = timers[choice % Math.max(timers.length, 1)];
  switch (choice % 7) {
    case 0:
      return { kind: 'message', name };
    case 1:
      return { kind: 'signal', name };
    case 2:
      return { kind: 'error', task: task?.element ?? name, code: name };
    case 3:
    case 4:
      if (timer) return { kind: 'timer', event: timer.element, timer: timer.timer };
  }
  return { kind: 'complete', task: task?.element ?? name, ...(task ? { token: task.token } : {}) };
}

function attempt(run: Case, twin: Case, stimulus: Stimulus): void {
  const before = JSON.stringify(run.state);
  try {
    run.take(stimulus);
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    expect(JSON.stringify(run.state)).to.equal(before);
    expect(() => twin.take(stimulus)).to.throw(Refusal);
    return;
  }
  twin.take(stimulus);
  expect(twin.last).to.deep.equal(run.last);
  const ids = (run.last?.waiting ?? []).map(({ element, token }) => `${element} ${token}`);
  expect(new Set(ids).size).to.equal(ids.length);
}

/** Every visit of a token to an element ends, by leaving it or by being cancelled there. */
function expectAllLeft(run: Case): void {
  if (!run.ended) return;
  const open = new Set<string>();
  for (const event of run.events) {
    if (event.kind === 'entered') {
      const visit = `${event.element} ${event.token}`;
      expect(open.has(visit), `entered twice: ${visit}`).to.equal(false);
      open.add(visit);
    } else if (event.kind === 'left' || event.kind === 'cancelled') {
      const visit = `${event.element} ${event.token}`;
      expect(open.delete(visit), `${event.kind} without having entered: ${visit}`).to.equal(true);
    }
  }
  expect([...open]).to.deep.equal([]);
}
