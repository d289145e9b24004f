/** Every golden trace on `bpmn-engine`; on our engine: token/traces.test.ts. */
import { expect } from 'chai';
import { runtimeNamed, type RuntimeName } from '../../support/runtimes.js';
import { libraryDefects, mendedDefects } from '../../support/library-defects.js';
import {
  definitionIn,
  expectedOf,
  Run,
  takeStep,
  traces,
  type Standing,
  type Trace,
} from '../../support/traces.js';

const all = traces();
const defects = { ...libraryDefects, ...mendedDefects };

describe('Golden traces of BPMN 2.0 behaviour', () => {
  describe('bpmn-engine does the same, or departs as its known defects say', () => {
    for (const trace of all) {
      const { library } = trace;
      if (library === 'unsupported') {
        it(`${trace.title} (${trace.name}): is refused`, async () => {
          const [first] = await standings('bpmn-engine', trace);
          expect(first?.refused).to.equal('definition.unsupported');
        });
        continue;
      }
      if (library === 'agrees' || 'mended' in library) {
        it(`${trace.title} (${trace.name})`, async () => {
          expect(await standings('bpmn-engine', trace)).to.deep.equal(trace.steps.map(expectedOf));
        });
        continue;
      }
      it(`${trace.title} (${trace.name}): ${library.defect}`, async () => {
        const taken = await standings('bpmn-engine', trace);
        const expected = trace.steps.map(expectedOf);
        const mended = JSON.stringify(taken) === JSON.stringify(expected);
        expect(mended, `the library has mended "${library.defect}": let the trace say "agrees"`).to.equal(
          false,
        );
        const upTo = library.step - 1;
        expect(taken.slice(0, upTo)).to.deep.equal(expected.slice(0, upTo));
        const { defect: _defect, step: _step, ...departed } = library;
        expect(taken[upTo]).to.deep.equal(departed);
      });
    }
  });

  it('every known defect is shown by a trace', () => {
    const shown = new Set(all.map(defectOf).filter((id) => id !== undefined));
    expect([...shown].sort()).to.deep.equal(Object.keys(defects).sort());
  });

  it('the same stimuli give the same states, to the letter', async () => {
    for (const trace of all) {
      const [first, second] = [await states(trace), await states(trace)];
      expect(first, trace.name).to.deep.equal(second);
    }
  });
});

function defectOf({ library }: Trace): string | undefined {
  if (typeof library === 'string') return undefined;
  return 'mended' in library ? library.mended : library.defect;
}

async function standings(name: RuntimeName, trace: Trace): Promise<readonly Standing[]> {
  const run = new Run(runtimeNamed(name), await definitionIn(trace), trace.variables);
  return trace.steps.map((step) => takeStep(run, step));
}

async function states(trace: Trace): Promise<readonly string[]> {
  const run = new Run(runtimeNamed('token'), await definitionIn(trace), trace.variables);
  return trace.steps.map((step) => {
    takeStep(run, step);
    return run.saved;
  });
}
