/** The behavioural difference of drafts: what is lost is told with a run, what is lawful is not. */
import { expect } from 'chai';
import type { Behaviour } from '../../../src/design/compliance/index.js';
import { comparison } from '../../../src/design/rehearsal/behaviour/lost-behaviour.js';
import { changedElements } from '../../../src/design/rehearsal/changed-elements.js';
import {
  comparedScenarios,
  dryRun,
  readScenarios,
  shippedStage,
  withDrafts,
  type Stage,
} from '../../../src/design/rehearsal/index.js';
import type { Begin, DryAct } from '../../../src/design/rehearsal/dry-run.js';
import { passes } from '../../../src/design/rehearsal/second-opinion.js';
import { shippedLaw } from '../../../src/law/regulation/index.js';
import { shippedSources, theShippedStage } from '../../support/case-runner.js';
import { drawnLimit } from '../../support/drawn-limit.js';
import { renamedIn, renamingOf, withApproval } from '../../support/redrawn.js';

const law = shippedLaw('2026-03-02');
const handling = shippedSources().find((source) => source.includes('<bpmn:process id="handling"')) ?? '';

async function compared(draft: string): Promise<Behaviour & { readonly stage: Stage }> {
  expect(draft).to.not.equal(handling);
  const inForce = shippedSources();
  const stage = await shippedStage(await withDrafts(inForce, [draft]), law);
  // Every third scenario, for time.
  const scenarios = (await readScenarios()).filter((_, index) => index % 3 === 0);
  const stages = { inForce: await theShippedStage(), draft: stage };
  const behaviour = comparison(stages, passes(await changedElements(inForce, draft, law)));
  await comparedScenarios(stages, scenarios, () => undefined, { onBoth: behaviour.compare });
  await behaviour.walk(60, () => undefined);
  return { ...behaviour.found(), stage };
}

describe('同样的办法，现行的和草案各走一遍', () => {
  const harmless: readonly (readonly [string, () => string])[] = [
    ['期限画得更短', () => drawnLimit(handling, 'P4D')],
    ['环节的标识都换了', () => renamedIn(handling, renamingOf(shippedSources()))],
    ['主路上插进一个不是行为的任务', () => withApproval(handling)],
  ];
  for (const [what, draft] of harmless)
    it(`${what}：没有做不到的`, async () => {
      const { runs, lost } = await compared(draft());
      expect(runs).to.be.greaterThan(20);
      expect(lost.map(({ says }) => says)).to.deep.equal([]);
    });

  it('黄牌的级别删掉：说没有了这个级别，演示的一件走到头也没有', async () => {
    const { lost, stage } = await compared(handling.replace(/(name="黄牌") duty:level="yellow"/, '$1'));
    expect(lost.map(({ kind, says }) => [kind, says])).to.deep.equal([['level', '升级“黄牌”没有了']]);
    const [{ begin, steps } = expect.fail()] = lost;
    const run = dryRun(
      stage,
      begin as Begin,
      steps.map(({ act }) => act as DryAct),
    );
    expect(run.refused).to.equal(undefined);
  });

  it('回复与实际不一致的不交监察、一致的反而交：线索没有了', async () => {
    const { lost } = await compared(handling.replace('= factsVerified = false<', '= factsVerified = true<'));
    expect(lost.map(({ kind }) => kind)).to.include('message');
    expect(lost.map(({ says }) => says).join()).to.include('问责开始');
  });
});
