/** A month's publication and circular through the interface: drafted, written, refused, approved, published, corrected. */
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import JSZip from 'jszip';
import { PDFParse } from 'pdf-parse';
import { sequence } from '../../src/accountability/index.js';
import { followTrail, sampleMethod } from '../../src/measures/assessment/index.js';
import { closeDuePeriods, draftDuePublications, proposeMethod, ruleMethod } from '../../src/cases/index.js';
import { contentDigest } from '../../src/kernel/index.js';
import { createLife } from '../measures/assessment/life.js';
import { newcomer, type SignedIn, somebody } from '../support/people.js';
import { whileTampered } from '../support/tamper.js';
import { answered, post, problemIn, send, useServer } from './serving.js';

interface Version {
  readonly id: number;
  readonly kind: 'public' | 'circular';
  readonly version: number;
  readonly state: string;
  readonly digest: string | null;
  readonly content: { readonly received: number | null; readonly documentNumber: string | null };
  readonly cases: readonly unknown[];
}

describe('http 公开和通报', () => {
  const served = useServer({ at: '2026-09-28T10:00:00+08:00' });
  const life = createLife(() => served().system);
  const people: { [name: string]: SignedIn } = {};
  const as = (name: string): SignedIn => people[name] ?? expect.fail(`there is no ${name}`);
  const october = '/api/assessments/2026-10';
  const sheets: string[] = [];
  let open = '';
  const settle = async (): Promise<void> => {
    await sequence(served().system.database);
    while ((await followTrail(served().system.database, served().system.catalogues)) > 0);
  };
  const stay = () =>
    served().system.database.pool.query(
      'UPDATE hotline.session SET started_at = $1, seen_at = $1, auth_at = $1',
      [served().system.clock.now()],
    );
  const versions = async (name: string, kind?: string): Promise<Version[]> => {
    const reply = await send(served().url, `${october}/publications`, { as: as(name) });
    const { items } = answered('listMonthPublications', reply) as { items: Version[] };
    return items.filter((one) => kind === undefined || one.kind === kind);
  };
  const latest = async (kind: string): Promise<Version> =>
    (await versions('writer', kind))[0] ?? expect.fail(`no ${kind} has been drafted`);
  const finish = async (element: string, answers: object, name: string): Promise<void> => {
    const { run } = answered('readAssessment', await send(served().url, october, { as: as(name) })) as {
      run: { tasks: { id: string; element: string }[] };
    };
    const task = run.tasks.find((one) => one.element === element) ?? expect.fail(`${element} is not open`);
    const path = `${october}/tasks/${encodeURIComponent(task.id)}/completion`;
    answered('completeAssessmentTask', await post(served().url, path, { answers }, {}, as(name)));
  };
  const openTasks = async (): Promise<string[]> => {
    const { run } = answered('readAssessment', await send(served().url, october, { as: as('writer') })) as {
      run: { tasks: { element: string }[] };
    };
    return run.tasks.map(({ element }) => element);
  };
  const write = (id: number, cases: object[], name = 'writer') =>
    send(served().url, `/api/assessment-publications/${id}/cases`, {
      method: 'PUT',
      as: as(name),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ cases }),
    });
  const rule = (id: number, decision: string, name: string) =>
    post(
      served().url,
      `/api/assessment-publications/${id}/ruling`,
      { decision, reason: '核对过' },
      {},
      as(name),
    );
  const issue = (id: number, documentNumber: string, name: string) =>
    post(served().url, `/api/assessment-publications/${id}/issue`, { documentNumber }, {}, as(name));
  const entries = async (): Promise<{ type: string; body: { digest?: string } }[]> => {
    const { rows } = await served().system.database.pool.query<{ type: string; body: { digest?: string } }>(
      `SELECT type, convert_from(body, 'UTF8')::json AS body FROM hotline.trail_entry
        WHERE stream = 'assessment' AND type LIKE 'publication.%' ORDER BY seq`,
    );
    return rows;
  };

  before(async () => {
    const { system } = served();
    for (const [login, unit, kind, roles] of [
      ['writer', '市热线工作机构', 'hotline', ['assessor']],
      ['second', '市热线工作机构', 'hotline', ['assessor']],
      ['water', '市水务局', 'department', ['handler']],
    ] as const) {
      people[login] = await newcomer(system, { login, unit, kind, roles });
    }
    const order = {
      content: sampleMethod(system.laws.today()),
      effectiveFrom: '2026-10',
      reason: '首次',
    };
    const { id } = await proposeMethod(system, order, somebody('甲'));
    const approval = {
      decision: 'approve',
      reason: '同意',
      document: '济政〔2026〕9号',
    } as const;
    await ruleMethod(system, id, approval, somebody('乙'));
    for (const [index, hour] of ['09', '10', '11', '12', '13', '14'].entries()) {
      const no = await life.dispatched(`10-12T${hour}:00`, '市水务局', '历下区');
      await life.handled(
        no,
        `10-14T${hour}:00`,
        index === 0 ? 'unsatisfied' : 'satisfied',
        index === 0 ? 'close' : undefined,
      );
      sheets.push(no);
    }
    open = await life.dispatched('10-30T09:00', '市水务局', '历下区');
    await life.fallDue('11-02T00:01');
    await settle();
    await closeDuePeriods(system);
    await stay();
  });

  it('结果没有确定以前，什么也不起草；确认以后自己起草通报', async () => {
    const { system } = served();
    await draftDuePublications(system);
    expect(await versions('writer')).to.deep.equal([]);
    await finish('Task_Preliminary', { preliminaryNotice: '考公〔2026〕1号' }, 'writer');
    await life.fallDue('11-10T00:00');
    await stay();
    await finish('Task_ConfirmResults', { objectionsDecided: true }, 'writer');
    await draftDuePublications(system);
    await draftDuePublications(system);
    expect(
      (await versions('writer')).map(({ kind, version, state }) => [kind, version, state]),
    ).to.deep.equal([['circular', 1, 'draft']]);
    expect(await versions('water')).to.deep.equal([]);
  });

  it('第三十八条：通报由一人批准、另一人发布；发布办结考核流程的通报一步，各单位看得到', async () => {
    const { id } = await latest('circular');
    expect(problemIn(await issue(id, '考通〔2026〕1号', 'writer')).code).to.equal('assessment.invalid');
    // Acts that rest on a false row are refused: a changed figure, an approval that nobody gave.
    const { url } = served().system.database;
    await whileTampered(
      url,
      ['assessment_publication'],
      [
        [
          `UPDATE assessment_publication SET content = replace(content::text, '市水务局', '市水务')::json WHERE id = $1`,
          id,
        ],
      ],
      async () => {
        expect(problemIn(await rule(id, 'approve', 'second')).code).to.equal('publication.altered');
      },
    );
    await whileTampered(
      url,
      ['assessment_publication_act'],
      [
        [
          `INSERT INTO assessment_publication_act (publication, seq, act, actor, login, at, reason)
           VALUES ($1, 1, 'approve', '没有的人', '没有', now(), '同意')`,
          id,
        ],
      ],
      async () => {
        const problem = problemIn(await issue(id, '考通〔2026〕1号', 'writer'));
        expect(problem.code).to.equal('publication.altered');
      },
    );
    answered('rulePublication', await rule(id, 'approve', 'second'));
    expect(problemIn(await issue(id, '考通〔2026〕1号', 'second')).code).to.equal('assessment.not-yours');
    answered('issuePublication', await issue(id, '考通〔2026〕1号', 'writer'));
    expect(await openTasks()).to.not.include('Task_Circulate');
    expect((await versions('water')).map(({ kind, state }) => [kind, state])).to.deep.equal([
      ['circular', 'published'],
    ]);
    const file = await send(served().url, `/api/assessment-publications/${id}/file?format=csv`, {
      as: as('water'),
    });
    expect(file.text).to.include('市水务局');
    expect(file.text).to.include('考通〔2026〕1号');
  });

  it('第三十三条：通报以后自己起草公开；没有登录的人还看不到', async () => {
    await draftDuePublications(served().system);
    const { content, state } = await latest('public');
    expect([content.received, state]).to.deep.equal([7, 'draft']);
    const { items } = answered(
      'listPublications',
      await send(served().url, '/api/publications', { as: 'nobody' }),
    ) as {
      items: unknown[];
    };
    expect(items).to.deep.equal([]);
    expect(problemIn(await send(served().url, '/api/publications/2026-10', { as: 'nobody' })).code).to.equal(
      'publication.not-found',
    );
  });

  it('典型案例只从办结的工单里选；文字里有个人信息的拒绝，说出在哪里，不说是什么字', async () => {
    const { id } = await latest('public');
    const [no = ''] = sheets;
    const good = { no, title: '停水当天恢复', text: '接到反映后，承办单位当日抢修，当晚恢复供水。' };
    expect(problemIn(await write(id, [{ ...good, no: open }])).code).to.equal('assessment.invalid');
    expect(problemIn(await write(id, [{ ...good, no: '2026-9999' }])).code).to.equal('case.not-found');
    const named = problemIn(await write(id, [good, { ...good, text: '来电人甲当天打来电话。' }]));
    expect(named).to.include({ code: 'publication.personal-data', where: 'cases.1.text' });
    expect(named.detail)
      .to.include('第 2 件典型案例的正文第 1 字起是当事人的姓名')
      .and.not.include('来电人甲');
    const called = problemIn(await write(id, [{ ...good, title: '13800000000 反映停水' }]));
    expect(called).to.include({ code: 'publication.personal-data', where: 'cases.0.title' });
    expect((await latest('public')).cases).to.deep.equal([]);
    answered('writeTypicalCases', await write(id, [{ ...good, title: '=cmd|"/c calc"!A1' }]));
    answered(
      'writeTypicalCases',
      await write(id, [good, { no: sheets[1], title: '=1+1', text: '第一段。\n第二段。' }]),
    );
  });

  it('写典型案例的人不能批准；批准以后再改，批准作废；文号里也不许有个人信息', async () => {
    const { id } = await latest('public');
    expect(problemIn(await rule(id, 'approve', 'writer')).code).to.equal('assessment.not-yours');
    answered('rulePublication', await rule(id, 'return', 'second'));
    answered('rulePublication', await rule(id, 'approve', 'second'));
    expect((await latest('public')).state).to.equal('approved');
    expect(problemIn(await issue(id, '联系 13800000000', 'writer')).code).to.equal(
      'publication.personal-data',
    );
  });

  it('发布之后没有登录的人看得到，办结流程的公开一步；轨迹里有每一个行为和原文的摘要', async () => {
    const { id } = await latest('public');
    const issued = answered('issuePublication', await issue(id, '热公〔2026〕10号', 'writer')) as Version;
    expect(await openTasks()).to.not.include('Task_Publish');
    const { content, digest } = answered(
      'readPublication',
      await send(served().url, '/api/publications/2026-10', { as: 'nobody' }),
    ) as { content: { cases: object[]; issuedOn: string }; digest: string };
    expect([digest, contentDigest(content)]).to.deep.equal([issued.digest, issued.digest]);
    expect(content.issuedOn).to.equal('2026-11-10');
    expect(JSON.stringify(content)).to.not.include(sheets[0]);
    const written = await entries();
    expect(written.map(({ type }) => type.slice('publication.'.length))).to.deep.equal([
      ...['drafted', 'approved', 'published'],
      ...['drafted', 'cases-written', 'cases-written', 'returned', 'approved', 'published'],
    ]);
    expect(written.at(-1)?.body.digest).to.equal(digest);
  });

  it('JSON、CSV、docx、PDF 打得开，读回来是同样的内容；公式不会被表格执行', async () => {
    const fetched = async (format: string): Promise<Buffer> =>
      Buffer.from(
        await (await fetch(`${served().url}/api/publications/2026-10/file?format=${format}`)).arrayBuffer(),
      );
    const { content } = (await send(served().url, '/api/publications/2026-10', { as: 'nobody' })).json as {
      content: object;
    };
    expect(JSON.parse((await fetched('json')).toString('utf8'))).to.deep.equal(content);
    const rows: string[][] = parse(await fetched('csv'), { bom: true });
    expect(rows).to.deep.include(['受理', '合计', '7', '', '']);
    expect(rows).to.deep.include(['受理渠道', '电话12345', '7', '', '']);
    expect(rows).to.deep.include(['办结', '按时答复', '6', '6', '10000']);
    expect(rows).to.deep.include(['典型案例', "'=1+1", '第一段。\n第二段。', '', '']);
    const docx = await JSZip.loadAsync(await fetched('docx'));
    const xml = (await docx.file('word/document.xml')?.async('string')) ?? expect.fail('docx 里没有正文');
    const paragraphs = xml.split('</w:p>').map((one) => one.replaceAll(/<[^>]+>/g, ''));
    const expected = [
      '关于 2026 年 10 月 12345 市民服务热线受理办理情况的公告',
      '热公〔2026〕10号',
      '一、受理渠道、办理标准和流程',
      '本月受理 7 件。少于 5 件的项目合并或者不列（第十条）。',
      '案例2：=1+1',
      '第二段。',
      '市热线工作机构',
      '2026年11月10日',
    ];
    expect(paragraphs).to.include.members(expected);
    expect(xml).to.include('w:eastAsia="仿宋"');
    const parser = new PDFParse({ data: await fetched('pdf') });
    const { text } = await parser.getText();
    await parser.destroy();
    for (const one of expected) expect(text.replaceAll(/\s/g, ''), one).to.include(one.replaceAll(/\s/g, ''));
    expect(await fetched('pdf')).to.deep.equal(await fetched('pdf'));
  });

  it('发布了的不改；更正是新的一版，旧版照样看得到', async () => {
    const { id } = await latest('public');
    expect(problemIn(await write(id, [])).code).to.equal('assessment.settled');
    expect(problemIn(await rule(id, 'return', 'second')).code).to.equal('assessment.settled');
    for (const sql of [
      'UPDATE hotline.assessment_publication SET version = 9',
      'DELETE FROM hotline.assessment_publication_act',
    ]) {
      const refused = await served()
        .system.database.transaction((tx) => tx.query(sql))
        .catch((error: Error) => error);
      expect(refused).to.be.instanceOf(Error);
    }
    const correct = () =>
      post(
        served().url,
        `${october}/publications`,
        { kind: 'public', reason: '案例二措辞有误' },
        {},
        as('second'),
      );
    const next = answered('correctPublication', await correct()) as Version;
    expect([next.version, next.state, next.cases.length]).to.deep.equal([2, 'draft', 2]);
    expect(problemIn(await correct()).code).to.equal('assessment.settled');
    expect(problemIn(await rule(next.id, 'approve', 'second')).code).to.equal('assessment.not-yours');
    answered('rulePublication', await rule(next.id, 'approve', 'writer'));
    answered('issuePublication', await issue(next.id, '热公〔2026〕11号', 'second'));
    const read = async (query: string) =>
      (await send(served().url, `/api/publications/2026-10${query}`, { as: 'nobody' })).json as {
        content: { documentNumber: string; correction: string | null };
        versions: number[];
      };
    expect((await read('')).content).to.include({
      documentNumber: '热公〔2026〕11号',
      correction: '案例二措辞有误',
    });
    expect((await read('?version=1')).content.documentNumber).to.equal('热公〔2026〕10号');
    expect((await read('')).versions).to.deep.equal([2, 1]);
  });
});
