/** The worklist as a file: the list's content, and nothing about the caller. */
import { parse } from 'csv-parse/sync';
import { expect } from 'chai';
import excel from 'exceljs';
import pg from 'pg';
import { mostExported } from '../../src/http/contract/worklist-export.js';
import { plainTrails } from '../support/entries.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { accept, answered, post, problemIn, send, useServer, waterCut } from './serving.js';

type Line = Readonly<Record<string, string>>;

describe('http：待办导出成表格', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const own = '某水务局';
  const officer = (unit = own) => served().people.doing('unit', `${unit}经办人`, unit);
  const supervisor = () => served().people.doing('supervisor', '督办员甲');
  const handed = (about: object = {}, unit = own) =>
    accept(served().url, {
      ...waterCut,
      ...about,
      answers: { conduct: 'orderly', wayOut: 'dispatch', unit, dispatchBasis: 'duty' },
    });
  const ask = (body: object, as: SignedIn) => post(served().url, '/api/worklist/exports', body, {}, as);
  const csv = async (choice: object, as: SignedIn): Promise<Line[]> => {
    const reply = await ask({ format: 'csv', ...choice }, as);
    expect(reply.status, reply.text.slice(0, 300)).to.equal(200);
    expect(reply.headers['content-type']).to.match(/^text\/csv/);
    return parse(reply.text, { bom: true, columns: true });
  };
  const list = async (choice: Readonly<Record<string, string>>, as: SignedIn) => {
    const query = new URLSearchParams({ ...choice, limit: '200' }).toString();
    return answered('listTasks', await send(served().url, `/api/tasks?${query}`, { as })) as {
      total: number;
      items: { no: string; name: string; title: string; assigned: string | null }[];
    };
  };
  const entries = async () => {
    const { database, trail } = served().system;
    const read = await database.transaction((transaction) => plainTrails(trail, transaction, ['exports']));
    return read.get('exports') ?? [];
  };

  before(async function () {
    this.timeout(60_000);
    for (const [index, district] of ['乙区', '甲区', '丙区'].entries()) {
      await handed({ title: `停水第${index}件`, district, channel: index === 0 ? 'wechat' : 'phone' });
      const { clock } = served().system;
      clock.moveTo(new Date(clock.now().getTime() + 60_000));
    }
    await handed({ title: '路灯不亮', district: '甲区' }, '某城管局');
  });

  it('行就是列表上的行，顺序也是：各种筛选、排序，本单位的和热线的', async () => {
    let compared = 0;
    for (const as of [await officer(), await supervisor()]) {
      for (const choice of [
        {},
        { scope: 'mine' },
        { sort: 'newest' },
        { sort: 'district', unit: own },
        { channel: 'wechat' },
        { q: '停水' },
        { light: 'normal', members: 'folded' },
      ]) {
        const { total, items } = await list(choice, as);
        // The supervisor has nothing of their own to do.
        if (total === 0) continue;
        compared++;
        const lines = await csv(choice, as);
        expect(
          lines.map((line) => [line['工单'], line['要办的事'], line['标题'], line['分给谁']]),
          JSON.stringify(choice),
        ).to.deep.equal(items.map(({ no, name, title, assigned }) => [no, name, title, assigned ?? '']));
        expect(lines).to.have.length(total);
      }
    }
    expect(compared).to.be.at.least(13);
  });

  it('第十条：各单位只导出自己的；别的单位的、没有的，没有可以导出的；不办工单的角色不能导出', async () => {
    const [water, city] = [await csv({}, await officer()), await csv({}, await officer('某城管局'))];
    expect(new Set(water.map((line) => line['主办单位']))).to.deep.equal(new Set([own]));
    expect(city.map((line) => line['标题'])).to.deep.equal(['路灯不亮']);
    const before = await entries();
    const refused = problemIn(await ask({ format: 'csv', unit: '某城管局' }, await officer()));
    expect(refused).to.include({ status: 400, code: 'input.invalid' });
    expect(refused.detail).to.include('没有符合条件的待办');
    const auditor = await newcomer(served().system, { login: 'shenji1', roles: ['auditor'] });
    expect(problemIn(await ask({ format: 'csv' }, auditor)).code).to.equal('access.denied');
    for (const body of [{}, { format: 'pdf' }, { format: 'csv', limit: 3 }, { format: 'csv', sort: 'x' }])
      expect(problemIn(await ask(body, await officer())).status, JSON.stringify(body)).to.equal(400);
    const unsorted = problemIn(await ask({ format: 'csv', sort: 'district' }, await supervisor()));
    expect(unsorted).to.include({ status: 400, where: 'sort' });
    expect(await entries(), '没有导出的不记').to.deep.equal(before);
  });

  it('写明属地、事发地点；没有来电人的姓名、电话、地址，就在来电人地址的也没有（第十条）', async () => {
    const home = '泉城路8号院3单元501';
    const caller = { callerName: '欧阳来电', callerContact: '13912345678', callerAddress: home };
    const there = await handed({
      ...caller,
      ...{ title: '楼道灯不亮', district: '历下区', place: { address: '县西巷路口西北角' } },
    });
    const athome = await handed({ ...caller, title: '家里停电', place: { ofCaller: true } });
    const as = await officer();
    const reply = await ask({ format: 'csv' }, as);
    const lines: Line[] = parse(reply.text, { bom: true, columns: true });
    const of = (no: string) => lines.find((line) => line['工单'] === no);
    expect(of(there.sheet.no)).to.include({
      属地: '历下区',
      事发地点: '县西巷路口西北角',
      渠道: '电话12345',
    });
    expect(of(athome.sheet.no)).to.include({ 标题: '家里停电', 事发地点: '', 类别: '求助' });
    for (const said of [caller.callerName, caller.callerContact, home]) {
      expect(reply.text).not.to.include(said);
    }
    // Handed over on a Monday: the fifth working day after it ends with the day.
    expect(of(there.sheet.no)?.['期限（北京时间）']).to.equal('2026-03-09 24:00');
  });

  it('以公式开头的文字，两种表格里都当文字', async () => {
    const beginnings = ['=', '+', '-', '@', '＝'];
    const formula = (beginning: string) => `${beginning}HYPERLINK("http://evil.example","看")`;
    for (const beginning of beginnings)
      await handed({ title: formula(beginning), district: '公式区', place: { address: formula(beginning) } });
    const as = await officer();
    const lines = await csv({ district: '公式区' }, as);
    const wanted = beginnings.map((beginning) => `'${formula(beginning)}`);
    for (const column of ['标题', '事发地点']) {
      expect(lines.map((line) => line[column])).to.have.members(wanted);
    }
    const sheet = await xlsx({ district: '公式区' }, as);
    expect(sheet.slice(1).map((cells) => cells[1])).to.have.members(wanted);
    expect(sheet.slice(1).map((cells) => cells[0])).to.deep.equal(lines.map((line) => line['工单']));
    expect(sheet[0]).to.deep.equal(Object.keys(lines[0] ?? {}));
  });

  /** Cells by row, heading included. */
  async function xlsx(choice: object, as: SignedIn): Promise<string[][]> {
    const response = await fetch(`${served().url}/api/worklist/exports`, {
      method: 'POST',
      headers: { ...as.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ format: 'xlsx', ...choice }),
    });
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-disposition')).to.equal(
      'attachment; filename="worklist-2026-03-02.xlsx"',
    );
    const book = new excel.Workbook();
    await book.xlsx.load(await response.arrayBuffer());
    const rows: string[][] = [];
    book.getWorksheet('待办')?.eachRow((row) => {
      const cells = row.model?.cells ?? [];
      expect(cells.every((cell) => cell.formula === undefined)).to.equal(true);
      rows.push(cells.map(({ value }) => (typeof value === 'string' ? value : JSON.stringify(value))));
    });
    return rows;
  }

  it('第二十二条：谁、哪种格式、怎样筛选、多少项，记入轨迹；查找的词（可能是号码）不写', async () => {
    const as = await supervisor();
    const before = (await entries()).length;
    const { sheet } = await handed({ title: '水压不足', callerContact: '13700007777', district: '号码区' });
    const found = await csv({ q: '13700007777', district: '号码区', sort: 'oldest' }, as);
    expect(found.map((line) => line['工单'])).to.deep.equal([sheet.no]);
    const after = await entries();
    expect(after).to.have.length(before + 1);
    const [last] = after.slice(-1);
    expect(last?.type).to.equal('worklist.exported');
    expect(last?.body['actor']).to.match(/^督办员甲/);
    expect(last?.body).to.deep.include({ format: 'csv', searched: true, rows: 1 });
    expect(last?.body['choice']).to.include({ district: '号码区', sort: 'oldest', scope: 'seen' });
    expect(JSON.stringify(last)).not.to.include('13700007777');
  });

  it(`至多 ${mostExported} 项：正好的导出，多一项的拒绝并说明怎么办，不记、不给半份`, async function () {
    this.timeout(120_000);
    const as = await supervisor();
    const order = await handed({ title: '很多环节的', district: '上限区' });
    const owner = new pg.Client({ connectionString: served().system.database.url });
    await owner.connect();
    const add = (from: number, to: number) =>
      owner.query(
        `INSERT INTO hotline.task (case_id, instance, token, realm, process, element, name, role, opened_at, limit_at, lead_unit)
         SELECT t.case_id, t.instance, 'x' || n, t.realm, t.process, t.element, t.name, t.role, t.opened_at, t.limit_at,
                t.lead_unit
           FROM hotline.task t JOIN hotline.process_case c ON c.id = t.case_id, generate_series($2::int, $3::int) n
          WHERE c.business_key = $1 AND t.token !~ '^x'`,
        [order.sheet.no, from, to],
      );
    try {
      await add(2, mostExported);
      const whole = await csv({ district: '上限区' }, as);
      expect(whole).to.have.length(mostExported);
      await add(mostExported + 1, mostExported + 1);
      const before = await entries();
      const refused = problemIn(await ask({ format: 'xlsx', district: '上限区' }, as));
      expect(refused).to.include({ status: 422, code: 'export.too-large' });
      expect(refused.detail).to.include(String(mostExported));
      expect(refused.remedy).to.include('筛选');
      expect(await entries()).to.deep.equal(before);
    } finally {
      await owner.end();
    }
  });
});
