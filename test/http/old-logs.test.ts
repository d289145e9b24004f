import { expect } from 'chai';
import type { z } from 'zod';
import type { oldLogOperations } from '../../src/http/contract/old-log.js';
import { countTroubled, jobOfKey } from '../../src/platform/jobs/index.js';
import { logCheckJob, logDroppingJob } from '../../src/takeover/index.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { workJobs } from '../support/tried.js';
import { answered, post, problemIn, send, useServer } from './serving.js';

type OldLog = z.input<(typeof oldLogOperations)['readOldLog']['answers'][200]['schema']>;

const log = [
  '工单号,环节,时间,承办单位,经办人',
  'B1,登记工作流转单,2026-03-02 09:00,热线,张一',
  'B1,交承办单位,2026-03-02 10:00,市水务局,张一',
  'B1,回复来电人,2026-03-12 10:00,市水务局,李二',
  'B2,回复来电人,2026-03-02 08:00,"=HYPERLINK(""http://x"")",李二',
  'B2,交承办单位,2026-03-02 10:00,<市水务局>,张一',
].join('\n');

describe('旧系统的日志在控制台对照条例', () => {
  const served = useServer({ at: '2026-11-24T10:00:00+08:00' });
  let editor: SignedIn;
  let auditor: SignedIn;
  let id = 0;

  const upload = (content: string | Buffer, name = '旧日志.csv', as = editor, query = '') =>
    send(served().url, `/api/old-logs${query}`, {
      as,
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name) },
      body: content,
    });
  const read = async (as = auditor): Promise<OldLog> =>
    answered('readOldLog', await send(served().url, `/api/old-logs/${id}`, { as })) as OldLog;
  const check = (mapping: object) => post(served().url, `/api/old-logs/${id}/check`, { mapping }, {}, editor);
  const rows = async (): Promise<number> => {
    const [row] = await served().system.database.transaction((transaction) =>
      transaction.query<{ count: number }>('SELECT count(*)::int AS count FROM old_log_piece'),
    );
    return row?.count ?? 0;
  };

  /** Sessions expire in between, so other people sign in. */
  const arrive = async (at: string): Promise<void> => {
    const { system } = served();
    system.clock.moveTo(new Date(at));
    const day = at.slice(5, 10);
    editor = await newcomer(system, { login: `bian${day}`, roles: ['compliance-editor'] });
    auditor = await newcomer(system, { login: `shen${day}`, roles: ['auditor'] });
  };

  before(() => arrive('2026-11-24T10:00:00+08:00'));

  it('上传以后有起草的对照表；存着的读不出来', async () => {
    const kept = answered('uploadOldLog', await upload(log)) as OldLog;
    id = kept.id;
    expect(kept).to.include({ name: '旧日志.csv', state: 'none', isLogKept: true });
    expect(kept.mapping).to.deep.include({
      case: '工单号',
      activity: '环节',
      unit: '承办单位',
      person: '经办人',
    });
    expect(kept.activities[0]).to.include({ activity: '交承办单位', lines: 2, deed: 'matter.handed-over' });
    const [piece] = await served().system.database.transaction((transaction) =>
      transaction.query<{ box: Buffer }>('SELECT box FROM old_log_piece'),
    );
    expect(piece?.box.toString('latin1')).to.not.include(Buffer.from(log).toString('base64').slice(40, 80));
    const listed = await send(served().url, '/api/old-logs', { as: auditor });
    const { items } = answered('listOldLogs', listed) as { items: { id: number }[] };
    expect(items.map((one) => one.id)).to.deep.equal([id]);
  });

  it('对照表里的错一次说全；改好的在后台对照：各条、各单位、用了几个工作日、依法不可能的记载', async () => {
    const { mapping } = await read();
    const wrong = problemIn(await check({ ...mapping, activities: { 登记: [{ deed: 'matter.wished' }] } }));
    expect(wrong).to.include({ status: 400, code: 'input.invalid' });
    expect(wrong.detail).to.include('matter.wished');
    const reply = ['handling.stated', 'reply.given', 'hotline.informed'].map((deed) => ({ deed }));
    const activities = { ...(mapping['activities'] as object), 回复来电人: reply };
    const asked = answered('checkOldLog', await check({ ...mapping, activities })) as OldLog;
    expect(asked.state).to.equal('running');
    expect(problemIn(await check({ ...mapping, activities })).code).to.equal('old-log.running');
    await workJobs(served().system);
    const { report, state, failure } = await read();
    expect({ state, failure }).to.deep.equal({ state: 'made', failure: null });
    expect(report).to.include({ cases: 2, lines: 5, unreadableLines: 0 });
    expect(report?.norms.find(({ norm }) => norm === 'J27')).to.include({ late: 1 });
    const late = report?.violations.find(({ case: name }) => name === 'B1');
    expect(late).to.include({ unit: '市水务局', verdict: '超期履行', workingDays: 8 });
    expect(late?.provisions).to.equal('第二十四条第一款');
    expect(report?.findings[0]).to.include({ case: 'B2', kind: '先于起算' });
  });

  it('同一件后台的事再做一次，结果还在；结果在库里读不出来', async () => {
    const { system } = served();
    const again = { attempt: 2, signal: new AbortController().signal };
    await logCheckJob(system).work({ log: id }, again);
    expect((await read()).report).to.include({ cases: 2 });
    expect((await send(served().url, `/api/old-logs/${id}/duties.csv`, { as: auditor })).text).to.include(
      'B1',
    );
    const kept = await system.database.transaction((transaction) =>
      transaction.query('SELECT to_jsonb(l)::text AS row FROM old_log l'),
    );
    expect(JSON.stringify(kept)).to.not.include('B1');
  });

  it('全部行是 CSV，表格程序不当公式；审计人员下载得到；谁对照的、结果的摘要记入轨迹', async () => {
    const fetched = await send(served().url, `/api/old-logs/${id}/duties.csv`, { as: auditor });
    expect(fetched.status).to.equal(200);
    expect(fetched.text).to.include('B1,第二十四条第一款').and.include('用了几个工作日');
    const findings = await send(served().url, `/api/old-logs/${id}/findings.csv`, { as: auditor });
    expect(findings.text)
      .to.include('先于起算')
      .and.not.include(',=HYPERLINK')
      .and.not.include(',"=HYPERLINK');
    const { system } = served();
    const [entry] = await system.database.transaction((tx) => system.trail.history(tx, 'archive:logs'));
    expect(entry?.type === 'archive.log-checked' && entry.body).to.include({ file: '旧日志.csv', cases: 2 });
    expect((entry?.body as { readonly actor: string }).actor).to.include('bian');
  });

  it('读不出的、空的、太大的不留下什么', async () => {
    const before = await rows();
    expect(problemIn(await upload('', '空.csv')).code).to.equal('input.invalid');
    expect(problemIn(await upload(Buffer.from([0xb9, 0xa4, 0x0a]), 'gb.csv')).detail).to.include('utf-8');
    expect(problemIn(await upload('<log><trace><event></trace></log>', 'x.xes')).code).to.equal(
      'input.invalid',
    );
    expect(problemIn(await upload(log, 'x.csv', editor, '?zone=Asia/Jinan')).code).to.equal('input.invalid');
    expect(problemIn(await upload(Buffer.alloc(64 * 1024 * 1024 + 1, 'a'))).code).to.equal('input.too-large');
    expect(await rows()).to.equal(before);
  });

  it('三天以后日志没有了，结果还在；三十天以后都没有了', async () => {
    const { system } = served();
    const drop = () => logDroppingJob(system).work({}, { attempt: 1, signal: new AbortController().signal });
    const parts = () =>
      system.database.transaction((transaction) =>
        transaction.query<{ part: string }>('SELECT DISTINCT part FROM old_log_piece ORDER BY part'),
      );
    const { mapping } = await read();
    await arrive('2026-11-27T10:00:00+08:00');
    await drop();
    expect((await parts()).map(({ part }) => part)).to.deep.equal(['duties', 'findings', 'report']);
    const { isLogKept, state } = await read();
    expect({ isLogKept, state }).to.deep.equal({ isLogKept: false, state: 'made' });
    expect(problemIn(await check(mapping)).code).to.equal('old-log.not-found');
    await arrive('2026-12-24T10:00:00+08:00');
    await drop();
    expect(problemIn(await send(served().url, `/api/old-logs/${id}`, { as: auditor })).code).to.equal(
      'old-log.not-found',
    );
    expect(await rows()).to.equal(0);
  });

  it('一共留不下多少份：满了要先删除', async () => {
    const { database, clock } = served().system;
    await database.transaction((transaction) =>
      transaction.query(
        `INSERT INTO old_log (name, uploaded_by, uploaded_at, log_until, until)
         SELECT '某', '某', $1, $1, $1::timestamptz + interval '1 day' FROM generate_series(1, 50)`,
        [clock.now()],
      ),
    );
    const full = problemIn(await upload(log));
    expect(full).to.include({ status: 429, code: 'old-log.too-many' });
    expect(full.remedy).to.include('删除');
    await database.transaction((transaction) => transaction.query(`DELETE FROM old_log WHERE name = '某'`));
  });

  it('要删除的当时就没有了，正在等着对照的也不再做', async () => {
    id = (answered('uploadOldLog', await upload(log)) as OldLog).id;
    const left = await send(served().url, `/api/old-logs/${id}`, { as: editor, method: 'DELETE' });
    expect(answered('dropOldLog', left)).to.deep.equal({ items: [] });
    id = (answered('uploadOldLog', await upload(log)) as OldLog).id;
    answered('checkOldLog', await check((await read()).mapping));
    await send(served().url, `/api/old-logs/${id}`, { as: editor, method: 'DELETE' });
    await workJobs(served().system);
    expect(await served().system.database.transaction(countTroubled)).to.equal(0);
    expect(await rows()).to.equal(0);
  });

  it('对照途中日志到期删除了的，不把剩下的当作全部', async () => {
    const { database } = served().system;
    const [head = '', ...lines] = log.split('\n');
    const long = [head, ...Array.from({ length: 1000 }, () => lines).flat()].join('\n');
    id = (answered('uploadOldLog', await upload(long)) as OldLog).id;
    answered('checkOldLog', await check((await read()).mapping));
    await database.transaction((transaction) =>
      transaction.query(`DELETE FROM old_log_piece WHERE part = 'log' AND number > 0`),
    );
    await workJobs(served().system);
    expect((await read()).report).to.equal(null);
    const job = await database.transaction((transaction) => jobOfKey(transaction, `old-log.check ${id}`));
    expect(job?.error).to.include('到期删除');
  });
});
