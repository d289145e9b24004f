/** The second engine's opinion on a draft: which scenarios it runs, what it reports for each, when it ends. */
import { expect } from 'chai';
import {
  changedElements,
  passes,
  rehearsedCase,
  secondOpinion,
  type Scenario,
} from '../../../src/design/rehearsal/index.js';
import { readScenarios, runScenario } from '../../../src/design/rehearsal/index.js';
import { tokenRuntime } from '../../../src/engine/index.js';
import type { Runtime } from '../../../src/engine/runtime/interface.js';
import { shippedLaw } from '../../../src/law/regulation/index.js';
import { shippedSources, theShippedStage } from '../../support/case-runner.js';
import { drawnLimit } from '../../support/drawn-limit.js';

const law = shippedLaw('2026-03-02');
const unbounded = { spent: () => 0, most: Infinity };

const scenarioNamed = async (name: string): Promise<Scenario> => {
  const found = (await readScenarios()).find((one) => one.name === name);
  if (!found) throw new Error(`no scenario ${name}`);
  return found;
};

const handling = (): string =>
  shippedSources().find((source) => source.includes('id="Timer_ReplyLimit"')) ?? '';

describe('第二个引擎的意见', () => {
  it('两个引擎每一步停在一处：一致', async () => {
    const opinion = await secondOpinion(
      await theShippedStage(),
      [await scenarioNamed('art24-in-time')],
      unbounded,
      () => undefined,
    );
    expect(opinion).to.deep.equal({ agree: 1, differing: [], uncompared: [], unfinished: 0 });
  });

  it('引擎走错了：不一致，说出哪一步以后各停在哪里', async () => {
    const forgetful: Runtime = {
      step: (...given) => {
        const result = tokenRuntime.step(...given);
        return { ...result, timers: { ...result.timers, arm: result.timers.arm.slice(1) } };
      },
    };
    const { agree, differing } = await secondOpinion(
      { ...(await theShippedStage()), runtime: forgetful },
      [await scenarioNamed('art24-in-time')],
      unbounded,
      () => undefined,
    );
    expect(agree).to.equal(0);
    expect(differing.map(({ title }) => title)).to.have.length(1);
    expect(differing[0]?.why).to.match(/^“.+”以后，本引擎停在.+;bpmn-engine 停在.+/);
  });

  it('走得到库的已知缺陷：未比较，写明是哪一个，不说不一致', async () => {
    const { differing, uncompared } = await secondOpinion(
      await theShippedStage(),
      [await scenarioNamed('art28-overdue-withdrawn')],
      unbounded,
      () => undefined,
    );
    expect(differing).to.deep.equal([]);
    expect(uncompared[0]?.why).to.include('中断型事件子流程启动后，原流程照常进行');
  });

  it('时间到了：没有开始的算未比较完', async () => {
    const scenario = await scenarioNamed('art24-in-time');
    let spent = 0;
    const { agree, unfinished } = await secondOpinion(
      await theShippedStage(),
      [scenario, scenario, scenario],
      { spent: () => spent, most: 120_000 },
      () => (spent = 120_001),
    );
    expect([agree, unfinished]).to.deep.equal([1, 2]);
  });

  it('只问走过改动之处的情景：改的环节、改的流线的两头；新的流程处处都算', async () => {
    const changed = await changedElements(shippedSources(), drawnLimit(handling(), 'P4D'), law);
    expect([...changed.elements]).to.deep.equal(['Timer_ReplyLimit', 'SubProcess_TimedHandling']);
    const lived = new Map<string, boolean>();
    const stage = await theShippedStage();
    for (const name of ['art24-late', 'art23-on-the-spot']) {
      runScenario(stage, await scenarioNamed(name), {
        onLived: (rehearsed) => lived.set(name, passes(changed)(rehearsed)),
      });
    }
    expect(Object.fromEntries(lived)).to.deep.equal({ 'art24-late': true, 'art23-on-the-spot': false });
    const added = await changedElements([], handling(), law);
    expect(added.elements.size).to.be.greaterThan(100);
    expect(passes(added)(rehearsedCase(stage))).to.equal(false);
  });
});
