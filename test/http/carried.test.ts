/** A unit's acts on a leading sheet are repeated on its members. */
import { expect } from 'chai';
import { receivingWhole } from '../../src/cases/index.js';
import { readMessage } from '../../src/channel/index.js';
import { take } from '../../src/channel/receive.js';
import { mailboxSource } from '../../src/channel/sources.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { said } from '../support/entries.js';
import { newcomer, type SignedIn } from '../support/people.js';
import {
  accept,
  answered,
  completeOnly,
  fill,
  post,
  problemIn,
  send,
  useServer,
  waterCut,
  type Reply,
  type WorkOrderView,
} from './serving.js';

interface Merging {
  members: { no: string; due: string | null }[];
  carried: {
    entry: number;
    actor: string;
    waiting: number;
    done: number;
    left: { no: string; why: string }[];
  }[];
  perCaller: { deed: string; ways: { value: string }[] }[];
}

const unit = '某水务局';
const toUnit = { conduct: 'orderly', wayOut: 'dispatch', unit, dispatchBasis: 'duty' };

describe('http 并单：主单上办的带到成员', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  let agent: SignedIn;
  before(async () => {
    agent = await newcomer(served().system, { login: 'agent', name: '受理员戊', roles: ['intake'] });
  });
  const officer = () => served().people.doing('unit', '经办人甲', unit);
  const read = async (no: string): Promise<WorkOrderView> =>
    answered('readWorkOrder', await send(served().url, `/api/work-orders/${no}`)) as WorkOrderView;
  const open = async (about: object = {}): Promise<string> =>
    (await accept(served().url, { ...waterCut, answers: toUnit, ...about })).sheet.no;
  const merge = async (lead: string, members: readonly string[]): Promise<void> => {
    const body = { members, reason: '同一处停水' };
    answered(
      'mergeWorkOrders',
      await post(served().url, `/api/work-orders/${lead}/members`, body, {}, agent),
    );
  };
  const look = async (no: string): Promise<Merging> =>
    answered('readMerging', await send(served().url, `/api/work-orders/${no}/merging`)) as Merging;
  const work = () =>
    createJobRunner({ ...served().system, onError: (error) => expect.fail(String(error)) }).runDue();
  const only = (order: WorkOrderView) => order.tasks[0] ?? expect.fail('nothing is open');
  const complete = async (no: string, given: object, members?: object, as?: SignedIn): Promise<Reply> => {
    const task = only(await read(no));
    const path = `/api/tasks/${encodeURIComponent(task.id)}/completion`;
    const answers = fill(task, given as Record<string, unknown>);
    return post(served().url, path, { answers, ...(members && { members }) }, {}, as ?? (await officer()));
  };
  const textsOf = (form: WorkOrderView['tasks'][number]['form']): { readonly [key: string]: string } =>
    Object.fromEntries(texts.filter(([key]) => form.some((field) => field.key === key)));
  const inOneForm = async (no: string, members: object): Promise<void> => {
    const path = `/api/tasks/${encodeURIComponent(only(await read(no)).id)}`;
    const ahead = answered(
      'lookAhead',
      await post(served().url, `${path}/ahead`, {}, {}, await officer()),
    ) as {
      steps: { element: string; form: WorkOrderView['tasks'][number]['form']; chosen: object }[];
    };
    const steps = ahead.steps.map(({ element, form, chosen }) => ({
      element,
      answers: { ...textsOf(form), ...chosen },
    }));
    const reply = await post(served().url, `${path}/series`, { steps, members }, {}, await officer());
    answered('completeSeries', reply);
  };
  const texts: readonly (readonly [string, string])[] = [
    ['handlingResult', '抢修已经完成，八点恢复供水。'],
    ['replySummary', '已经恢复供水。'],
    ['feedbackSummary', '已经办结。'],
  ];
  const deedsOf = (order: WorkOrderView) =>
    order.trail.filter(({ type }) => type === 'task.completed').flatMap(({ step }) => step?.deeds ?? []);
  const carriedIn = (order: WorkOrderView) => order.trail.filter(({ type }) => type === 'sheet.carried');
  /** By mail: the hotline's own messages reach the caller. */
  const byMail = async (): Promise<string> => {
    const deps = { ...served().system, ...receivingWhole(served().system) };
    const source = (await mailboxSource(deps)) ?? expect.fail('no mailbox');
    const message = {
      text: '泉景小区停水',
      subject: '停水',
      from: { name: '王某', address: 'wang@example.com' },
    };
    const raw = Buffer.from(JSON.stringify(message));
    const reading = readMessage(
      source.mapping,
      message,
      served().system.clock.now(),
      served().system.laws.today(),
    );
    const outcome = await take(deps, source, { reading, id: '<1@x>', raw, compared: raw, files: [] });
    const no = outcome.status === 'accepted' ? outcome.workOrder : expect.fail(outcome.reason);
    let order = await completeOnly(served().url, await read(no), { conduct: 'orderly' });
    order = await completeOnly(served().url, order, { wayOut: 'dispatch' });
    await completeOnly(served().url, order, { unit });
    return no;
  };

  it('第二十二条、第二十四条：一张表办四步，成员各记各的四步，同一人、同一文字，写明随主单的第几条；回访仍各是各的', async () => {
    const [lead, one, two] = [await open(), await open(), await open()];
    await merge(lead, [one, two]);
    const before = (await read(lead)).trail.length;
    await inOneForm(lead, { told: 'sms' });
    expect((await look(lead)).carried).to.have.nested.property('[0].waiting', 2);
    await work();
    const after = await read(lead);
    const [act] = (await look(lead)).carried;
    expect(act).to.deep.include({ entry: before + 1, waiting: 0, done: 2, left: [] });
    for (const no of [one, two]) {
      const member = await read(no);
      expect(deedsOf(member)).to.deep.equal(deedsOf(after));
      const own = member.trail.filter(
        ({ actor, type }) => type === 'task.completed' && actor?.startsWith('经办人甲'),
      );
      expect(own).to.have.length(4);
      expect(own.map(({ sealed }) => Object.values(sealed)).flat()).to.deep.equal(
        texts.map(([, text]) => text),
      );
      expect(member.trail.some(({ body }) => body.includes('恢复供水'))).to.equal(false);
      const [entry] = carriedIn(member);
      expect(said(entry)).to.deep.include({ lead, first: before + 1, last: after.trail.length, steps: 4 });
      expect(member.tasks.map(({ name }) => name)).to.deep.equal(after.tasks.map(({ name }) => name));
      expect(member.chain.holds).to.equal(true);
    }
    await work();
    expect(carriedIn(await read(one))).to.have.length(1);
  });

  it('没有说怎样逐个告知的：消息告知得到的随主单回复、记网络，来的是电话的留着逐个回复，前面几步照办', async () => {
    const [lead, phoned, mailed] = [await open(), await open(), await byMail()];
    await merge(lead, [phoned, mailed]);
    await inOneForm(lead, {});
    await work();
    const [act] = (await look(lead)).carried;
    expect(act).to.include({ waiting: 0, done: 1 });
    expect(act?.left).to.have.length(1);
    expect(act?.left[0]).to.have.property('no', phoned);
    expect(act?.left[0]?.why).to.match(/“回复来电人”.*逐个/);
    expect((await read(phoned)).tasks.map(({ name }) => name)).to.include('回复来电人');
    const reply = (await read(mailed)).trail.find(({ step }) => (step?.deeds ?? []).includes('reply.given'));
    expect(reply?.body).to.include('"replyChannel":"online"');
    expect((await look(lead)).perCaller).to.have.nested.property('[0].deed', 'reply.given');
  });

  it('在别的环节的、别的单位承办的、要求不回复的：不勉强；不在的说明为什么，由它自己办', async () => {
    const [lead, ahead, quiet, early] = [
      await open(),
      await open(),
      await open({ replyWanted: false }),
      await open(),
    ];
    const elsewhere = await open({ answers: { ...toUnit, unit: '某城管局' } });
    await merge(lead, [ahead, quiet, early, elsewhere]);
    answered('completeTask', await complete(lead, { receipt: 'accept' }, {}));
    await work();
    expect((await read(ahead)).tasks.map(({ name }) => name)).to.deep.equal(['办理']);
    expect((await read(elsewhere)).tasks.map(({ name }) => name)).to.deep.equal(['签收工单']);
    // One continues by itself; the others follow the leading sheet.
    answered('completeTask', await complete(ahead, { handlingResult: '先办了' }));
    await inOneForm(lead, { told: 'phone' });
    await work();
    const [second] = (await look(lead)).carried;
    expect(second).to.include({ waiting: 0, done: 3 });
    expect(deedsOf(await read(quiet))).not.to.include('reply.given');
    expect(deedsOf(await read(quiet))).to.include('hotline.informed');
    expect(deedsOf(await read(ahead)).filter((deed) => deed === 'handling.stated')).to.have.length(1);
    expect(deedsOf(await read(ahead))).to.include('reply.given');
    expect(deedsOf(await read(elsewhere))).not.to.include('matter.received');
  });

  it('成员不在这一环节的：没有办，说它此刻在哪；拆出的也不办；拆出以后，办过的还在', async () => {
    const { url } = served();
    const [lead, gone, past] = [await open(), await open(), await open()];
    answered('completeTask', await complete(past, { receipt: 'accept' }));
    await merge(lead, [gone, past]);
    answered('completeTask', await complete(lead, { receipt: 'accept' }, {}));
    const separation = `/api/work-orders/${lead}/members/${gone}/separation`;
    answered('unmergeWorkOrder', await post(url, separation, { reason: '是两件事' }, {}, agent));
    await work();
    const [act] = (await look(lead)).carried;
    expect(act).to.include({ waiting: 0, done: 0 });
    const why = new Map(act?.left.map((one) => [one.no, one.why]));
    expect(why.get(gone)).to.include('已经拆出');
    expect(why.get(past)).to.include('“办理”');
    answered('completeTask', await complete(lead, { handlingResult: '修好了' }, {}));
    await work();
    expect(deedsOf(await read(past))).to.include('handling.stated');
    answered(
      'unmergeWorkOrder',
      await post(
        url,
        `/api/work-orders/${lead}/members/${past}/separation`,
        { reason: '是两件事' },
        {},
        agent,
      ),
    );
    expect(deedsOf(await read(past))).to.include('handling.stated');
  });

  it('第二十七条：审核逐件进行，不能连同成员一起办；没有办成的主单，什么也不带', async () => {
    const [lead, member] = [await open(), await open()];
    await merge(lead, [member]);
    const refused = problemIn(await complete(lead, { receipt: 'return' }, {}));
    expect(refused.code).to.equal('input.invalid');
    expect((await look(lead)).carried).to.deep.equal([]);
    await inOneForm(lead, { told: 'sms' });
    await work();
    const reviewer = await served().people.doing('reviewer', '审核员乙');
    const review = problemIn(await complete(lead, {}, {}, reviewer));
    expect(review).to.include({ code: 'input.invalid', where: 'members' });
  });

  it('成批签收：主单连同本单位的成员；没有并入的照签；重发不重复，不说的不带', async () => {
    const [lead, member, alone, other] = [await open(), await open(), await open(), await open()];
    await merge(lead, [member]);
    await merge(alone, [other]);
    const sign = async (nos: readonly string[], members?: true) => {
      const tasks = await Promise.all(nos.map(async (no) => only(await read(no)).id));
      return async () =>
        (
          answered(
            'signTasks',
            await post(served().url, '/api/tasks/signings', { tasks, members }, {}, await officer()),
          ) as { results: { done: string }[] }
        ).results.map(({ done }) => done);
    };
    const both = await sign([lead], true);
    expect(await both()).to.deep.equal(['now']);
    expect(await both()).to.deep.equal(['before']);
    expect(await (await sign([alone]))()).to.deep.equal(['now']);
    await work();
    for (const no of [lead, member, alone]) expect(deedsOf(await read(no)), no).to.include('matter.received');
    expect(deedsOf(await read(other))).to.not.include('matter.received');
    const [{ done, left } = { done: 0, left: [] }] = (await look(lead)).carried;
    expect({ done, left }).to.deep.equal({ done: 1, left: [] });
    expect(carriedIn(await read(member))).to.have.length(1);
  });

  it('第三十二条：在主单上办了以后、轮到成员以前须回避那张的，不带，说明由他人办', async () => {
    const [lead, member] = [await open(), await open()];
    await merge(lead, [member]);
    const act = await complete(lead, { receipt: 'accept' }, {});
    answered('completeTask', act);
    const body = { persons: '经办人甲' };
    answered('recusePersons', await post(served().url, `/api/work-orders/${member}/recusals`, body));
    await work();
    expect(deedsOf(await read(member))).to.not.include('matter.received');
    const [{ done, left } = { done: 0, left: [] }] = (await look(lead)).carried;
    expect(done).to.equal(0);
    expect(left.map(({ no, why }) => [no, why.includes('须回避')])).to.deep.equal([[member, true]]);
  });

  it('期限各是各的：最后一日 24:00 前在主单上办的，晚一点才轮到的成员也在期限以内', async () => {
    const { clock } = served().system;
    const [lead, member] = [await open(), await open()];
    await merge(lead, [member]);
    const { members } = await look(lead);
    expect(members[0]?.due).to.equal('2026-03-10T00:00:00+08:00');
    clock.moveTo(new Date('2026-03-09T23:59:58+08:00'));
    await inOneForm(lead, { told: 'sms' });
    clock.moveTo(new Date('2026-03-10T00:00:03+08:00'));
    await work();
    const { trail } = await read(member);
    expect(trail.map((entry) => said(entry)['clock'])).not.to.include('reply');
    expect(carriedIn(await read(member))[0]?.at).to.equal('2026-03-09T23:59:58+08:00');
  });
});
