/** Requests in a caller's language go to people who speak it: what waits, who is proposed, what is recorded. */
import { expect } from 'chai';
import { newcomer, type SignedIn } from '../support/people.js';
import { said } from '../support/entries.js';
import {
  accept,
  answered,
  completeOnly,
  problemIn,
  registered,
  send,
  useServer,
  waterCut,
  type Reply,
} from './serving.js';

interface List {
  readonly items: readonly { readonly no: string; readonly language: string | null }[];
  readonly lights: readonly { readonly group: string; readonly count: number }[];
}
interface Colleague {
  readonly login: string;
  readonly languages: readonly string[];
  readonly load: number;
}

describe('按来电人的语言分派', () => {
  const served = useServer();
  const put = async (login: string, body: object): Promise<Reply> =>
    send(served().url, `/api/persons/${login}/languages`, {
      as: await served().people.allowed(['system-admin']),
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const speak = async (login: string, ...languages: readonly string[]) =>
    answered('setLanguages', await put(login, { languages })) as { languages: string[] };
  const list = async (as: SignedIn, query: string): Promise<List> =>
    answered('listTasks', await send(served().url, `/api/tasks?${query}`, { as })) as List;

  it('写明、改了各一条轨迹，同样的再写没有；会话不断；不认得的、中文的、没有这个人的拒绝', async () => {
    const { system, url } = served();
    const clerk = await newcomer(system, { login: 'yuyan', roles: ['intake'], unit: '市热线工作机构' });
    expect((await speak('yuyan', 'fr', 'ru', 'fr')).languages).to.deep.equal(['fr', 'ru']);
    await speak('yuyan', 'ru', 'fr');
    await speak('yuyan', 'fr');
    const { languages } = answered('readSession', await send(url, '/api/session', { as: clerk })) as {
      languages: string[];
    };
    expect(languages).to.deep.equal(['fr']);
    const { rows } = await system.database.pool.query<{ body: string }>(
      `SELECT convert_from(body, 'UTF8') AS body FROM hotline.trail_entry WHERE type = 'person.languages-set' ORDER BY seq`,
    );
    expect(rows.map((row) => said(row)['languages'])).to.deep.equal([['fr', 'ru'], ['fr']]);
    for (const wrong of ['zh', 'xx']) {
      expect(problemIn(await put('yuyan', { languages: [wrong] }))).to.include({ status: 400 });
    }
    expect(problemIn(await put('nobody', { languages: ['fr'] })).code).to.equal('person.not-found');
  });

  it('待办只看本人会的语言；没有写明的一件也没有；计数一致', async () => {
    const { system, url } = served();
    const clerk = await newcomer(system, { login: 'fawen', roles: ['intake'], unit: '市热线工作机构' });
    await speak('fawen', 'fr', 'de');
    const sheets: Record<string, string> = {};
    for (const language of ['zh', 'fr', 'de', 'en']) {
      sheets[language] = (await accept(url, { ...waterCut, language })).sheet.no;
    }
    const mine = await list(clerk, 'language=mine');
    expect(mine.items.map(({ no }) => no)).to.have.members([sheets['fr'], sheets['de']]);
    expect(mine.lights.find(({ group }) => group === 'all')?.count).to.equal(2);
    expect((await list(clerk, 'language=en')).items.map(({ no }) => no)).to.deep.equal([sheets['en']]);
    const silent = await newcomer(system, { login: 'bushuo', roles: ['intake'], unit: '市热线工作机构' });
    expect((await list(silent, 'language=mine')).items).to.deep.equal([]);
    expect((await list(silent, '')).items.length).to.be.greaterThan(3);
  });

  it('第二十七条：等着回访的，审核的人也只看本人会的语言', async () => {
    const { system, url } = served();
    const caller = await newcomer(system, { login: 'huifang', roles: ['reviewer'], unit: '市热线工作机构' });
    await speak('huifang', 'ru');
    const waiting: Record<string, string> = {};
    for (const language of ['ru', 'en', 'zh']) {
      let order = await accept(url, { ...waterCut, language });
      for (const given of [
        { conduct: 'orderly' },
        { wayOut: 'dispatch' },
        { unit: '某供热公司' },
        { receipt: 'accept' },
        { branch: 'within-limit', handlingResult: '水管已经修好。' },
        { replySummary: '已告知来电人修好', replyChannel: 'phone' },
        { feedbackSummary: '已修好，来电人知悉' },
        { reviewResult: 'pass' },
      ]) {
        order = await completeOnly(
          url,
          order,
          given,
          order.tasks[0]?.role === 'unit' ? '经办人' : '受理员甲',
        );
      }
      expect(order.tasks.map(({ name }) => name)).to.deep.equal(['回访核实、请来电人评价']);
      waiting[language] = order.sheet.no;
    }
    const own = (await list(caller, 'language=mine')).items.filter(({ no }) =>
      Object.values(waiting).includes(no),
    );
    expect(own.map(({ no }) => no)).to.deep.equal([waiting['ru']]);
    const all = (await list(caller, '')).items.map(({ no }) => no);
    expect(all).to.include.members(Object.values(waiting));
  });

  it('可以分派的人写着会哪几种语言、手上几件没有办结的', async () => {
    const { system, url } = served();
    await registered(url, { unit: '某水务局' });
    const boss = await newcomer(system, {
      login: 'jia',
      roles: ['handler'],
      unit: '某水务局',
      kind: 'department',
    });
    await newcomer(system, { login: 'yi', roles: ['handler'], unit: '某水务局', kind: 'department' });
    await speak('yi', 'ru');
    let order = await accept(url, { ...waterCut, language: 'ru' });
    order = await completeOnly(url, order, { conduct: 'orderly' });
    order = await completeOnly(url, order, { wayOut: 'dispatch' });
    order = await completeOnly(url, order, { unit: '某水务局' });
    const colleagues = async () =>
      (
        answered('listColleagues', await send(url, '/api/colleagues', { as: boss })) as {
          persons: Colleague[];
        }
      ).persons.map(({ login, languages, load }) => ({ login, languages, load }));
    expect(await colleagues()).to.deep.equal([
      { login: 'jia', languages: [], load: 0 },
      { login: 'yi', languages: ['ru'], load: 0 },
    ]);
    const [task] = order.tasks;
    const assigned = await send(url, '/api/tasks/assignments', {
      ...{ as: boss, method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ tasks: [task?.id], person: 'yi' }),
    });
    answered('assignTasks', assigned);
    expect((await colleagues()).map(({ load }) => load)).to.deep.equal([0, 1]);
  });
});
