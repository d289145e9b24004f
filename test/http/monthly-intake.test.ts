/** A month's intake report without an assessment: opened at the month's end, drafted, reminded of, late, published. */
import { expect } from 'chai';
import { sequence } from '../../src/accountability/index.js';
import { followTrail } from '../../src/measures/assessment/index.js';
import { draftDuePublications, endMonths } from '../../src/cases/index.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { readInbox } from '../../src/channel/notification/index.js';
import { followDuties, keptDuties } from '../../src/law/regulation/index.js';
import { createLife } from '../measures/assessment/life.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { answered, post, problemIn, send, useServer } from './serving.js';

interface Version {
  readonly id: number;
  readonly kind: string;
  readonly state: string;
  readonly content: {
    readonly received: number | null;
    readonly measures: unknown[];
    readonly title: string;
  };
}

describe('http 每月受理数据的公开，没有经批准的考核办法', () => {
  const served = useServer({ at: '2026-10-08T10:00:00+08:00' });
  const life = createLife(() => served().system);
  let writer: SignedIn, second: SignedIn;
  const october = '公开-2026-10';

  const versions = async (): Promise<readonly Version[]> => {
    const reply = await send(served().url, '/api/assessments/2026-10/publications', { as: writer });
    return (answered('listMonthPublications', reply) as { items: Version[] }).items;
  };
  const anyone = () => send(served().url, '/api/publications/2026-10', { as: 'nobody' });
  const settle = async (): Promise<void> => {
    const { database, catalogues } = served().system;
    await sequence(database);
    while ((await followTrail(database, catalogues)) > 0);
    while ((await followDuties(database, catalogues)) > 0);
  };
  const duties = async (): Promise<string[]> => {
    await settle();
    const kept = await served().system.database.transaction((tx) => keptDuties(tx, [october]));
    return kept.map(({ norm, state }) => `${norm} ${state}`);
  };
  const told = async (recipient: string): Promise<string[]> => {
    const { system } = served();
    const announcing = system.jobs.filter(({ name }) => name === 'notification.announce');
    const onError = (error: unknown): void => expect.fail(String(error));
    await createJobRunner({ ...system, jobs: announcing, onError }).runDue();
    const items = await system.database.transaction((transaction) =>
      readInbox(transaction, { recipient, unread: false, limit: 200 }),
    );
    return items.map(({ title }) => title).filter((title) => title.includes('受理数据'));
  };
  const stay = () =>
    served().system.database.pool.query(
      'UPDATE hotline.session SET started_at = $1, seen_at = $1, auth_at = $1',
      [served().system.clock.now()],
    );

  before(async () => {
    const hotline = { unit: '市热线工作机构', kind: 'hotline', roles: ['assessor'] } as const;
    writer = await newcomer(served().system, { login: 'qicao', ...hotline });
    second = await newcomer(served().system, { login: 'pizhun', ...hotline });
    for (const hour of ['09', '10', '11', '12', '13', '14']) {
      await life.dispatched(`10-12T${hour}:00`, '市水务局', '历下区');
    }
  });

  it('月末以前不开始；月末以后开始一次，数字都计完了自己起草，没有考核也可以', async () => {
    const { system } = served();
    await settle();
    await endMonths(system);
    // Received late in the month, and not counted yet.
    await life.dispatched('10-31T23:50', '市水务局', '历下区');
    await life.fallDue('11-01T00:10');
    await stay();
    await endMonths(system);
    await endMonths(system);
    await draftDuePublications(system);
    expect(await versions()).to.deep.equal([]);
    await settle();
    await draftDuePublications(system);
    await draftDuePublications(system);
    const [draft, ...others] = await versions();
    expect(others).to.deep.equal([]);
    expect(draft).to.include({ kind: 'intake', state: 'draft' });
    expect(draft?.content).to.deep.include({
      received: 7,
      measures: [],
      title: '关于 2026 年 10 月 12345 市民服务热线受理数据的公告',
    });
    expect(problemIn(await anyone()).code).to.equal('publication.not-found');
    expect(await duties()).to.deep.equal(['J46 open']);
  });

  it('第五个工作日提醒公布人员，还不算违反；次月结束仍未公开的违反，报负责人和市政府办公厅', async () => {
    await life.fallDue('11-05T23:59');
    expect(await told('role:publisher')).to.deep.equal(['待办：公开每月受理数据']);
    await life.fallDue('11-06T00:01');
    expect(await told('role:publisher')).to.have.members(['待办：公开每月受理数据', '应当公开每月受理数据']);
    await life.fallDue('11-30T23:59');
    expect(await duties()).to.deep.equal(['J46 open']);
    await life.fallDue('12-01T00:01');
    expect(await duties()).to.deep.equal(['J46 temporarily-violated']);
    for (const recipient of ['role:publisher', 'role:supervisor', 'role:general-office']) {
      expect(await told(recipient), recipient).to.include('逾期未公开每月受理数据');
    }
  });

  it('由一人批准、另一人发布；发布以后谁都看得到，公开的待办随之办结', async () => {
    const { url } = served();
    await stay();
    const [draft] = await versions();
    const path = `/api/assessment-publications/${draft?.id}`;
    const ruling = { decision: 'approve', reason: '核对过' };
    answered('rulePublication', await post(url, `${path}/ruling`, ruling, {}, second));
    const number = { documentNumber: '热公〔2026〕11号' };
    answered('issuePublication', await post(url, `${path}/issue`, number, {}, writer));
    const { content } = answered('readPublication', await anyone()) as { content: object };
    expect(content).to.include({ kind: 'intake', received: 7, ...number });
    const { items } = answered(
      'listPublications',
      await send(url, '/api/publications', { as: 'nobody' }),
    ) as { items: { period: string }[] };
    expect(items.map(({ period }) => period)).to.deep.equal(['2026-10']);
    expect(await duties()).to.deep.equal(['J46 permanently-violated']);
    const file = await send(url, '/api/publications/2026-10/file?format=csv', { as: 'nobody' });
    expect(file.text).to.include('受理渠道').and.not.include('办结');
  });

  it('及时公开的，义务履行', async () => {
    const { url, system } = served();
    await endMonths(system);
    await settle();
    await draftDuePublications(system);
    const reply = await send(url, '/api/assessments/2026-11/publications', { as: writer });
    const [draft] = (answered('listMonthPublications', reply) as { items: Version[] }).items;
    const path = `/api/assessment-publications/${draft?.id}`;
    answered(
      'rulePublication',
      await post(url, `${path}/ruling`, { decision: 'approve', reason: '核对过' }, {}, second),
    );
    answered(
      'issuePublication',
      await post(url, `${path}/issue`, { documentNumber: '热公〔2026〕12号' }, {}, writer),
    );
    await settle();
    const kept = await system.database.transaction((tx) => keptDuties(tx, ['公开-2026-11']));
    expect(kept.map(({ norm, state }) => `${norm} ${state}`)).to.deep.equal(['J46 satisfied']);
  });
});
