/** Diagrams that other tools have drawn, from the BPMN Model Interchange Working Group. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { definitionOf, processIds } from '../../../../src/engine/model/definition.js';
import { parseDiagram, type ParsedDiagram } from '../../../../src/engine/model/parse.js';
import { runtimeNamed, type RuntimeName } from '../../../support/runtimes.js';
import { Refusal } from '../../../../src/kernel/refusal.js';
import { shared } from '../../../support/shared.js';

const now = new Date('2026-03-04T12:00:00+08:00');

describe('Diagrams of the interchange working group', () => {
  let folder = '';
  before(function () {
    folder = shared(this, 'bpmn/miwg');
  });

  it('start in the same way on both runtimes, or one of them refuses and says why', async () => {
    let same = 0;
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.bpmn'))) {
      const diagram = await read(join(folder, file));
      for (const processId of diagram ? processIds(diagram) : []) {
        const [token, library] = (['token', 'bpmn-engine'] as const).map((name) =>
          begin(name, diagram, processId),
        );
        if (token === undefined || library === undefined) continue;
        expect(library, `${file} ${processId}`).to.deep.equal(token);
        same += 1;
      }
    }
    expect(same).to.be.greaterThan(20);
  });
});

async function read(path: string): Promise<ParsedDiagram | undefined> {
  return parseDiagram(readFileSync(path)).catch(undefinedIfRefused);
}

/** The tasks that wait after the start; undefined if it is refused. */
function begin(name: RuntimeName, diagram: ParsedDiagram | undefined, processId: string): object | undefined {
  if (!diagram) return undefined;
  try {
    const definition = definitionOf(diagram, { processId });
    const { waiting, ended } = runtimeNamed(name).step(definition, null, { kind: 'start' }, {}, now);
    return { waiting: waiting.map(({ element }) => element), ended };
  } catch (cause) {
    return undefinedIfRefused(cause);
  }
}

function undefinedIfRefused(cause: unknown): undefined {
  if (!(cause instanceof Refusal)) throw cause;
  return undefined;
}
