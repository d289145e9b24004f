import { expect } from 'chai';
import { checkDiagram } from '../../src/compliance/index.js';
import {
  counterExample,
  dryRun,
  readScenarios,
  shippedStage,
  withDrafts,
  type CounterExample,
  type Stage,
} from '../../src/rehearsal/index.js';
import { confirms } from '../../src/rehearsal/proof/counter-example.js';
import { Refusal } from '../../src/kernel/index.js';
import { shippedCatalogue } from '../../src/regulation/index.js';
import { checkContext } from '../support/check-context.js';
import { shippedSources, theShippedStage } from '../support/case-runner.js';
import { mutants, type Mutant } from '../support/mutants.js';

const count = 300;

/** Undefined: what was drawn could not run at all. */
async function stageWith({ source }: Mutant): Promise<Stage | undefined> {
  try {
    return await shippedStage(await withDrafts(shippedSources(), [source]));
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

describe(`反例:${count} 处画进现行各图的错`, () => {
  it('每个反例真实的引擎都走得出来,在没有画错的图上走同样的步子不会碰到;走不出来的只有少数', async function () {
    this.timeout(300_000);
    const known = (await readScenarios()).map(({ given }) => given);
    const catalogue = shippedCatalogue('2026-03-02');
    const shipped = await theShippedStage();
    const told = new Map<string, { shown: number; not: number }>();
    const spurious: string[] = [];
    for (const mutant of await mutants(count)) {
      const { findings } = await checkDiagram(mutant.source, checkContext);
      const proved = findings.filter(({ proof }) => proof).slice(0, 2);
      const stage = proved.length > 0 ? await stageWith(mutant) : undefined;
      if (!stage) continue;
      for (const finding of proved) {
        const { proof } = finding;
        if (!proof) continue;
        const found = await counterExample({ stage, catalogue, known }, finding);
        const kind = `${finding.rule} ${proof.shows.kind}`;
        const tally = told.get(kind) ?? { shown: 0, not: 0 };
        told.set(kind, { ...tally, [found ? 'shown' : 'not']: tally[found ? 'shown' : 'not'] + 1 });
        if (!found) continue;
        const what = `${mutant.file},${mutant.what}:${finding.message}`;
        if (!lives(stage, found)) spurious.push(`走不通:${what}`);
        if (confirms({ stage: shipped, catalogue }, mutant.key, proof, found.begin, found.moves)) {
          spurious.push(`没有画错也碰到:${what}`);
        }
      }
    }
    expect(spurious).to.deep.equal([]);
    const all = [...told.values()];
    const shown = all.reduce((sum, one) => sum + one.shown, 0);
    const not = all.reduce((sum, one) => sum + one.not, 0);
    expect(shown).to.be.greaterThan(60);
    expect(shown / (shown + not)).to.be.greaterThan(0.8);
  });
});

/** As the designer plays it: each act is taken, only the last may be refused. */
function lives(stage: Stage, { begin, steps }: CounterExample): boolean {
  const { refused } = dryRun(
    stage,
    begin,
    steps.map(({ act }) => act),
  );
  return (
    refused === undefined || (refused.act === steps.length - 1 && refused.refusal.code === 'flow.no-way-out')
  );
}
