import { expect } from 'chai';
import { definitionOf, parseDiagram } from '../../../../src/engine/model/index.js';
import { bpmn } from '../../../support/model-text.js';
import { Case, caseOf } from './case.js';

const over = (line: string, variables = {}) =>
  caseOf(`start begin\n${line}\nuser after\nend done\nbegin > each > after > done`, variables);

describe('token：多实例与循环', () => {
  it('每个实例带着自己的条目和序号等待', async () => {
    const run = await over('user each multi over:units item:unit', { units: ['水务', '城管'] });
    const waiting = run.start().events.filter((event) => event.kind === 'waiting');
    expect(waiting.map((event) => event.kind === 'waiting' && event.locals)).to.deep.equal([
      { unit: '水务', loopCounter: 1 },
      { unit: '城管', loopCounter: 2 },
    ]);
  });

  it('子流程里的任务也看得到外层实例的条目，内层同名的优先', async () => {
    const run = await caseOf(
      `start begin
       sub each multi over:units item:unit {
         start s
         user inner multi over:steps item:step
         end e
         s > inner > e
       }
       end done
       begin > each > done`,
      { units: ['甲'], steps: ['查', '办'] },
    );
    const locals = run.start().events.flatMap((event) => (event.kind === 'waiting' ? [event.locals] : []));
    expect(locals).to.deep.equal([
      { unit: '甲', step: '查', loopCounter: 1 },
      { unit: '甲', step: '办', loopCounter: 2 },
    ]);
    run.complete('inner').complete('inner');
    expect(run.ended).to.equal(true);
  });

  it('五千份不停留的也走得完：份数的上限和步数的上限合得上', async () => {
    const run = await over('task each multi times:5000');
    expect(run.start().waiting).to.deep.equal(['after']);
  });

  it('完成条件可以数完成了几份，其余的被撤回', async () => {
    const run = await over('user each multi times:5 until:"numberOfCompletedInstances >= 2"');
    run.start().complete('each');
    expect(run.waiting).to.have.length(4);
    run.complete('each');
    expect(run.waiting).to.deep.equal(['after']);
    expect(run.last?.events.filter(({ kind }) => kind === 'cancelled')).to.have.length(3);
  });

  it('完成条件看得到刚办完那一份的条目', async () => {
    const run = await over('user each multi over:units item:unit until:"unit = lead"', {
      units: ['甲', '乙', '丙'],
      lead: '乙',
    });
    run.start();
    const second = run.last?.waiting[1];
    run.take({ kind: 'complete', task: 'each', token: second?.token ?? '' });
    expect(run.waiting).to.deep.equal(['after']);
  });

  it('附在多实例上的计时器只有一个，触发后全部撤回', async () => {
    const run = await caseOf(
      `start begin
       user each multi times:3
       boundary late on:each timer:P5D
       user remind
       end done
       begin > each > done
       late > remind > done`,
    );
    run.start();
    expect(run.timers).to.deep.equal(['late']);
    run.timer('late');
    expect(run.waiting).to.deep.equal(['remind']);
  });

  it('附在子流程多实例上的错误由整个活动接住', async () => {
    const run = await caseOf(
      `start begin
       sub each multi times:2 {
         start s
         service check
         end e
         s > check > e
       }
       boundary failed on:each error:bad
       user mend
       end done
       begin > each > done
       failed > mend > done`,
    );
    run.start().error('check', 'bad');
    expect(run.waiting).to.deep.equal(['mend']);
  });

  it('结果集合按实例的次序收集，完成时一次赋值', async () => {
    const run = await collecting();
    run.start();
    const [first, second] = run.last?.waiting ?? [];
    run.take({ kind: 'complete', task: 'each', token: second?.token ?? '' }, { opinion: '第二' });
    expect(run.variables).not.to.have.property('opinions');
    run.take({ kind: 'complete', task: 'each', token: first?.token ?? '' }, { opinion: '第一' });
    expect(run.last?.assigned).to.deep.equal({ opinions: ['第一', '第二'] });
  });

  it('数据对象是空列表时立即完成，结果是空列表', async () => {
    const run = await collecting();
    run.variables = { units: [] };
    run.start();
    expect(run.ended).to.equal(true);
    expect(run.last?.assigned).to.deep.equal({ opinions: [] });
  });

  for (const [what, variables] of [
    ['没有这个变量', {}],
    ['不是列表', { units: '甲' }],
  ] as const) {
    it(`集合${what}：拒绝`, async () => {
      const run = await over('user each multi over:units item:unit', variables);
      expect(run.refusal({ kind: 'start' }).code).to.equal('expression.invalid');
    });
  }

  for (const count of ['-1', '1.5', '"三"', 'null', '6000']) {
    it(`份数是 ${count}：拒绝`, async () => {
      const run = await over(`user each multi times:n`, { n: JSON.parse(count) as string });
      expect(run.refusal({ kind: 'start' }).code).to.equal('expression.invalid');
    });
  }

  it('串行多实例由服务完成时，一步一份地宣布', async () => {
    const run = await over('service each multi sequential times:3');
    const tokens = new Set<string>();
    run.start();
    for (let count = 0; count < 3; count += 1) {
      expect(run.last?.calls).to.have.length(1);
      tokens.add(run.last?.calls[0]?.token ?? '');
      run.complete('each');
    }
    expect(tokens.size).to.equal(3);
    expect(run.waiting).to.deep.equal(['after']);
  });

  it('标准循环不超过次数上限，条件可以用 loopCounter', async () => {
    const byMaximum = await over('user each loop max:2');
    byMaximum.start().complete('each').complete('each');
    expect(byMaximum.waiting).to.deep.equal(['after']);
    const byCounter = await over('user each loop while:"loopCounter < 3"');
    byCounter.start().complete('each').complete('each').complete('each');
    expect(byCounter.waiting).to.deep.equal(['after']);
  });
});

/** Output collections by data objects, as modellers write them. */
async function collecting(): Promise<Case> {
  const loop = `<multiInstanceLoopCharacteristics>
      <loopDataInputRef>units</loopDataInputRef>
      <loopDataOutputRef>opinionsObject</loopDataOutputRef>
      <inputDataItem id="unit"/>
      <outputDataItem id="item2" name="opinion"/>
    </multiInstanceLoopCharacteristics>`;
  const xml = bpmn('start begin\nuser each\nend done\nbegin > each > done')
    .replace('<userTask id="each"/>', `<userTask id="each">${loop}</userTask>`)
    .replace(
      '<startEvent',
      '<property id="units"/><dataObject id="opinionsObject" name="opinions"/><startEvent',
    );
  return new Case(definitionOf(await parseDiagram(xml)), { units: ['甲', '乙'] });
}
