/** The limit of an upstream hotline: in lists beside the regulation's, with notices before and after it passes. */
import { expect } from 'chai';
import { toShanghaiIso } from '../../src/kernel/civil-date.js';
import {
  accept,
  answered,
  completeOnly,
  post,
  send,
  useServer,
  waterCut,
  type WorkOrderView,
} from '../http/serving.js';
import { said } from '../support/entries.js';

interface Notice {
  readonly title: string;
  readonly text: string;
  readonly workOrder: string | null;
  readonly level: string | null;
}
interface Row {
  readonly no: string;
  readonly due: string | null;
  readonly upstreamLimit: boolean;
  readonly level: string | null;
}

describe('上级热线的期限', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const at = (instant: string): void => served().system.clock.moveTo(new Date(instant));
  let sources = 0;

  const sent = async (due: string | undefined): Promise<WorkOrderView> => {
    const { url } = served();
    sources += 1;
    const { id } = answered(
      'addChannelSource',
      await post(url, '/api/channel-sources', {
        ...{ name: `上级热线${sources}`, channel: 'app', proof: 'token' },
        mapping: { content: 'message.text', kind: '"help"', externalNo: 'message.no' },
      }),
    ) as { id: number };
    return accept(url, {
      ...waterCut,
      upstream: { source: id, number: `S-${sources}`, ...(due === undefined ? {} : { due }) },
    });
  };
  const dispatched = async (order: WorkOrderView): Promise<WorkOrderView> => {
    const { url } = served();
    let now = order;
    for (const given of [{ conduct: 'orderly' }, { wayOut: 'dispatch' }, { unit: '某水务局' }]) {
      now = await completeOnly(url, now, given);
    }
    return now;
  };
  const remind = async (no: string): Promise<void> => {
    const job = served().system.jobs.find(({ name }) => name === 'upstream.remind') ?? expect.fail();
    const at = served().system.clock.now().toISOString();
    await job.work({ workOrder: no, at }, { attempt: 1, signal: new AbortController().signal });
  };
  const queuedFor = async (no: string): Promise<string | null> => {
    const { database } = served().system;
    const [row] = await database.transaction((transaction) =>
      transaction.query<{ at: Date }>('SELECT run_at AS at FROM hotline_jobs._private_jobs WHERE key = $1', [
        `upstream.remind ${no}`,
      ]),
    );
    return row ? toShanghaiIso(row.at) : null;
  };
  const inbox = async (recipient: string, no: string): Promise<Notice[]> => {
    const { items } = answered(
      'readInbox',
      await send(served().url, `/api/notifications?limit=100&recipient=${encodeURIComponent(recipient)}`),
    ) as { items: Notice[] };
    return items.filter(
      ({ workOrder, level }) => workOrder === no && level?.startsWith('upstream-') === true,
    );
  };
  const rowOf = async (no: string, query = ''): Promise<Row> => {
    const { items } = answered('listTasks', await send(served().url, `/api/tasks?limit=200${query}`)) as {
      items: Row[];
    };
    return items.find((item) => item.no === no) ?? expect.fail(`no task of ${no}`);
  };

  it('待办里写更早的一个期限，是上级热线的就写明；排在只有条例期限的前面', async () => {
    const { url } = served();
    const plain = await dispatched(await accept(url, waterCut));
    const tight = await dispatched(await sent('2026-03-04'));
    const loose = await dispatched(await sent('2026-06-01'));
    const without = await dispatched(await sent(undefined));
    const legal = (await rowOf(plain.sheet.no)).due;
    expect(await rowOf(tight.sheet.no)).to.include({ due: '2026-03-05T00:00:00+08:00', upstreamLimit: true });
    for (const { sheet } of [plain, loose, without]) {
      expect(await rowOf(sheet.no)).to.include({ due: legal, upstreamLimit: false });
    }
    const { items } = answered('listTasks', await send(url, '/api/tasks?limit=200&role=unit')) as {
      items: Row[];
    };
    const ours = items.map(({ no }) => no);
    expect(ours.indexOf(tight.sheet.no)).to.be.lessThan(ours.indexOf(plain.sheet.no));
    const exported = await post(url, '/api/worklist/exports', { format: 'csv', role: 'unit' });
    expect(exported.text).to.match(new RegExp(`${tight.sheet.no}.*上级期限`));
    expect(exported.text).not.to.match(new RegExp(`${plain.sheet.no}.*上级期限`));
  });

  it('将到、已过各提醒一次，给承办单位和督办人员；几个程序同时做也只有一次，轨迹各记一条', async () => {
    const { url } = served();
    at('2026-03-02T10:00:00+08:00');
    const { sheet } = await dispatched(await sent('2026-03-06'));
    const { no } = sheet;
    await remind(no);
    expect(await inbox('role:supervisor', no)).to.deep.equal([]);
    expect(await queuedFor(no)).to.equal('2026-03-05T00:00:00+08:00');
    at('2026-03-05T00:00:00+08:00');
    await Promise.all([remind(no), remind(no), remind(no)]);
    for (const recipient of ['role:supervisor', 'unit:某水务局']) {
      expect((await inbox(recipient, no)).map(({ title }) => title)).to.deep.equal([
        '提醒：上级热线的期限将到',
      ]);
    }
    const [near] = await inbox('unit:某水务局', no);
    expect(near?.text).to.include('2026-03-06 24:00').and.include('上级热线');
    expect(await queuedFor(no)).to.equal('2026-03-07T00:00:00+08:00');
    at('2026-03-07T00:00:01+08:00');
    await Promise.all([remind(no), remind(no)]);
    await remind(no);
    expect((await inbox('role:supervisor', no)).map(({ title }) => title)).to.deep.equal([
      '上级热线的期限已过',
      '提醒：上级热线的期限将到',
    ]);
    const { trail, chain } = answered(
      'readWorkOrder',
      await send(url, `/api/work-orders/${no}`),
    ) as WorkOrderView;
    const told = trail.filter(({ type }) => type === 'upstream.reminded');
    expect(told.map((entry) => said(entry)['stage'])).to.deep.equal(['near', 'passed']);
    expect(chain.holds).to.equal(true);
  });

  it('期限一过，清单里就是红灯；条例的牌不动', async () => {
    const { url } = served();
    at('2026-03-09T10:00:00+08:00');
    const { no } = (await dispatched(await sent('2026-03-10'))).sheet;
    const isRed = async (light: string): Promise<boolean> => {
      const path = `/api/tasks?limit=200&role=unit&light=${light}`;
      const { items } = answered('listTasks', await send(url, path)) as { items: Row[] };
      return items.some((item) => item.no === no);
    };
    expect([await isRed('normal'), await isRed('red')]).to.deep.equal([true, false]);
    at('2026-03-11T00:00:01+08:00');
    await remind(no);
    expect([await isRed('normal'), await isRed('red')]).to.deep.equal([false, true]);
    expect(await rowOf(no)).to.include({ level: null, upstreamLimit: true });
    const board = answered('readBoard', await send(url, '/api/board')) as {
      columns: { level: string | null; cards: { no: string }[] }[];
    };
    const here = board.columns.filter(({ cards }) => cards.some((card) => card.no === no));
    expect(here.map(({ level }) => level)).to.deep.equal([null]);
  });

  it('提前几日按工作日数，跨过放假的往前移；已经回告的不再提醒；没有转出的只告诉督办人员', async () => {
    const { url } = served();
    at('2026-03-30T10:00:00+08:00');
    const { sheet } = await sent('2026-04-08');
    await remind(sheet.no);
    // 清明 4 至 6 日放假: two working days before the end of the 8th is the end of the 3rd.
    expect(await queuedFor(sheet.no)).to.equal('2026-04-04T00:00:00+08:00');
    at('2026-04-04T00:00:00+08:00');
    await remind(sheet.no);
    const told = await served().system.database.transaction((transaction) =>
      transaction.query<{ recipient: string }>(
        `SELECT recipient FROM notification WHERE stream = $1 AND level LIKE 'upstream-%'`,
        [sheet.no],
      ),
    );
    expect(told).to.deep.equal([{ recipient: 'role:supervisor' }]);

    at('2026-05-11T10:00:00+08:00');
    let order = await sent('2026-05-15');
    for (const given of [
      { conduct: 'orderly' },
      { wayOut: 'on-the-spot' },
      { answerSummary: '已经换好。' },
    ]) {
      order = await completeOnly(url, order, given);
    }
    const { no } = order.sheet;
    const handed = await post(url, `/api/upstream-sheets/${no}/handing-back`, { note: '在它的系统里填了' });
    expect(handed.status).to.equal(200);
    at('2026-05-20T10:00:00+08:00');
    await remind(no);
    expect(await inbox('role:supervisor', no)).to.deep.equal([]);
  });
});
