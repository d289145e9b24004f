/**
 * An amendment that counts running limits anew: from its first day they have the new length, none
 * ends on a day that is over, and the trail says why.
 */
import { expect } from 'chai';
import { applyingJob } from '../../src/cases/index.js';
import {
  createLawFollower,
  recordShippedRegulation,
  shippedCatalogue,
} from '../../src/law/regulation/index.js';
import { approvedAmendment } from '../support/approved-amendment.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { answered, dispatched, post, send, useServer, type WorkOrderView } from './serving.js';
import { workingDaysOf } from '../../src/kernel/limit.js';

describe('修订写明没有届满的期限依新版重新计算（条例第二十四条，五个工作日改为三个）', () => {
  const served = useServer({ at: '2026-12-29T10:00:00+08:00' });
  const people: { [login: string]: SignedIn } = {};
  const terms = {
    ...{ title: '回复期限改为三日', source: '测试的决定', inForceFrom: '2027-01-04', transition: 'recount' },
    reason: '更快',
    edits: [{ edit: 'norm', norm: 'J27', set: { limit: { days: 3, of: 'working' } } }],
  };
  let early = '';
  let late = '';

  const read = async (no: string): Promise<WorkOrderView> =>
    answered('readWorkOrder', await send(served().url, `/api/work-orders/${no}`)) as WorkOrderView;
  const limitOf = ({ deadlines }: WorkOrderView) =>
    deadlines.find(({ element }) => element === 'Timer_ReplyLimit');
  const moveTo = async (at: string): Promise<void> => {
    served().system.clock.moveTo(new Date(at));
    while ((await served().system.executor.fireDue(100)) > 0);
  };

  before(async () => {
    const { system, url } = served();
    await recordShippedRegulation(system);
    early = (await dispatched(url)).sheet.no;
    await moveTo('2026-12-31T10:00:00+08:00');
    late = (await dispatched(url)).sheet.no;
    for (const login of ['bian', 'pi-jia', 'pi-yi'])
      people[login] = await newcomer(system, {
        ...{ login, roles: [login === 'bian' ? 'compliance-editor' : 'compliance-approver'] },
      });
    const saved = answered(
      'draftAmendment',
      await post(url, '/api/amendments', terms, {}, people['bian']),
    ) as {
      id: number;
      sha256: string;
    };
    await approvedAmendment(url, saved, {
      ...{ editor: people['bian'], approvers: [people['pi-jia'], people['pi-yi']] },
    });
  });

  it('施行以前仍是五日', async () => {
    expect(limitOf(await read(early))?.due).to.equal('2027-01-07T00:00:00+08:00');
    expect(limitOf(await read(late))?.due).to.equal('2027-01-09T00:00:00+08:00');
  });

  it('施行当日重新计算：从收到的一日起三日；算下来已经过去的，到施行当日 24:00 为止', async () => {
    const { system } = served();
    await moveTo('2027-01-04T00:00:00+08:00');
    await createLawFollower(system)();
    const { rows } = await system.database.pool.query<{ file: string }>(
      "SELECT file FROM regulation_version WHERE valid_from = '2027-01-04'",
    );
    const work = () =>
      applyingJob(system).work(
        { file: rows[0]?.file ?? '' },
        { attempt: 1, signal: new AbortController().signal },
      );
    await work();
    await work();
    const [first, second] = [await read(early), await read(late)];
    expect(limitOf(first)).to.deep.include({ due: '2027-01-05T00:00:00+08:00', dueDate: '2027-01-04' });
    expect(limitOf(second)).to.deep.include({ due: '2027-01-07T00:00:00+08:00', dueDate: '2027-01-06' });
    for (const one of [first, second]) {
      expect(limitOf(one)?.derivation['text']).to.equal('P3D');
      expect(limitOf(one)?.adjustments.map(({ kind }) => kind)).to.deep.equal(['recount']);
      const types = one.trail.map(({ type }) => type);
      expect(types.filter((type) => type === 'deadline.rearmed')).to.have.length(1);
      expect(types.indexOf('deadline.rearmed')).to.equal(types.indexOf('regulation.applied') + 1);
    }
  });

  it('施行以前谁也不逾期；施行当日 24:00 还没有回复的才逾期', async () => {
    const passed = ({ trail }: WorkOrderView): boolean =>
      trail.some(({ step }) => step?.fired === 'Timer_ReplyLimit');
    expect(passed(await read(early))).to.equal(false);
    await moveTo('2027-01-05T00:00:00+08:00');
    expect(passed(await read(early))).to.equal(true);
    expect(limitOf(await read(late))?.due).to.equal('2027-01-07T00:00:00+08:00');
  });
});

describe('新版没有给期限写数字', () => {
  const served = useServer({ at: '2026-12-31T10:00:00+08:00' });

  it('已经开始的期限不变，工单照样改依新版；批准以前就列出流程图没有跟上', async () => {
    const { system, url } = served();
    await recordShippedRegulation(system);
    const bian = await newcomer(system, { login: 'bian', roles: ['compliance-editor'] });
    const approvers = [
      await newcomer(system, { login: 'pi-jia', roles: ['compliance-approver'] }),
      await newcomer(system, { login: 'pi-yi', roles: ['compliance-approver'] }),
    ] as const;
    const { no } = (await dispatched(url)).sheet;
    const norms = shippedCatalogue('2026-12-31').norms.filter(
      ({ duty, limit }) => duty?.clock === 'reply' && workingDaysOf(limit) !== undefined,
    );
    const edits = norms.map(({ id }) => ({
      edit: 'norm',
      norm: id,
      set: { limit: { word: '及时' } },
    }));
    const terms = { title: '改为及时', source: '测试的决定', inForceFrom: '2027-01-01', reason: '更宽' };
    const body = { ...terms, transition: 'recount', edits };
    const saved = answered('draftAmendment', await post(url, '/api/amendments', body, {}, bian)) as {
      id: number;
      sha256: string;
    };
    const { unready } = answered(
      'readAmendmentImpact',
      await send(url, `/api/amendments/${saved.id}/impact`),
    ) as { unready: { where: string; why: string }[] };
    expect(unready.find(({ where }) => where.startsWith('流程图'))?.why).to.include('没有给它写出数字');
    await approvedAmendment(url, saved, { editor: bian, approvers });
    system.clock.moveTo(new Date('2027-01-01T00:00:00+08:00'));
    await createLawFollower(system)();
    const { rows } = await system.database.pool.query<{ file: string }>(
      "SELECT file FROM regulation_version WHERE valid_from = '2027-01-01'",
    );
    await applyingJob(system).work(
      { file: rows[0]?.file ?? '' },
      { attempt: 1, signal: new AbortController().signal },
    );
    const { deadlines, trail } = answered(
      'readWorkOrder',
      await send(url, `/api/work-orders/${no}`),
    ) as WorkOrderView;
    const limit = deadlines.find(({ element }) => element === 'Timer_ReplyLimit');
    expect(limit).to.include({ due: '2027-01-09T00:00:00+08:00' });
    expect(limit?.adjustments).to.deep.equal([]);
    expect(trail.map(({ type }) => type)).to.include('regulation.applied');
  });
});
