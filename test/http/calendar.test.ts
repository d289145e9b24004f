import { expect } from 'chai';
import { afterEach } from 'mocha';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { document2027, notice2027 } from '../support/notice-2027.js';
import { answered, dispatched, post, problemIn, send, useServer, type Reply } from './serving.js';

interface Preview {
  readonly known: boolean;
  readonly days: readonly { date: string }[];
  readonly concerned: number;
  readonly examined: number;
  readonly counts: { cases: number; moved: number; settled: number; revoked: number };
  readonly deadlines: readonly { workOrder: string; element: string; from: string; to: string }[];
}

interface NoticeList {
  readonly edition: string;
  readonly items: readonly {
    document: string | null;
    loaded: null | { by: string; recomputation: { state: string; moved: number; cases: number | null } };
  }[];
}

describe('工作日历接口', () => {
  const served = useServer({ at: '2026-12-24T10:00:00+08:00' });
  const get = (path: string): Promise<Reply> => send(served().url, `/api/calendar/${path}`);
  const [notice] = notice2027.notices;
  const request = { document: document2027, file: notice2027 };
  const load = (body: object): Promise<Reply> => post(served().url, '/api/calendar/notices', body);
  const preview = (body: object): Promise<Reply> => post(served().url, '/api/calendar/notices/preview', body);
  const notices = async () => answered('listNotices', await get('notices')) as NoticeList;
  const stories = async () => {
    const { rows } = await served().system.database.pool.query<{ stream: string; type: string }>(
      "SELECT stream, type FROM hotline.trail_entry WHERE type <> 'timer.fired' AND stream NOT IN ('accounts', 'refusals') ORDER BY stream, seq",
    );
    return rows.map(({ stream, type }) => `${stream} ${type}`);
  };
  let no = '';

  before(async () => {
    no = (await dispatched(served().url)).sheet.no;
  });
  afterEach(() => expect(served().reported).to.deep.equal([]));

  it('每一天说明是不是工作日、依据哪份通知、是否暂定', async () => {
    const { days } = answered('readCalendarDays', await get('days?from=2026-10-09&to=2026-10-11')) as {
      days: { date: string; working: boolean; provisional: boolean; source: { document: string } }[];
    };
    expect(days.map(({ date, working }) => [date, working])).to.deep.equal([
      ['2026-10-09', true],
      ['2026-10-10', true],
      ['2026-10-11', false],
    ]);
    expect(days[1]?.source.document).to.match(/国办发明电/);
    const future = answered('readCalendarDays', await get('days?from=2027-03-01&to=2027-03-01'));
    expect(future).to.have.nested.property('days[0].provisional', true);
  });

  it('第二十四条：期限逐日说明，与命令行同一形式', async () => {
    const answer = answered('computeDue', await get('due?start=2026-09-29T10:30:00%2B08:00&workingDays=5'));
    expect(answer).to.include({
      due: '2026-10-13T00:00:00+08:00',
      dueDate: '2026-10-12',
      provisional: false,
    });
    expect(answered('computeDue', await get('due?start=2026-12-24&workingDays=5'))).to.include({
      provisional: true,
    });
  });

  it('列出 chinese-workday 说错的四天', async () => {
    const found = answered('compareCalendarSources', await get('comparison')) as {
      disagreements: { date: string }[];
    };
    expect(found.disagreements.map(({ date }) => date)).to.deep.equal([
      '2018-01-01',
      '2020-01-31',
      '2020-02-01',
      '2023-01-03',
    ]);
  });

  it('不存在的日期、没有时区的时刻、负的天数、倒过来的起止：一句中文', async () => {
    for (const [path, sentence] of [
      ['due?start=2026-02-30&workingDays=5', '没有“2026-02-30”这一天'],
      ['due?start=2026-02-30T10:00:00%2B08:00&workingDays=5', '没有“2026-02-30”这一天'],
      ['due?start=2026-03-02T10:00:00&workingDays=5', '没有写明时区'],
      ['due?start=2026-03-02&workingDays=-1', '工作日数“-1”不对'],
      ['due?start=2026-03-02&workingDays=1.5', '工作日数“1.5”不对'],
      ['due?start=2026-03-02&workingDays=3661', '工作日数“3661”不对'],
      ['due?start=2099-12-30&workingDays=5', '2099'],
      ['days?from=2026-03-02&to=2026-03-01', '不是 1 至 1000 天'],
      ['days?from=2020-03-02&to=2026-03-01', '不是 1 至 1000 天'],
      ['days?from=1999-03-02&to=1999-03-02', '工作日历之外'],
      ['days?from=2026-13-02&to=2026-13-03', '2026-13-02'],
      ['comparison?since=2090', '没有可比对的年份'],
    ] as const) {
      const problem = problemIn(await get(path));
      expect(problem, path).to.include({ status: 422, code: 'calendar.invalid' });
      expect(problem.detail, path).to.contain(sentence);
    }
    expect(problemIn(await get('due?start=2026-03-02'))).to.include({ status: 400, code: 'input.invalid' });
  });

  it('坏的安排文件：重叠、年份不对、文号不符、缺项，都是一句中文，什么都没有变', async () => {
    const before = [await notices(), await stories()];
    const day = (date: string) => ({ date, off: true, name: '元旦' });
    const file = (more: object) => ({ notices: [{ ...notice, ...more }] });
    for (const [body, sentence] of [
      [file({ days: [day('2027-02-30')] }), '日期不存在'],
      [file({ days: [day('2027-01-01'), day('2027-01-01')] }), '出现两次'],
      [file({ days: [day('2029-01-01')] }), '却写了 2029-01-01'],
      [file({ days: [] }), '不符合格式'],
      [file({ document: '别的文号' }), '给出的文号却是'],
      [file({ year: 2026, days: [day('2026-01-01')] }), '已有年度安排'],
      [file({ kind: 'local', document: null }), '没有文号'],
      [{ notices: [notice, notice] }, '两份年度安排'],
      [{ notices: [notice, { ...notice, kind: 'amendment' }] }, '不是恰好一份通知'],
      [{}, '不符合格式'],
    ] as const) {
      for (const reply of [
        await load({ ...request, file: body }),
        await preview({ document: document2027, file: body }),
      ]) {
        const problem = problemIn(reply);
        expect(problem, sentence).to.include({ status: 422, code: 'calendar.invalid' });
        expect(problem.detail).to.contain(sentence);
        expect(reply.text).to.contain('日历没有任何变动');
      }
    }
    const shipped = (await notices()).items.find((item) => item.document?.startsWith('国办发明电〔2025〕'));
    const again = {
      ...request,
      document: shipped?.document,
      file: file({ document: shipped?.document, kind: 'amendment' }),
    };
    expect(problemIn(await load(again)).detail).to.contain('已随程序提供');
    for (const body of [
      { ...request, actor: '管理员甲' },
      { ...request, file: '文件' },
      { ...request, more: 1 },
    ]) {
      expect(problemIn(await load(body))).to.include({ status: 400, code: 'input.invalid' });
    }
    expect([await notices(), await stories()]).to.deep.equal(before);
  });

  it('第二十四条：预览说出多少期限、从何时改到何时，什么都没有变', async () => {
    const before = [await notices(), await stories()];
    const { known, counts, concerned, examined, days, deadlines } = answered(
      'previewNotice',
      await preview({ document: document2027, file: notice2027 }),
    ) as Preview;
    expect([known, days[0]?.date, days.length]).to.deep.equal([false, '2026-12-29', 365]);
    expect(counts).to.deep.include({ cases: 1, revoked: 0 });
    expect(examined).to.equal(concerned).and.to.be.at.least(1);
    expect(counts.moved + counts.settled).to.equal(deadlines.length);
    expect(deadlines.find(({ element }) => element === 'Timer_ReplyLimit')).to.deep.include({
      workOrder: no,
      from: '2027-01-01T00:00:00+08:00',
      to: '2027-01-06T00:00:00+08:00',
    });
    expect([await notices(), await stories()]).to.deep.equal(before);
  });

  it('载入是一个动作，重算在后台；进度、结果看得见，再载入一次没有变动', async () => {
    const loaded = await load(request);
    expect(loaded.status).to.equal(202);
    expect(answered('loadNotice', loaded)).to.deep.include({
      added: true,
      recomputation: {
        state: 'waiting',
        cases: null,
        done: 0,
        moved: 0,
        settled: 0,
        revoked: 0,
        finishedAt: null,
      },
    });
    const { system } = served();
    await createJobRunner({ ...system, onError: (error) => expect.fail(String(error)) }).runDue();
    const item = (await notices()).items.find(({ document }) => document === document2027);
    expect(item?.loaded).to.deep.include({ by: 'compliance-approver（p2）' });
    expect(item?.loaded?.recomputation).to.include({ state: 'done', cases: 1 });
    const told = (await stories()).filter((line) => line.startsWith('calendar '));
    expect(told).to.deep.equal(['calendar calendar.loaded', 'calendar calendar.recomputed']);
    const order = (await send(served().url, `/api/work-orders/${no}`)).json;
    const limit = (order as { deadlines: { element: string }[] }).deadlines.find(
      ({ element }) => element === 'Timer_ReplyLimit',
    );
    expect(limit).to.deep.include({ due: '2027-01-06T00:00:00+08:00', provisional: false });

    const before = await stories();
    const again = await load({ ...request, file: { notices: [{ ...notice }] } });
    expect(again.status).to.equal(200);
    expect(answered('loadNotice', again)).to.deep.include({ added: false, days: [] });
    await createJobRunner({ ...system, onError: (error) => expect.fail(String(error)) }).runDue();
    expect(await stories()).to.deep.equal(before);
  });

  it('同一文号改了内容、同一年另有一份：拒绝，什么都没有变；有自己文号的调整可以', async () => {
    const before = [await notices(), await stories()];
    const changed = { notices: [{ ...notice, title: '改过的' }] };
    expect(problemIn(await load({ ...request, file: changed })).detail).to.contain('内容与这个文件不同');
    const second = '测试发〔2026〕2号';
    const other = { notices: [{ ...notice, document: second }] };
    expect(problemIn(await load({ ...request, document: second, file: other })).detail).to.contain(
      '已有年度安排',
    );
    expect([await notices(), await stories()]).to.deep.equal(before);
    const amendment = {
      notices: [
        {
          ...notice,
          kind: 'amendment',
          document: second,
          days: [{ date: '2027-01-04', off: true, name: '元旦' }],
        },
      ],
    };
    expect((await load({ ...request, document: second, file: amendment })).status).to.equal(202);
  });
});
