/** The supervision of a knowledge entry, which is no work order: its page, its tasks, and what does not apply. */
import { expect } from 'chai';
import { superviseLapses, writeKnowledge } from '../../src/cases/index.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { answered, post, problemIn, send, useServer } from './serving.js';
import { deciding } from '../support/policies.js';

interface Supervision {
  readonly no: string;
  readonly state: string;
  readonly reviewOn: string;
  readonly entry: { readonly title: string; readonly version: number };
  readonly tasks: readonly { readonly id: string; readonly element: string }[];
  readonly deadlines: readonly { readonly element: string }[];
}

describe('http 知识库条目的督办（第二十八条第三项）', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const people: { [name: string]: SignedIn } = {};
  const as = (name: string): SignedIn => people[name] ?? expect.fail(`there is no ${name}`);
  const no = '知识库-1-2026-03-10';
  const path = `/api/knowledge/supervisions/${encodeURIComponent(no)}`;
  const read = async (name: string) => send(served().url, path, { as: as(name) });
  const view = async (name: string): Promise<Supervision> =>
    answered('readKnowledgeSupervision', await read(name)) as Supervision;

  before(async () => {
    const { system } = served();
    for (const [login, unit, kind, roles] of [
      ['supervisor', '市热线工作机构', 'hotline', ['supervisor']],
      ['water', '市水务局', 'department', ['handler']],
      ['city', '市城管局', 'department', ['handler']],
    ] as const) {
      people[login] = await newcomer(system, { login, unit, kind, roles });
    }
    const text = {
      unit: '市水务局',
      class: null,
      forPublic: false,
      title: '停水怎么查',
      body: '查公告',
      reviewOn: '2026-03-10',
    };
    await writeKnowledge(system, { text, act: { actor: '经办人甲', reason: '新写' } });
    system.clock.moveTo(new Date('2026-03-11T09:00:00+08:00'));
    await system.database.pool.query(
      'UPDATE hotline.session SET started_at = $1, seen_at = $1, auth_at = $1',
      [system.clock.now()],
    );
    await superviseLapses(deciding(system, { knowledgeLapse: 'order' }));
  });

  it('督办人员和负责的单位看得到条目、待办、期限；别的单位看不到', async () => {
    for (const name of ['supervisor', 'water']) {
      const seen = await view(name);
      expect(seen).to.include({ no, state: 'open', reviewOn: '2026-03-10' });
      expect(seen.entry).to.include({ title: '停水怎么查', version: 1 });
      expect(seen.tasks.map(({ element }) => element)).to.include('Task_CityUrge');
      expect(seen.deadlines.map(({ element }) => element)).to.include('Timer_SupervisionLimit');
    }
    expect(problemIn(await read('city')).code).to.equal('case.not-found');
    const listed = answered(
      'listTasks',
      await send(served().url, '/api/tasks', { as: as('supervisor') }),
    ) as {
      items: { no: string; title: string; due: string | null }[];
    };
    const [row] = listed.items.filter((item) => item.no === no);
    expect(row).to.include({ title: '知识库条目：停水怎么查' });
    expect(row?.due).not.to.equal(null);
    const entry = answered(
      'readKnowledge',
      await send(served().url, '/api/knowledge/1', { as: as('city') }),
    ) as {
      supervisions: { no: string; ended: boolean }[];
    };
    expect(entry.supervisions.map((one) => [one.no, one.ended])).to.deep.equal([[no, false]]);
  });

  it('工单的接口办不了它，说明在哪里办，什么也没有改', async () => {
    const { url } = served();
    const [task] = (await view('supervisor')).tasks.filter(({ element }) => element === 'Task_CityUrge');
    const id = encodeURIComponent(task?.id ?? '');
    const answers = { cityUrgeRecord: '电话督促' };
    const elsewhere = await post(url, `/api/tasks/${id}/completion`, { answers }, {}, as('supervisor'));
    expect(problemIn(elsewhere)).to.include({ code: 'task.elsewhere', status: 409 });
    expect(problemIn(elsewhere).remedy).to.include('知识库');
    const sheet = `/api/work-orders/${encodeURIComponent(no)}`;
    for (const refused of [
      await send(url, sheet, { as: as('supervisor') }),
      await post(url, `${sheet}/messages`, { message: 'supervision-ordered' }, {}, as('supervisor')),
      await send(url, `${sheet}/duties`, { as: as('supervisor') }),
    ]) {
      expect(problemIn(refused).code).to.equal('case.not-found');
      expect(problemIn(refused).detail).to.include('是知识库条目的督办，不是工单');
    }
    expect((await view('supervisor')).tasks.map(({ id: open }) => open)).to.include(task?.id);
  });

  it('督办人员办结督促；单位的人不能办它；办过的不能再办；改写条目，督办结束', async () => {
    const { url } = served();
    const [task] = (await view('supervisor')).tasks.filter(({ element }) => element === 'Task_CityUrge');
    const complete = (name: string, answers: object) =>
      post(url, `${path}/tasks/${encodeURIComponent(task?.id ?? '')}/completion`, { answers }, {}, as(name));
    const answers = { cityUrgeRecord: '电话督促' };
    expect(problemIn(await complete('water', answers)).code).to.equal('task.not-yours');
    expect(problemIn(await complete('city', answers)).code).to.equal('case.not-found');
    expect(problemIn(await complete('supervisor', {})).code).to.equal('input.invalid');
    const after = answered('completeKnowledgeTask', await complete('supervisor', answers)) as Supervision;
    expect(after.tasks.map(({ element }) => element)).not.to.include('Task_CityUrge');
    expect(problemIn(await complete('supervisor', answers)).code).to.equal('task.closed');
    const text = { unit: '市水务局', title: '停水怎么查', body: '查公告', reviewOn: '2026-09-10' };
    const rewritten = { ...text, basedOn: 1, reason: '核对过' };
    answered('rewriteKnowledge', await post(url, '/api/knowledge/1/versions', rewritten, {}, as('water')));
    expect(await view('water')).to.deep.include({ state: 'ended', tasks: [] });
  });
});
