import { expect } from 'chai';
import { checkContext, shippedDiagrams } from '../../support/check-context.js';
import { theShippedStage } from '../../support/case-runner.js';
import { mutants, type Mutant } from '../../support/mutants.js';
import type { Finding } from '../../../src/design/compliance/index.js';
import { rules } from '../../../src/design/compliance/rules.js';
import { modelsOf, type InForce, type ProcessModel } from '../../../src/design/compliance/subject.js';
import {
  assertDeployable,
  definitionSet,
  isDecisionXml,
  parseDecision,
  parseDiagram,
  type DefinitionSet,
} from '../../../src/engine/index.js';
import { createHandlers } from '../../../src/handlers/index.js';
import {
  counterExample,
  dryRun,
  readScenarios,
  type CounterExample,
  type Stage,
} from '../../../src/design/rehearsal/index.js';
import { confirms } from '../../../src/design/rehearsal/proof/counter-example.js';
import { refusalOf } from '../../../src/design/rehearsal/refusal-of.js';
import { shippedCatalogue } from '../../../src/law/regulation/index.js';

const count = 300;
/** Rules whose findings a run can show; the others would take as long and show nothing. */
const shownByRuns = new Set(['sound', 'response', 'precedence', 'deadline', 'separation', 'names', 'exits']);

type Proved = Pick<Finding, 'rule' | 'message'> & { readonly proof: NonNullable<Finding['proof']> };

describe(`反例：${count} 处画进现行各图的错`, () => {
  it('每个反例真实的引擎都走得出来，在没有画错的图上走同样的步子不会碰到；走不出来的只有少数', async function () {
    this.timeout(400_000);
    const known = (await readScenarios()).map(({ given }) => given);
    const catalogue = shippedCatalogue('2026-03-02');
    const shipped = await theShippedStage();
    const models = (
      await Promise.all(shippedDiagrams.map(async ({ xml }) => modelsOf(await parseDiagram(xml))))
    ).flat();
    const decisions = checkContext.inForce.filter(isDecisionXml);
    const tables = await Promise.all(decisions.map((xml) => parseDecision(xml)));
    const told = { shown: 0, not: [] as string[] };
    const spurious: string[] = [];
    for (const mutant of await mutants(count)) {
      const proved = await provedIn(mutant, { models, tables });
      const stage = proved.length > 0 ? await stageWith(mutant, shipped) : undefined;
      if (!stage) continue;
      for (const finding of proved) {
        const what = `${mutant.file},${mutant.what}:${finding.message}`;
        const found = await counterExample({ stage, catalogue, known }, finding);
        if (found) told.shown += 1;
        else told.not.push(`${finding.rule} ${what}`);
        if (!found) continue;
        if (!lives(stage, found)) spurious.push(`走不通：${what}`);
        // If the deed itself was removed, the check no longer knows the facts that the order
        // depends on: it then requires the order on every path, which even the lawful diagram
        // violates.
        if (finding.rule === 'precedence' && mutant.what.startsWith('删去 <duty:deed')) continue;
        if (confirms({ stage: shipped, catalogue }, mutant.key, finding.proof, found.begin, found.moves)) {
          spurious.push(`没有画错也碰到：${what}`);
        }
      }
    }
    expect(spurious).to.deep.equal([]);
    expect(told.shown).to.be.greaterThan(97);
    expect(told.shown / (told.shown + told.not.length), told.not.join('\n')).to.be.greaterThan(0.86);
  });
});

async function provedIn(
  { source, key }: Mutant,
  { models, tables }: { readonly models: readonly ProcessModel[]; readonly tables: InForce['tables'] },
): Promise<readonly Proved[]> {
  const [model] = modelsOf(await parseDiagram(source));
  const own = models.find((one) => one.key === key);
  if (!model || !own) return [];
  const inForce = { own, others: models.filter((one) => one !== own), tables };
  const found: Proved[] = [];
  for (const [rule, check] of rules) {
    if (!shownByRuns.has(rule)) continue;
    check({ ...model, context: checkContext, inForce, sha256: '' }, ({ message, proof }) => {
      if (proof) found.push({ rule, message, proof });
    });
  }
  return found;
}

/** The shipped diagrams with the mutant in place of its original. Undefined if the mutant cannot run at all. */
async function stageWith({ source, key }: Mutant, shipped: Stage): Promise<Stage | undefined> {
  const drawn = (await definitionSet([source])).inForce(key, new Date(0));
  const before = shipped.definitions.inForce(key, new Date(0));
  if (!drawn || !before || refusalOf(() => assertDeployable(drawn.definition, createHandlers())))
    return undefined;
  const mutated = { ...drawn, id: before.id };
  const { definitions } = shipped;
  const all = definitions.all.map((one) => (one === before ? mutated : one));
  const set: DefinitionSet = {
    ...definitions,
    all,
    byId: (id) => (id === before.id ? mutated : definitions.byId(id)),
    inForce: (one, at) => (one === key ? mutated : definitions.inForce(one, at)),
    startedBy: (message) => {
      const deployed = all.find(({ annotations }) => annotations.messageStarts.has(message));
      return deployed && { deployed, event: deployed.annotations.messageStarts.get(message) ?? '' };
    },
    withElement: (element) => all.find(({ annotations }) => annotations.element(element)),
    pinned: ({ definition }) => definition,
  };
  return { ...shipped, definitions: set };
}

/** Plays it as the designer does: each act succeeds, and only the last one may be refused. */
function lives(stage: Stage, { begin, steps }: CounterExample): boolean {
  const { refused } = dryRun(
    stage,
    begin,
    steps.map(({ act }) => act),
  );
  if (refused === undefined) return true;
  return refused.act === steps.length - 1 && /^flow\.(no-way-out|endless)$/.test(refused.refusal.code);
}
