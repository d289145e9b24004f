/** Somebody with all rights has altered entries: readers are told, and decisions based on them are refused. */
import { expect } from 'chai';
import { alteredTitle } from '../../src/cases/index.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { asSuperuser } from '../support/tamper.js';
import { accept, answered, completeOnly, fill, post, problemIn, send, useServer } from './serving.js';

interface Entry {
  seq: number;
  title: string;
  at: string;
  actor: string | null;
  body?: string;
  altered?: boolean;
}

describe('http 被改动过的轨迹', () => {
  const served = useServer();
  let auditor: SignedIn;
  let no = '';
  let taskId = '';
  let answers = {};

  const alter = (stream: string, seq: number, to: string) =>
    asSuperuser(served().system.database.url, [
      `UPDATE trail_entry SET body = ${to} WHERE stream = $1 AND seq = $2`,
      stream,
      seq,
    ]);
  const found = async (query: string) =>
    (
      answered('searchTrail', await send(served().url, `/api/trail/entries?${query}`, { as: auditor })) as {
        items: Entry[];
      }
    ).items;

  before(async () => {
    const { url, system } = served();
    auditor = await newcomer(system, { login: 'shenji1', roles: ['auditor'] });
    const order = await completeOnly(url, await accept(url), { conduct: 'insult' }, '受理员甲');
    no = order.sheet.no;
    const task =
      order.tasks.find(({ notBy }) => notBy.includes('Task_Register')) ?? expect.fail('no such task');
    taskId = task.id;
    answers = fill(task);
    // Changes the actor, so that 受理员甲 could decide after all; and replaces JSON by something
    // unreadable.
    await alter(no, 2, `convert_to(replace(convert_from(body, 'UTF8'), '受理员甲', '受理员乙'), 'UTF8')`);
    await alter('accounts', 1, `'\\xff00'`);
  });

  it('审计轨迹：改动过的写明，不当作记下的内容；其余的照样找得到', async () => {
    const items = await found(`no=${no}`);
    expect(items.map(({ seq, altered }) => [seq, altered]))
      .to.deep.include([2, true])
      .and.to.deep.include([1, false]);
    const [second] = items.filter(({ seq }) => seq === 2);
    expect(second).to.deep.include({ title: alteredTitle, actor: null, body: '', after: {} });
    expect(second?.at).to.equal(items.find(({ seq }) => seq === 1)?.at);
    expect((await found('kind=accounts')).find(({ seq }) => seq === 1)).to.include({ altered: true });
    expect((await found('kind=definition')).every(({ altered }) => !altered)).to.equal(true);
  });

  it('工单的轨迹：写明是哪一条，链断在哪里', async () => {
    const trail = answered(
      'readTrail',
      await send(served().url, `/api/work-orders/${no}/trail`, { as: auditor }),
    ) as { entries: Entry[]; chain: object };
    expect(trail.chain).to.include({ holds: false, seq: 2 });
    expect(trail.entries[1]).to.deep.include({ title: alteredTitle, altered: true, body: '' });
  });

  it('登录和帐号的记录照样打开；问某一个人的，也看得到不知是谁的那一条', async () => {
    for (const query of ['', '&about=shenji1']) {
      const page = answered(
        'readAccountJournal',
        await send(served().url, `/api/account-journal?stream=accounts${query}`),
      ) as { items: Entry[] };
      expect(page.items.at(-1), query).to.include({ seq: 1, title: alteredTitle, actor: null });
    }
  });

  it('第四十二条：谁办过前一环节要凭轨迹，链断了谁也不得据以办', async () => {
    const { url, people } = served();
    for (const name of ['受理员甲', '督办员丁']) {
      const as = await people.doing('supervisor', name);
      const reply = await post(
        url,
        `/api/tasks/${encodeURIComponent(taskId)}/completion`,
        { answers },
        {},
        as,
      );
      expect(problemIn(reply)).to.include({ status: 409, code: 'trail.broken', where: `${no} 第 2 条` });
    }
  });
});
