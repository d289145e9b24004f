/**
 * From habits in the trail to a hypothesis, the unit's reply and an auditor's decision (Art 39),
 * with a simulated clock.
 */
import { expect } from 'chai';
import { sequence, verifyTrail } from '../../src/accountability/index.js';
import { openCases } from '../../src/cases/accept.js';
import { runRadar } from '../../src/measures/radar/index.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { answered, post, problemIn, send, useServer } from './serving.js';

const habit = '第一单位';
const units = [habit, '第二单位', '第三单位', '第四单位', '第五单位'];
const hour = 3_600_000;

interface Listed {
  readonly id: number;
  readonly title: string;
  readonly subject: string;
  readonly sentence: string;
  readonly found: number;
  readonly of: number;
  readonly restFound: number;
  readonly restOf: number;
  readonly open: boolean;
}
interface Detail extends Listed {
  readonly entries: readonly { readonly stream: string; readonly seq: number }[];
  readonly questions: readonly { readonly id: number; readonly answer: { readonly text: string } | null }[];
  readonly decisions: readonly { readonly decision: string }[];
}

describe('http 线索', () => {
  const served = useServer({ at: '2026-06-01T09:00:00+08:00' });
  const people: { [name: string]: SignedIn } = {};
  const as = (name: string): SignedIn => people[name] ?? expect.fail(`there is no ${name}`);
  let sheets = 0;

  /** Sheets of the unit, of which so many were extended. */
  const lived = async (unit: string, count: number, extended: number): Promise<void> => {
    const { system } = served();
    const from = new Date('2026-05-04T09:00:00+08:00');
    const nos = Array.from({ length: count }, () => `20260504-${String(++sheets).padStart(6, '0')}`);
    await system.database.transaction(async (transaction) => {
      await openCases(
        system,
        transaction,
        nos.map((no) => ({
          ...{ no, realm: 'live', externalNo: null, channel: 'phone', kind: 'complaint', title: '停水' },
          ...{ content: '停水了', callerName: '来电人甲', callerAddress: null, callerContact: '13800000000' },
          ...{ replyWanted: true, confidential: false, language: 'zh', messagesWanted: true },
          ...{ district: '历下区', place: null, receivedAt: from },
        })),
      );
      const step = (stream: string, after: number, name: string, facts: object = {}) => {
        const at = new Date(from.getTime() + after * hour);
        const place = { process: 'handling', version: 1, instance: 1, of: 'Task' };
        const body = {
          ...place,
          recordedAt: at.toISOString(),
          actor: '经办（h）',
          deeds: [{ name, facts: { ...facts } }],
        };
        return { stream, type: 'task.completed' as const, at, body };
      };
      await system.trail.append(
        transaction,
        nos.flatMap((no, index) => [
          step(no, 1, 'matter.handed-over', { to: unit }),
          step(no, 2, 'matter.received'),
          ...(index < extended ? [step(no, 30, 'extension.applied')] : []),
        ]),
      );
    });
    await sequence(system.database);
  };
  const run = () => runRadar(served().system, '命令行');
  const list = async (query = ''): Promise<readonly Listed[]> =>
    (
      answered('listRadar', await send(served().url, `/api/radar${query}`, { as: as('auditor') })) as {
        items: Listed[];
      }
    ).items;
  const read = async (id: number): Promise<Detail> =>
    answered('readRadar', await send(served().url, `/api/radar/${id}`, { as: as('auditor') })) as Detail;
  const act = (path: string, body: object, name = 'auditor') => post(served().url, path, body, {}, as(name));
  const inboxOf = async (recipient: string) => {
    const { rows } = await served().system.database.pool.query<{ title: string }>(
      "SELECT title FROM hotline.notification WHERE recipient = $1 AND stream = 'radar' ORDER BY id",
      [recipient],
    );
    return rows.map(({ title }) => title);
  };

  before(async () => {
    for (const [login, unit, kind, roles] of [
      ['first', habit, 'department', ['handler']],
      ['second', '第二单位', 'department', ['handler']],
    ] as const) {
      people[login] = await newcomer(served().system, { login, unit, kind, roles });
    }
    people['auditor'] = await newcomer(served().system, { login: 'auditor', roles: ['auditor'] });
    for (const unit of units) await lived(unit, 25, unit === habit ? 14 : 1);
  });

  it('少见的成为线索：数字、其他的合计、所依据的条目；再看一遍什么也不多', async () => {
    const first = await run();
    expect([first.raised, first.grown, first.reopened, first.sheets]).to.deep.equal([1, 0, 0, 125]);
    const [found, ...others] = await list();
    expect(others).to.deep.equal([]);
    expect(found).to.include({
      title: '惯于延期',
      subject: habit,
      found: 14,
      of: 25,
      restFound: 4,
      restOf: 100,
    });
    expect(found?.sentence).to.equal('第一单位办理的 25 轮中，14 轮申请了延期（56%）；其他单位是 4.0%。');
    expect((await read(found?.id ?? 0)).entries).to.have.length(14);
    const second = await run();
    expect([second.raised, second.grown, second.reopened]).to.deep.equal([0, 0, 0]);
    expect(await inboxOf('role:auditor')).to.deep.equal(['线索：新的 1 条，重新打开的 0 条']);
  });

  it('没有听过单位不能跟进；单位只看得到问它的，看得到自己工单的条目；答复一次', async () => {
    const early = await act('/api/radar/1/decision', { decision: 'followed-up', reason: '查' });
    expect(problemIn(early)).to.include({ code: 'radar.unheard', status: 409 });
    const unknown = await act('/api/radar/1/questions', { unit: '没有的单位', question: '为什么' });
    expect(problemIn(unknown).code).to.equal('unit.not-found');
    const asked = await act('/api/radar/1/questions', { unit: habit, question: '为什么多半延期' });
    expect(asked.status, asked.text).to.equal(201);
    expect(problemIn(await act('/api/radar/1/questions', { unit: habit, question: '再问' })).code).to.equal(
      'radar.settled',
    );
    expect(await inboxOf(`unit:${habit}`)).to.deep.equal(['审计就一条线索询问本单位']);
    const questionsOf = async (name: string) =>
      (
        answered(
          'listRadarQuestions',
          await send(served().url, '/api/radar-questions', { as: as(name) }),
        ) as {
          items: { id: number; subject: string; dueAt: string; entries: unknown[] }[];
        }
      ).items;
    const [question] = await questionsOf('first');
    // Five working days from Monday, 1 June.
    expect(question).to.include({ id: 1, subject: habit, dueAt: '2026-06-09T00:00:00+08:00' });
    expect(await questionsOf('second')).to.deep.equal([]);
    expect((await send(served().url, '/api/radar', { as: as('first') })).status).to.equal(403);
    const foreign = await act('/api/radar-questions/1/answer', { answer: '不是我的' }, 'second');
    expect(problemIn(foreign)).to.include({ code: 'radar.not-found', status: 404 });
    const answer = () =>
      act('/api/radar-questions/1/answer', { answer: '多为管网改造，要停水施工' }, 'first');
    answered('answerRadarQuestion', await answer());
    expect(problemIn(await answer()).code).to.equal('radar.settled');
    expect((await read(1)).questions[0]?.answer?.text).to.equal('多为管网改造，要停水施工');
  });

  it('由人决定，写明理由；只有够多的新依据重新打开它', async () => {
    const decided = await act('/api/radar/1/decision', { decision: 'explained', reason: '管网改造' });
    expect((answered('decideRadar', decided) as Detail).decisions).to.have.length(1);
    expect(
      problemIn(await act('/api/radar/1/decision', { decision: 'no-pattern', reason: '再' })).code,
    ).to.equal('radar.settled');
    expect(await list()).to.deep.equal([]);
    await lived(habit, 4, 4);
    expect((await run()).reopened).to.equal(0);
    await lived(habit, 2, 2);
    expect((await run()).reopened).to.equal(1);
    const [again] = await list();
    expect(again).to.include({ id: 1, found: 20, of: 31, open: true });
    expect((await read(1)).entries).to.have.length(20);
  });

  it('各行与轨迹相同；越过程序改了决定，核验指出是哪一行', async () => {
    const { system } = served();
    const differing = async () => {
      const { findings } = await verifyTrail(system);
      return findings.filter((one) => JSON.stringify(one).includes('radar_')).length;
    };
    expect(await differing()).to.equal(0);
    const client = system.database.pool;
    await client.query('UPDATE hotline.radar_hypothesis SET open = false WHERE id = 1');
    expect(await differing()).to.equal(1);
    await client.query('UPDATE hotline.radar_hypothesis SET open = true WHERE id = 1');
  });
});
