/** Searching goes back in time in growing steps: whatever the steps, nothing is lost or listed twice. */
import { expect } from 'chai';
import pg from 'pg';
import { createVault, newKeyRing } from '../../src/identity/index.js';
import { asViewer } from '../../src/platform/database/index.js';
import { createSheets } from '../../src/sheet/index.js';
import { useDatabase } from '../support/database.js';
import { asOwner } from '../support/owner.js';

const day = 86_400_000;
/** Newer than all of them: the newest are read text by text; the index is used only behind them. */
const others = 1000;
const newest = Date.parse('2026-11-25T15:59:59.999Z');

/** Days back from there, several sheets each: within a day, at the edges of the steps and between them, and years. */
const ages = [
  0, 0.5, 1, 1.5, 2, 7, 9, 10, 31, 41, 42, 43, 60, 100, 170, 171, 300, 683, 700, 2000, 2001, 9000,
];

describe('在工单里搜索', () => {
  const database = useDatabase();
  const sheets = createSheets(createVault(newKeyRing()));
  /** As they should be listed. */
  let all: { no: string; text: string; unit: string; open: boolean }[] = [];

  before(async () => {
    all = ages.flatMap((age, index) =>
      Array.from({ length: 6 }, (_, n) => ({
        // Of one instant the greater number comes first.
        no: `S${9999 - index * 10 - n}`,
        at: new Date(newest - age * day),
        text: ['路灯不亮', '停水', 'ABC小区停水', '路灯、停水', '井盖丢失', '甲乙丙路灯不亮丁'][n] ?? '',
        unit: n % 2 === 0 ? '甲单位' : '乙单位',
        open: age <= 45 && n !== 1,
      })),
    );
    const owner = new pg.Client({ connectionString: database().url });
    await owner.connect();
    await owner.query(
      `CREATE TEMPORARY TABLE given AS
     SELECT * FROM json_to_recordset($1::json) AS n (no text, at timestamptz, text text, unit text, open boolean)`,
      [JSON.stringify(all)],
    );
    await owner.query(
      `INSERT INTO given SELECT 'X' || n, $1::timestamptz + n * interval '1 second', '别的事', CASE n % 2 WHEN 0 THEN '甲单位' ELSE '乙单位' END, true
       FROM generate_series(1, $2::int) AS n`,
      [new Date(newest), others],
    );
    await owner.query(`
    INSERT INTO hotline.work_order (no, realm, channel, kind, title, content, reply_wanted, confidential, received_at)
    SELECT no, 'live', 'phone', 'help', '标题', text, true, false, at FROM given;
    INSERT INTO hotline.process_case (business_key, realm, variables, standing, started_at, ended_at)
    SELECT no, 'live', '{}', '[[],[],[],null]', at, CASE WHEN open THEN NULL ELSE at END FROM given;
    INSERT INTO hotline.case_party (party, leads, case_id, business_key, is_open, started_at)
    SELECT unit, true, c.id, no, open, at FROM given JOIN hotline.process_case c ON c.business_key = no;
    ANALYZE hotline.work_order, hotline.process_case, hotline.case_party`);
    await owner.end();
  });

  /** Page after page. */
  const found = async (
    words: string,
    most: number,
    { units, recused, openOnly = false }: { units?: string[]; recused?: string[]; openOnly?: boolean },
  ): Promise<string[]> => {
    const seen = units || recused ? asViewer(database(), units ?? 'all', recused) : database();
    return seen.transaction(async (transaction) => {
      const pages: string[] = [];
      for (;;) {
        const [last] = pages.length > 0 ? await sheets.named(transaction, pages.slice(-1)) : [];
        const page = await sheets.search(transaction, words, { most, after: last?.mark, openOnly });
        pages.push(...page);
        if (page.length < most) return pages;
      }
    });
  };

  it('各时期的都找到，新的在前，一件不漏、一件不重，一页几件都一样', async () => {
    for (const words of ['路灯', '停水', '路灯 停水', 'abc小区', '灯不亮', '“丙路灯不”', '没有的词']) {
      const holding = all
        .filter(({ text }) =>
          words.split(' ').every((word) => text.toLowerCase().includes(word.replaceAll(/[“”]/g, ''))),
        )
        .map(({ no }) => no);
      for (const most of [3, 50, 1000]) {
        expect(await found(words, most, {}), `${words} ${most}`).to.deep.equal(holding);
      }
    }
  });

  it('连着写的几个词分开找：先后、隔开都不妨；加引号的照原样', async () => {
    const holding = all.filter(({ text }) => text.includes('路灯不亮')).map(({ no }) => no);
    expect(await found('不亮路灯', 50, {})).to.deep.equal(holding);
    expect(await found('“不亮路灯”', 50, {})).to.deep.equal([]);
  });

  it('单位只找到自己的，须回避的找不到，只找在办的不会漏掉最早的在办件', async () => {
    const theirs = (mine: (sheet: (typeof all)[number]) => boolean): string[] =>
      all.filter((sheet) => sheet.text.includes('停水') && mine(sheet)).map(({ no }) => no);
    const [first = '', second = ''] = theirs(() => true);
    expect(await found('停水', 4, { units: ['甲单位'] })).to.deep.equal(
      theirs(({ unit }) => unit === '甲单位'),
    );
    expect(await found('停水', 4, { units: ['丙单位'] })).to.deep.equal([]);
    expect(await found('abc小区', 4, { units: ['甲单位'] })).to.deep.equal(
      all.filter(({ text }) => text.includes('ABC小区')).map(({ no }) => no),
    );
    expect(await found('停水', 4, { recused: [first] })).to.deep.equal(theirs(({ no }) => no !== first));
    expect(await found('停水', 4, { units: ['甲单位', '乙单位'], recused: [first, second] })).to.deep.equal(
      theirs(({ no }) => no !== first && no !== second),
    );
    expect(await found('停水', 4, { openOnly: true })).to.deep.equal(theirs(({ open }) => open));
    expect(await found('停水', 4, { openOnly: true, units: ['乙单位'] })).to.deep.equal(
      theirs(({ open, unit }) => open && unit === '乙单位'),
    );
  });

  it('第二十三条：改派以后新单位找得到，原单位找不到；协办的都找得到', async () => {
    const no = all.find(({ text, unit }) => text === '井盖丢失' && unit === '甲单位')?.no ?? '';
    const first = async (unit: string) => (await found('井盖', 50, { units: [unit] })).includes(no);
    expect([await first('甲单位'), await first('丁单位')]).to.deep.equal([true, false]);
    await asOwner(
      database().url,
      `INSERT INTO hotline.case_party (party, leads, case_id, business_key, is_open, started_at)
     SELECT '丁单位', false, case_id, business_key, is_open, started_at FROM hotline.case_party WHERE business_key = '${no}'`,
    );
    expect([await first('甲单位'), await first('丁单位')]).to.deep.equal([true, true]);
    await asOwner(
      database().url,
      `DELETE FROM hotline.case_party WHERE business_key = '${no}' AND party = '甲单位'`,
    );
    expect([await first('甲单位'), await first('丁单位')]).to.deep.equal([false, true]);
  });
});

describe('在工单里搜索：别的单位这两天有一千多件含同一个词，本单位最新的几十件里没有', () => {
  const database = useDatabase();
  const sheets = createSheets(createVault(newKeyRing()));
  /** Of the unit, by days of age. */
  const own = [0.3, 0.9, 1.5, 1.7, 30, 400];
  const names = own.map((age) => `甲-${age}`);

  const given = (rows: readonly object[]): Promise<void> =>
    asOwner(
      database().url,
      `CREATE TEMPORARY TABLE given AS SELECT * FROM json_to_recordset('${JSON.stringify(rows)}')
         AS n (no text, at timestamptz, text text, unit text);
       INSERT INTO hotline.work_order (no, realm, channel, kind, title, content, reply_wanted, confidential, received_at)
       SELECT no, 'live', 'phone', 'help', '标题', text, true, false, at FROM given;
       INSERT INTO hotline.process_case (business_key, realm, variables, standing, started_at, ended_at)
       SELECT no, 'live', '{}', '[[],[],[],null]', at, CASE no WHEN '甲-0.9' THEN at END FROM given;
       INSERT INTO hotline.case_party (party, leads, case_id, business_key, is_open, started_at)
       SELECT unit, true, c.id, no, no <> '甲-0.9', at FROM given JOIN hotline.process_case c ON c.business_key = no`,
    );
  const ofOthers = (name: string, count: number): Promise<void> =>
    given(
      Array.from({ length: count }, (_, n) => ({
        no: `${name}${n}`,
        at: new Date(newest - 1.4 * day * ((n + 1) / count)),
        text: '地铁施工扰民',
        unit: `第${n % 20}单位`,
      })),
    );

  before(async () => {
    await given([
      ...own.map((age) => ({
        no: `甲-${age}`,
        at: new Date(newest - age * day),
        text: '地铁施工',
        unit: '甲单位',
      })),
      ...Array.from({ length: 300 }, (_, n) => ({
        no: `别${n}`,
        at: new Date(newest - n * 0.006 * day),
        text: '别的事',
        unit: '甲单位',
      })),
    ]);
    await ofOthers('乙', 1500);
  });

  const search = (
    words: string,
    { most = 50, openOnly = false, recused = [] as string[] },
  ): Promise<readonly string[]> =>
    asViewer(database(), ['甲单位'], recused).transaction((transaction) =>
      sheets.search(transaction, words, { most, openOnly }),
    );

  it('近的、早的都找到，新的在前，要几件给几件；须回避的、办结的照样不给', async () => {
    for (const words of ['地铁', '地铁施工', '地铁 施工'])
      for (let most = 1; most <= own.length + 1; most += 1)
        expect(await search(words, { most }), `${words} ${most}`).to.deep.equal(names.slice(0, most));
    expect(await search('地铁', { recused: ['甲-0.3', '甲-30'] })).to.deep.equal(
      names.filter((no) => !['甲-0.3', '甲-30'].includes(no)),
    );
    expect(await search('地铁', { openOnly: true })).to.deep.equal(names.filter((no) => no !== '甲-0.9'));
    expect(await search('扰民', {})).to.deep.equal([]);
  });
});
