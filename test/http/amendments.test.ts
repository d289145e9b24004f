import { expect } from 'chai';
import type { z } from 'zod';
import { applyingJob } from '../../src/cases/index.js';
import type { amendmentOperations } from '../../src/http/contract/amendment.js';
import type { notificationOperations } from '../../src/http/contract/notification.js';
import { createLawFollower, recordShippedRegulation } from '../../src/law/regulation/index.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { answered, dispatched, post, problemIn, send, useServer } from './serving.js';

type Operations = typeof amendmentOperations;
type View = z.input<Operations['readAmendment']['answers'][200]['schema']>;

const newArticle = {
  edit: 'article',
  after: 'art24',
  heading: '告诉来电人谁在办',
  paragraphs: ['承办单位接到事项后及时告诉来电人由谁办理。'],
  norms: [
    {
      bearers: ['handling-unit'],
      modality: 'shall',
      says: '及时告诉来电人由谁办理',
      trigger: '接到事项',
      limit: { word: '及时' },
      exception: null,
      compensatedBy: [],
      duty: {
        opens: [
          { deed: 'reply.given', facts: {} },
          { deed: 'matter.handed-over', facts: {} },
        ],
        discharged: [[{ deed: 'matter.closed', facts: {} }]],
        clock: null,
        owedByHolder: true,
      },
      reason: null,
    },
  ],
  withoutNorm: null,
};
const terms = {
  title: '修改办理期限',
  source: '示例：常务委员会关于修改条例的决定',
  inForceFrom: '2027-01-01',
  transition: 'new',
  edits: [
    { edit: 'norm', norm: 'J27', set: { limit: { days: 3, of: 'working' }, says: '三个工作日内回复来电人' } },
    newArticle,
  ],
  reason: '从快',
};

describe('修改条例', () => {
  const served = useServer({ at: '2026-12-25T10:00:00+08:00' });
  const people: { [login: string]: SignedIn } = {};
  before(async () => {
    const { system } = served();
    await recordShippedRegulation(system);
    for (const login of ['bian', 'pi-jia', 'pi-yi']) {
      const role = login === 'bian' ? 'compliance-editor' : 'compliance-approver';
      people[login] = await newcomer(system, { login, roles: [role] });
    }
  });
  const draft = (body: object) => post(served().url, '/api/amendments', body, {}, people['bian']);
  const rule = (one: View, act: string, by: string, sha256 = one.sha256) =>
    post(served().url, `/api/amendments/${one.id}/acts`, { act, sha256, reason: '同意' }, {}, people[by]);
  const read = async (id: number) =>
    answered('readAmendment', await send(served().url, `/api/amendments/${id}`)) as View;
  /** Titles of an inbox's notices about the amendment, the newest last. */
  const told = async (recipient: string, by: string, amendment: number): Promise<readonly string[]> => {
    const box = await send(served().url, `/api/notifications?recipient=${encodeURIComponent(recipient)}`, {
      ...(people[by] ? { as: people[by] } : {}),
    });
    const { items } = answered('readInbox', box) as z.input<
      (typeof notificationOperations)['readInbox']['answers'][200]['schema']
    >;
    const mine = items.filter((one) => one.amendment === amendment);
    for (const one of mine) expect(one.workOrder).to.equal(null);
    return mine.map(({ title }) => title.replace('：条例的修改', '')).reverse();
  };
  const law = async () =>
    answered('readRegulation', await send(served().url, '/api/regulation')) as {
      version: string;
      articles: { id: string; label: string }[];
    };

  it('说出不成立的在哪里：没有的一处、已经过去的施行日、多出的栏', async () => {
    const wrong = { ...terms, edits: [{ edit: 'norm', norm: 'J99', set: {} }] };
    expect(problemIn(await draft(wrong))).to.include({ code: 'amendment.invalid', where: 'edits.0' });
    expect(problemIn(await draft({ ...terms, inForceFrom: '2026-12-25' }))).to.include({
      code: 'amendment.invalid',
      where: 'inForceFrom',
    });
    expect(problemIn(await draft({ ...terms, state: 'approved' }))).to.include({ code: 'input.invalid' });
    expect(problemIn(await send(served().url, '/api/amendments/7'))).to.include({
      code: 'amendment.not-found',
    });
  });

  it('改得比省的办法宽（五个工作日）：提交不了，写明双方、从哪一刻起算的例子', async () => {
    const laxer = { edit: 'norm', norm: 'J27', set: { limit: { days: 6, of: 'working' } } };
    const saved = answered(
      'draftAmendment',
      await draft({ ...terms, inForceFrom: '2027-06-01', edits: [laxer] }),
    ) as View;
    expect(problemIn(await rule(saved, 'submit', 'bian'))).to.include({ code: 'amendment.invalid' });
    const { detail } = problemIn(await rule(saved, 'submit', 'bian'));
    expect(detail).to.match(/《山东省.*至多 5 个工作日；《济南市.*J27.*6 个工作日，更宽：自 2027-06-01/);
    answered('ruleAmendment', await rule(saved, 'withdraw', 'bian'));
  });

  it('同一期限写了两样长短：提醒，写明是哪两项、各多长', async () => {
    const alone = { edit: 'norm', norm: 'J28', set: { limit: { days: 3, of: 'working' } } };
    const drafted = await draft({ ...terms, inForceFrom: '2027-06-01', edits: [alone] });
    const saved = answered('draftAmendment', drafted) as View;
    expect(saved.warnings.join()).to.match(/J27（5 个工作日）.*J28（3 个工作日）/);
    answered('ruleAmendment', await rule(saved, 'withdraw', 'bian'));
  });

  it('改一稿、驳回、撤回：须从最后一稿改起', async () => {
    const next = { ...terms, inForceFrom: '2027-06-01', edits: [terms.edits[0]] };
    const saved = answered('draftAmendment', await draft(next)) as View;
    const put = (revision: number) =>
      send(served().url, `/api/amendments/${saved.id}`, {
        method: 'PUT',
        body: JSON.stringify({ ...next, title: '再改', revision }),
        headers: { 'content-type': 'application/json' },
        ...(people['bian'] ? { as: people['bian'] } : {}),
      });
    expect(answered('saveAmendment', await put(1))).to.include({ revision: 2, title: '再改' });
    expect(problemIn(await put(1))).to.include({ code: 'amendment.stale' });
    const two = await read(saved.id);
    answered('ruleAmendment', await rule(two, 'submit', 'bian'));
    expect(answered('ruleAmendment', await rule(two, 'reject', 'pi-jia'))).to.include({ state: 'rejected' });
    expect(await told('person:bian', 'bian', saved.id)).to.deep.equal(['未批准']);
    expect(answered('ruleAmendment', await rule(two, 'withdraw', 'bian'))).to.include({ state: 'withdrawn' });
    expect(await told('role:compliance-approver', 'pi-yi', saved.id)).to.deep.equal(['等待批准']);
  });

  it('起草、对照、影响；须两个没有起草的人批准；到了那一天零点即依新版，不用重新启动', async () => {
    const { system, url } = served();
    const old = (await dispatched(url)).sheet.no;
    const saved = answered('draftAmendment', await draft(terms)) as View;
    expect(saved).to.include({ revision: 1, state: 'draft' });
    const sentences = saved.changes.map(({ sentence }) => sentence);
    expect(sentences).to.include('第二十四条第一款 J27：期限由“5 个工作日”改为“3 个工作日”');
    expect(sentences).to.include('第二十四条之一：新写条名“告诉来电人谁在办”');
    // What the article says in the same sentence follows it.
    expect(saved.warnings).to.deep.equal([]);
    const impact = answered('readAmendmentImpact', await send(url, `/api/amendments/${saved.id}/impact`)) as {
      elements: { name: string }[];
      documents: { why: string }[];
    };
    expect(impact.elements.map(({ name }) => name)).to.include('Timer_ReplyLimit');

    expect(problemIn(await rule(saved, 'approve', 'pi-jia'))).to.include({ code: 'amendment.state' });
    answered('ruleAmendment', await rule(saved, 'submit', 'bian'));
    expect(problemIn(await rule(saved, 'approve', 'bian'))).to.include({ code: 'access.denied' });
    expect(problemIn(await rule(saved, 'approve', 'pi-jia', 'f'.repeat(64)))).to.include({
      code: 'amendment.stale',
    });
    const one = answered('ruleAmendment', await rule(saved, 'approve', 'pi-jia')) as View;
    expect(one).to.include({ state: 'submitted' });
    expect(problemIn(await rule(saved, 'approve', 'pi-jia'))).to.include({ code: 'amendment.own' });
    expect(answered('ruleAmendment', await rule(saved, 'approve', 'pi-yi'))).to.include({
      state: 'approved',
    });
    expect(await told('role:compliance-approver', 'pi-yi', saved.id)).to.deep.equal(['等待批准']);
    expect(await told('person:bian', 'bian', saved.id)).to.deep.equal(['一人已批准', '已批准']);
    const again = { ...terms, revision: 1 };
    const put = await send(url, `/api/amendments/${saved.id}`, {
      method: 'PUT',
      body: JSON.stringify(again),
      headers: { 'content-type': 'application/json' },
      ...(people['bian'] ? { as: people['bian'] } : {}),
    });
    expect(problemIn(put)).to.include({ code: 'amendment.state' });

    expect((await law()).version).to.equal('2018');
    system.clock.moveTo(new Date('2026-12-31T23:59:59+08:00'));
    expect((await law()).version).to.equal('2018');
    system.clock.moveTo(new Date('2027-01-01T00:00:00+08:00'));
    const now = await law();
    expect(now.version).to.equal('2027-01-01');
    expect(now.articles.find(({ id }) => id === 'art24-1')?.label).to.equal('第二十四条之一');
    expect(await read(saved.id)).to.include({ state: 'in-force' });

    // A running program looks every few seconds for what was recorded.
    expect(await createLawFollower(system)()).to.equal(true);
    const versions = await system.database.pool.query<{ file: string }>(
      "SELECT file FROM regulation_version WHERE valid_from = '2027-01-01'",
    );
    const file = versions.rows[0]?.file ?? '';
    const job = applyingJob(system);
    for (let run = 0; run < 2; run += 1)
      await job.work({ file }, { attempt: 1, signal: new AbortController().signal });
    const trail = await system.database.transaction((transaction) => system.trail.read(transaction, [old]));
    const applied = (trail.get(old) ?? []).filter(({ type }) => type === 'regulation.applied');
    expect(applied).to.have.length(1);
  });

  it('施行时还在办理的：以前的义务依旧版，此后的行为依新版；新受理的全依新版', async () => {
    const { url } = served();
    const norms = async (no: string): Promise<readonly { norm: string; says: string }[]> =>
      (
        answered('readDuties', await send(url, `/api/work-orders/${no}/duties`)) as {
          items: { norm: string; says: string }[];
        }
      ).items;
    const [old] = (
      answered('listWorkOrders', await send(url, '/api/work-orders')) as { items: { no: string }[] }
    ).items;
    const limitOf = ({ deadlines }: Awaited<ReturnType<typeof dispatched>>) =>
      deadlines.find(({ element }) => element === 'Timer_ReplyLimit');
    const fresh = await dispatched(url);
    expect((await norms(fresh.sheet.no)).map(({ norm }) => norm)).to.include('J62');
    // No diagram was touched: the timer refers to the law's limit.
    expect(limitOf(fresh)?.derivation).to.include({ text: 'P3D', due: '2027-01-07T00:00:00+08:00' });
    const before = answered('readWorkOrder', await send(url, `/api/work-orders/${old?.no ?? ''}`));
    expect(limitOf(before as typeof fresh)?.derivation['text']).to.equal('P5D');
    const ofOld = await norms(old?.no ?? '');
    expect(ofOld.map(({ norm }) => norm)).to.not.include('J62');
    expect(ofOld.find(({ norm }) => norm === 'J27')?.says).to.not.equal('三个工作日内回复来电人');
  });
});
