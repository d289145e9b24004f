/**
 * Texts about a case cite the case's law: entries, notices, refusals, orders, its page; after a
 * transition the new one.
 */
import { expect } from 'chai';
import { addNote, applyingJob, reissueCallerSecret } from '../../src/cases/index.js';
import { urgeFromCaller } from '../../src/cases/caller/acts.js';
import { provisionFor } from '../../src/kernel/law.js';
import { createLawFollower, recordShippedRegulation } from '../../src/law/regulation/index.js';
import { useLaw } from '../../src/web/law/page-law.js';
import { supervisionOrders } from '../../src/web/screens/case/supervision-orders.js';
import { recordAmendedLaw } from '../support/amended-law.js';
import { answered, dispatched, post, problemIn, send, useServer, type WorkOrderView } from './serving.js';

describe('说到一件工单，引用的是工单所依的一版条例', () => {
  const served = useServer({ at: '2026-12-28T10:00:00+08:00' });
  const moveTo = (day: string): void => served().system.clock.moveTo(new Date(`${day}T10:00:00+08:00`));
  const read = async (no: string): Promise<WorkOrderView> =>
    answered('readWorkOrder', await send(served().url, `/api/work-orders/${no}`)) as WorkOrderView;
  const lastOf = ({ trail }: WorkOrderView, type: string) =>
    trail.findLast((entry) => entry.type === type)?.provisions.map(({ id }) => id);
  const noted = async (no: string): Promise<readonly string[] | undefined> => {
    await addNote(served().system, {
      no,
      text: `备注 ${served().system.clock.now().toISOString()}`,
      actor: '甲',
    });
    return lastOf(await read(no), 'note.added');
  };
  const restrained = async (no: string): Promise<string | undefined> => {
    const secret = await reissueCallerSecret(
      { ...served().system, issueIn: (one, of) => served().system.identity.callers.issueIn(one, of) },
      no,
      '受理员甲',
    );
    const refused = await post(served().url, '/api/progress/ratings', { no, secret, rating: 'fair' });
    expect(problemIn(refused).code).to.equal('caller-act.not-possible');
    return problemIn(refused).provision;
  };
  const articleOfNotice = async (no: string): Promise<string | null> => {
    const { rows } = await served().system.database.pool.query<{ article: string | null }>(
      "SELECT article FROM hotline.notification WHERE stream = $1 AND title LIKE '%催办%' ORDER BY id DESC LIMIT 1",
      [no],
    );
    return rows[0]?.article ?? null;
  };
  /** The page carries the law of the day. */
  const ordersOnPage = (order: WorkOrderView) => {
    useLaw(served().system.laws.today());
    return supervisionOrders(order, old);
  };
  let old = '';
  let fresh = '';
  let last = '';

  before(async () => {
    const { system, url } = served();
    await recordShippedRegulation(system);
    await recordAmendedLaw(system, { title: '修订一', from: '2027-01-01', place: 'art24-1' });
    last = await recordAmendedLaw(system, {
      ...{ title: '修订二', from: '2027-03-01', place: 'art24-2', transition: 'new' },
    });
    await createLawFollower(system)();
    old = (await dispatched(url)).sheet.no;
    moveTo('2027-01-04');
    fresh = (await dispatched(url)).sheet.no;
  });

  it('新版施行以后，旧版的工单的条目、通知、拒绝、页面还依旧版；新受理的依新版', async () => {
    expect(provisionFor('sheet', served().system.laws.today())).to.equal('art24-1');
    expect(await noted(old)).to.deep.equal(['art22']);
    expect(await noted(fresh)).to.deep.equal(['art24-1']);
    await urgeFromCaller(served().system, old);
    await urgeFromCaller(served().system, fresh);
    expect([await articleOfNotice(old), await articleOfNotice(fresh)]).to.deep.equal(['art16', 'art24-1']);
    expect(await restrained(old)).to.equal('第十六条');
    expect(await restrained(fresh)).to.equal('第二十四条之一');
    const { laws } = await read(old);
    expect(laws.map(({ from }) => from)).to.deep.equal(['2026-12-28']);
    expect(laws[0]?.purposes['callers-wishes']).to.deep.equal(['art16']);
    expect((await read(fresh)).laws, 'what the page carries').to.deep.equal([]);
  });

  it('逾期以后的督办：事由、督办单都是旧版的', async () => {
    moveTo('2027-01-25');
    while ((await served().system.executor.fireDue(100)) > 0);
    const ordered = await read(old);
    expect(ordered.supervision.orders.map(({ ground }) => ground)).to.include('art28.p1.i1');
    const [paper] = ordersOnPage(ordered);
    expect(paper).to.include({ article: '第二十八条第一款第一项', ground: '超出办理时限未办理热线事项' });
    expect(paper?.law).to.not.include('修订');
    expect((await read(fresh)).supervision.orders.map(({ ground }) => ground)).to.include('art24-1');
  });

  it('修订写明在办的依新版的，从那一天起依新版；已经发出的督办单还是旧版的', async () => {
    moveTo('2027-03-01');
    await applyingJob(served().system).work(
      { file: last },
      { attempt: 1, signal: new AbortController().signal },
    );
    for (const no of [old, fresh]) {
      expect(await noted(no)).to.deep.equal(['art24-2']);
      expect(await restrained(no)).to.equal('第二十四条之二');
    }
    const moved = await read(old);
    expect(moved.laws.map(({ from, title }) => [from, title.slice(0, 3)])).to.deep.equal([
      ['2026-12-28', moved.laws[0]?.title.slice(0, 3)],
      ['2027-03-01', '修订二'],
    ]);
    expect(ordersOnPage(moved)[0]).to.include({ ground: '超出办理时限未办理热线事项' });
  });
});
