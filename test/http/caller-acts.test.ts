/** What a caller does on their page about a matter that is filed. */
import { expect } from 'chai';
import { z } from 'zod';
import type { operations, OperationId } from '../../src/http/contract/operations.js';
import { progress } from '../../src/http/contract/progress.js';
import { createApp, listen } from '../../src/http/index.js';
import { silentLog } from '../../src/kernel/index.js';
import type { Laws } from '../../src/kernel/law.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { plainTrails } from '../support/entries.js';
import { newcomer } from '../support/people.js';
import {
  answered,
  complete,
  completeOnly,
  post,
  problemIn,
  send,
  useServer,
  waterCut,
  type WorkOrderView,
} from './serving.js';

type Accepted = z.input<(typeof operations.acceptRequest.answers)[201]['schema']>;

describe('第十五条、第十六条：来电人在查询页补充、催办、评价、要求说明、撤回', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });

  interface Case {
    readonly no: string;
    readonly secret: string;
    readonly order: WorkOrderView;
  }
  async function accepted(about: object = waterCut): Promise<Case> {
    const { callerSecret: secret, ...order } = answered(
      'acceptRequest',
      await post(served().url, '/api/work-orders', about),
    ) as Accepted;
    return { no: order.sheet.no, secret, order };
  }
  async function handed(about: typeof waterCut = waterCut): Promise<Case> {
    const one = await accepted(about);
    const accusation = about.kind === 'report' ? { accusation: 'unit', accusedUnit: '市城管局' } : {};
    const registered = await completeOnly(served().url, one.order, {
      ...{ conduct: 'orderly', kind: about.kind },
      ...accusation,
    });
    const decided = await completeOnly(served().url, registered, { wayOut: 'dispatch' });
    return { ...one, order: await completeOnly(served().url, decided, { unit: '市水务局' }) };
  }
  const ask = (path: string, { no, secret }: Pick<Case, 'no' | 'secret'>, more: object = {}) =>
    post(served().url, `/api/progress${path}`, { no, secret, ...more });
  const done = async (id: OperationId, path: string, one: Case, more: object = {}) =>
    z.encode(progress, progress.strict().parse(answered(id, await ask(path, one, more))));
  const entriesOf = async (no: string) => {
    const { database, trail } = served().system;
    return (await database.transaction((one) => plainTrails(trail, one, [no]))).get(no) ?? [];
  };
  const inbox = async (recipient: string, no: string): Promise<string[]> => {
    await createJobRunner({ ...served().system, onError: (error) => expect.fail(String(error)) }).runDue();
    const { rows } = await served().system.database.pool.query<{ title: string }>(
      'SELECT title FROM hotline.notification WHERE recipient = $1 AND stream = $2 ORDER BY id',
      [recipient, no],
    );
    return rows.map(({ title }) => title);
  };
  const nextDay = () => {
    const { clock } = served().system;
    clock.moveTo(new Date(clock.now().getTime() + 24 * 3_600_000));
  };

  it('补充：内容封存在轨迹里，办理的人看得到，别人查进度看不到；承办单位和受理的收件箱里有；同样的话只记一次', async () => {
    const one = await handed();
    const text = '补充：三号楼也停水了，我的门牌是七单元。';
    const view = await done('addFromCaller', '/additions', one, { text });
    expect(view.said).to.deep.equal([{ at: '2026-03-02T10:00:00+08:00', what: 'added', rating: null }]);
    expect(JSON.stringify(view)).not.to.include('七单元');
    await done('addFromCaller', '/additions', one, { text });
    const added = (await entriesOf(one.no)).filter(({ type }) => type === 'caller.added');
    expect(added).to.have.length(1);
    expect(added[0]?.body).to.deep.include({ actor: '来电人', way: 'page' });
    expect(JSON.stringify(added[0]?.body)).not.to.include('七单元');
    const unit = await served().people.doing('unit', '经办人', '市水务局');
    const seen = answered(
      'readWorkOrder',
      await send(served().url, `/api/work-orders/${one.no}`, { as: unit }),
    ) as WorkOrderView;
    expect(seen.trail.find(({ type }) => type === 'caller.added')?.sealed).to.deep.equal({ addition: text });
    expect(seen.chain.holds).to.equal(true);
    expect(await inbox('unit:市水务局', one.no)).to.include('来电人补充了情况');
    expect(await inbox('role:intake', one.no)).to.include('来电人补充了情况');
    const { items } = answered(
      'listTasks',
      await send(served().url, '/api/tasks?scope=mine', { as: unit }),
    ) as { items: { no: string; callerActs: object }[] };
    expect(items.find(({ no }) => no === one.no)?.callerActs).to.deep.equal({ added: 1, urged: 0 });
  });

  it('一天至多补充五次；查询码不对的、别的工单的，什么也不记', async () => {
    const one = await accepted();
    for (let count = 1; count <= 5; count += 1) {
      expect((await ask('/additions', one, { text: `第 ${count} 次` })).status).to.equal(200);
    }
    expect(problemIn(await ask('/additions', one, { text: '第 6 次' })).code).to.equal('caller-act.too-many');
    const other = await accepted();
    const wrong = await ask('/additions', { no: other.no, secret: one.secret }, { text: '别人的' });
    expect(problemIn(wrong)).to.include({ status: 404, code: 'progress.not-found' });
    expect((await entriesOf(other.no)).some(({ type }) => type === 'caller.added')).to.equal(false);
  });

  it('催办：一天一次，告知承办单位、受理、督办；还没有转出的告知热线；办结以后不能催', async () => {
    const one = await handed();
    expect((await done('readProgress', '', one)).may.urge).to.equal(true);
    const urged = await done('urgeFromCaller', '/urges', one);
    expect(urged.may.urge).to.equal(false);
    expect(urged.said.map(({ what }) => what)).to.deep.equal(['urged']);
    expect(problemIn(await ask('/urges', one)).code).to.equal('caller-act.too-many');
    for (const recipient of ['unit:市水务局', 'role:intake', 'role:supervisor']) {
      expect(await inbox(recipient, one.no), recipient).to.include('来电人催办');
    }
    const early = await accepted();
    const both = await Promise.all([ask('/urges', early), ask('/urges', early)]);
    expect(both.map(({ status }) => status).sort(), '同时到的两次').to.deep.equal([200, 429]);
    expect(await inbox('role:intake', early.no)).to.include('来电人催办');
    expect(await inbox('role:unit', early.no)).not.to.include('来电人催办');
    nextDay();
    expect((await done('urgeFromCaller', '/urges', one)).said).to.have.length(2);
    const spot = await accepted({
      ...waterCut,
      answers: { conduct: 'orderly', wayOut: 'on-the-spot', answerSummary: '抢修中' },
    });
    expect(problemIn(await ask('/urges', spot)).code).to.equal('caller-act.not-possible');
  });

  it('评价：有了答复才可以，一个答复一次；是自己的记录，回访环节照旧，满意度不因此变动', async () => {
    const one = await handed();
    expect(problemIn(await ask('/ratings', one, { rating: 'satisfied' })).code).to.equal(
      'caller-act.not-possible',
    );
    let now = one.order;
    for (const given of [{ receipt: 'accept' }, { branch: 'on-time' }]) {
      const [task] = now.tasks;
      const field = task?.form.find(({ key }) => key in given);
      if (!task || !field) break;
      const fits = field.options.some(({ value }) => Object.values(given).includes(value));
      now = await complete(served().url, now, task, fits ? given : {}, '经办人');
    }
    for (let steps = 0; steps < 6; steps += 1) {
      if ((await done('readProgress', '', one)).may.rate) break;
      const [task] = now.tasks;
      if (!task) expect.fail('nothing is open');
      now = await complete(served().url, now, task, {}, '经办人');
    }
    const rated = await done('rateFromCaller', '/ratings', one, {
      rating: 'dissatisfied',
      comment: '还是没有水',
    });
    expect(rated.said.at(-1)).to.include({ what: 'rated', rating: 'dissatisfied' });
    expect(rated.may.rate).to.equal(false);
    expect(problemIn(await ask('/ratings', one, { rating: 'satisfied' })).code).to.equal(
      'caller-act.not-possible',
    );
    const entry = (await entriesOf(one.no)).find(({ type }) => type === 'caller.rated');
    expect(entry?.body).to.deep.include({ rating: 'dissatisfied', actor: '来电人' });
    expect(JSON.stringify(entry?.body)).not.to.include('还是没有水');
    const { rows } = await served().system.database.pool.query<{ variables: { satisfaction?: unknown } }>(
      'SELECT variables FROM hotline.process_case WHERE business_key = $1',
      [one.no],
    );
    expect(rows[0]?.variables).not.to.have.any.keys('satisfaction', 'rating');
    expect(await inbox('role:reviewer', one.no)).to.include('来电人自行评价');
  });

  it('要求说明：有了答复、或者逾期没有答复才可以，走条例的说明，一天一次；答复的单位由此有一件待办', async () => {
    const one = await handed();
    for (const early of [await accepted(), one]) {
      expect((await done('readProgress', '', early)).may.explain).to.equal(false);
      const refused = problemIn(await ask('/explanations', early));
      expect(refused).to.include({ code: 'input.invalid', provision: '第十六条' });
      expect(refused.detail).to.include('逾期未回复或者对办理结果有异议的，才可以要求说明');
    }
    const steps = [{ receipt: 'accept' }, { branch: 'within-limit' }, { replySummary: '修好了' }];
    let { order } = one;
    for (const given of steps) order = await completeOnly(served().url, order, given, '经办人');
    expect((await done('readProgress', '', one)).may.explain).to.equal(true);
    await done('demandExplanation', '/explanations', one, { about: '为什么一直没有人来' });
    const entries = await entriesOf(one.no);
    expect(JSON.stringify(entries.map(({ body }) => body))).not.to.include('没有人来');
    expect(
      entries.some(({ body }) =>
        (body.deeds as { name: string }[] | undefined)?.some(({ name }) => name === 'explanation.asked'),
      ),
    ).to.equal(true);
    expect(problemIn(await ask('/explanations', one)).code).to.equal('caller-act.too-many');
    nextDay();
    expect((await ask('/explanations', one)).status).to.equal(200);
  });

  it('条例没有给来电人这项请求的：答复以后也不显示要求说明，要求的拒绝，什么也不记', async () => {
    const one = await handed();
    const steps = [{ receipt: 'accept' }, { branch: 'within-limit' }, { replySummary: '修好了' }];
    let { order } = one;
    for (const given of steps) order = await completeOnly(served().url, order, given, '经办人');
    expect((await done('readProgress', '', one)).may.explain).to.equal(true);
    const { laws, ...others } = served().system;
    const ofCase: Laws['ofCase'] = (ruled) => ({ ...laws.ofCase(ruled), claims: [] });
    const app = createApp({
      ...{ ...others, laws: { ...laws, ofCase }, log: silentLog },
      requests: { most: 100, withinSeconds: 60 },
    });
    const server = await listen(app, { host: '127.0.0.1', port: 0 });
    const asked = { no: one.no, secret: one.secret };
    try {
      const page = await post(server.url, '/api/progress', asked, {}, 'nobody');
      expect((answered('readProgress', page) as { may: object }).may).to.include({ explain: false });
      const refused = problemIn(await post(server.url, '/api/progress/explanations', asked, {}, 'nobody'));
      expect(refused).to.include({ status: 409, code: 'caller-act.not-possible' });
      expect(refused.remedy).to.include('没有规定可以要求说明');
    } finally {
      await server.close();
    }
    expect((await entriesOf(one.no)).some(({ type }) => type === 'message.received')).to.equal(false);
  });

  it('撤回：不论哪个渠道来的，凭查询码、政策准许的才可以；举报的、还没有转办的、没有查询码的不可以', async () => {
    const report = await handed({ ...waterCut, channel: 'app', kind: 'report' });
    expect((await done('readProgress', '', report)).may.withdraw).to.equal(false);
    const early = await accepted();
    for (const refused of [report, early]) {
      expect(problemIn(await ask('/withdrawal', refused, { reason: '已经来水' })).code).to.equal(
        'caller-act.not-possible',
      );
    }
    const one = await handed();
    const stranger = { ...one, secret: '000000000000' };
    expect(problemIn(await ask('/withdrawal', stranger, { reason: '已经来水' })).code).to.equal(
      'progress.not-found',
    );
    expect((await done('readProgress', '', one)).may.withdraw).to.equal(true);
    const gone = await done('withdrawFromCaller', '/withdrawal', one, { reason: '已经来水' });
    expect(gone.may).to.include({ urge: false, withdraw: false });
    const deeds = (await entriesOf(one.no)).flatMap(
      ({ body }) => (body.deeds as { name: string }[] | undefined)?.map(({ name }) => name) ?? [],
    );
    expect(deeds).to.include('matter.withdrawn');
    expect(JSON.stringify(await entriesOf(one.no))).to.include('"confirmed":"query-code"');
  });

  it('为什么办了这么久：受理到转出在热线，转出以后在承办单位，各依哪几条，加起来正好是全部', async () => {
    const one = await accepted();
    const { clock } = served().system;
    clock.moveTo(new Date(clock.now().getTime() + 3 * 3_600_000));
    const registered = await completeOnly(served().url, one.order, { conduct: 'orderly' });
    const decided = await completeOnly(served().url, registered, { wayOut: 'dispatch' });
    await completeOnly(served().url, decided, { unit: '市水务局' });
    clock.moveTo(new Date(clock.now().getTime() + 5 * 3_600_000));
    const { timeTaken } = await done('readProgress', '', one);
    expect(timeTaken.answered).to.equal(null);
    expect(
      timeTaken.parts.map((part) => [
        part.hands,
        part.unit,
        part.articles[0]?.label,
        part.pace,
        part.minutes,
      ]),
    ).to.deep.equal([
      ['hotline', null, '第二十二条', 'in-time', 180],
      ['unit', '市水务局', '第十三条', 'in-time', 300],
    ]);
    expect(timeTaken.minutes).to.equal(480);
    const seen = answered(
      'readWorkOrder',
      await send(served().url, `/api/work-orders/${one.no}`),
    ) as WorkOrderView;
    expect(seen.timeTaken.stretches.map(({ steps, minutes }) => [steps, minutes])).to.deep.equal([
      [['登记工作流转单'], 180],
      [['签收工单'], 300],
    ]);
  });

  it('须回避的承办单位连补充过没有也看不到', async () => {
    const one = await handed();
    await done('addFromCaller', '/additions', one, { text: '补充的话' });
    const stranger = await newcomer(served().system, {
      login: 'elsewhere',
      unit: '市城管局',
      roles: ['handler'],
    });
    expect(problemIn(await send(served().url, `/api/work-orders/${one.no}`, { as: stranger })).code).to.equal(
      'case.not-found',
    );
  });

  it('写不进去的字、过长的字、多余的栏：说明哪里不对，不是 500', async () => {
    const one = await accepted();
    for (const text of ['', 'x'.repeat(4001), '\u0000', 5, null, ['a']]) {
      expect(
        problemIn(await ask('/additions', one, { text })).status,
        JSON.stringify(text).slice(0, 20),
      ).to.equal(400);
    }
    expect(problemIn(await ask('/ratings', one, { rating: 'excellent' })).status).to.equal(400);
    expect(problemIn(await ask('/urges', one, { at: '2020-01-01' })).status).to.equal(400);
  });
});
