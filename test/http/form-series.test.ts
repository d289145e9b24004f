/** Steps of one performer in one form: previewed without a trace, completed together or not at all. */
import { expect } from 'chai';
import { answered, dispatched, post, problemIn, send, useServer, type WorkOrderView } from './serving.js';

interface Ahead {
  steps: { name: string; element: string; form: { key: string }[]; chosen: Record<string, unknown> }[];
  then: string[];
}

describe('http：接连的几步一张表', () => {
  const served = useServer();
  const only = (order: WorkOrderView) => order.tasks[0] ?? expect.fail('nothing is open');
  const officer = () => served().people.doing('unit', '经办人甲', '某水务局');
  const at = (order: WorkOrderView, act: string) => `/api/tasks/${encodeURIComponent(only(order).id)}/${act}`;
  const lookedAhead = async (order: WorkOrderView, answers: object[] = []) =>
    answered(
      'lookAhead',
      await post(served().url, at(order, 'ahead'), { answers }, {}, await officer()),
    ) as Ahead;
  const read = async ({ sheet }: WorkOrderView) =>
    answered('readWorkOrder', await send(served().url, `/api/work-orders/${sheet.no}`)) as WorkOrderView;
  const texts: Record<string, string> = {
    handlingResult: '抢修已经完成。',
    replySummary: '已经告知抢修完成。',
    feedbackSummary: '已经办结。',
  };
  const filled = ({ steps }: Ahead) =>
    steps.map(({ element, form, chosen }) => ({
      element,
      answers: {
        ...chosen,
        ...Object.fromEntries(form.flatMap(({ key }) => (texts[key] ? [[key, texts[key]]] : []))),
      },
    }));

  it('第二十四条：签收、办理、回复、反馈：先看到接着的四步和表单，看过不留痕迹', async () => {
    const order = await dispatched(served().url);
    const before = await read(order);
    const ahead = await lookedAhead(order);
    expect(ahead.steps.map(({ name }) => name)).to.deep.equal([
      '签收工单',
      '办理',
      '回复来电人',
      '反馈市热线工作机构',
    ]);
    expect(ahead.steps[0]?.chosen).to.deep.equal({ receipt: 'accept' });
    expect(ahead.steps[1]?.form.map(({ key }) => key)).to.include('handlingResult');
    expect(ahead.then).not.to.deep.equal([]);
    expect(await read(order)).to.deep.equal(before);
  });

  it('选了别的，接着的也是别的：转交、退单以后没有本人的下一步；改选情形，换一张表', async () => {
    const order = await dispatched(served().url);
    const returned = await lookedAhead(order, [{ receipt: 'return', returnReason: '不归本单位' }]);
    expect(returned.steps).to.have.length(1);
    const limited = await lookedAhead(order, [{ receipt: 'accept' }, { branch: 'statutory-limit' }]);
    expect(limited.steps.map(({ name }) => name).slice(0, 3)).to.deep.equal([
      '签收工单',
      '办理',
      '列明办理进度、法定期限',
    ]);
  });

  it('一次交上四步：四步各记一条轨迹，各有各的行为和文字，都在同一时刻', async () => {
    const order = await dispatched(served().url);
    const ahead = await lookedAhead(order);
    const before = (await read(order)).trail.length;
    const reply = await post(
      served().url,
      at(order, 'series'),
      { steps: filled(ahead) },
      {},
      await officer(),
    );
    const after = answered('completeSeries', reply) as WorkOrderView;
    const written = after.trail.slice(before).filter(({ type }) => type === 'task.completed');
    expect(written.map(({ actor }) => actor)).to.deep.equal(Array(4).fill(written[0]?.actor));
    expect(written[0]?.actor).to.match(/^经办人甲/);
    expect(written.flatMap(({ step }) => step?.deeds ?? [])).to.include.members([
      'matter.received',
      'handling.stated',
      'reply.given',
    ]);
    expect(written.map(({ sealed }) => Object.values(sealed)).flat()).to.deep.equal(Object.values(texts));
    expect(new Set(written.map((entry) => entry.at)).size).to.equal(1);
    expect(after.chain.holds).to.equal(true);
    expect(after.tasks.map(({ role }) => role)).not.to.include('unit');
  });

  it('第三步不收，前两步也没有办；说明是第几步、为什么', async () => {
    const order = await dispatched(served().url);
    const before = await read(order);
    const steps = filled(await lookedAhead(order)).map((step, index) =>
      index === 2 ? { ...step, answers: { ...step.answers, withheldGround: 'privacy' } } : step,
    );
    const refused = problemIn(await post(served().url, at(order, 'series'), { steps }, {}, await officer()));
    expect(refused).to.include({ status: 400, code: 'input.invalid' });
    expect(refused.detail).to.include('第 3 步“回复来电人”').and.to.include('几步都没有办');
    expect(await read(order)).to.deep.equal(before);
  });

  it('不接在后面的一步、别处的一步、办过的一步：拒绝，什么也没有办', async () => {
    const { url } = served();
    const order = await dispatched(url);
    const before = await read(order);
    const [first, , third] = filled(await lookedAhead(order));
    for (const steps of [[first, third], [third], [first, { element: 'Nowhere', answers: {} }]]) {
      const refused = problemIn(await post(url, at(order, 'series'), { steps }, {}, await officer()));
      expect(refused).to.include({ status: 409, code: 'task.not-next' });
    }
    expect(await read(order)).to.deep.equal(before);
    const done = await post(url, at(order, 'series'), { steps: [first] }, {}, await officer());
    answered('completeSeries', done);
    const again = await post(url, at(order, 'series'), { steps: [first] }, {}, await officer());
    expect(problemIn(again)).to.include({ status: 409, code: 'task.closed' });
    const gone = await post(url, at(order, 'ahead'), {}, {}, await officer());
    expect(problemIn(gone)).to.include({ status: 409, code: 'task.closed' });
  });

  it('不归他办的：既不能看接着的，也不能办', async () => {
    const { url, people } = served();
    const order = await dispatched(url);
    const steps = filled(await lookedAhead(order));
    const other = await people.doing('supervisor', '督办员甲');
    for (const [act, body] of [
      ['ahead', {}],
      ['series', { steps }],
    ] as const) {
      const refused = problemIn(await post(url, at(order, act), body, {}, other));
      expect(refused).to.include({ status: 403, code: 'task.not-yours' });
    }
  });
});
