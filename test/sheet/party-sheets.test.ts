/** Whatever has happened to sheets and to whose they are, the index of each unit's older sheets holds what it should. */
import { expect } from 'chai';
import pg from 'pg';
import type { QueryRunner } from 'typeorm';
import { acceptRequests } from '../../src/casework/accept-requests.js';
import { nextAct } from '../../src/casework/replay/next-act.js';
import { parseLine } from '../../src/casework/replay/message.js';
import { sheetOf } from '../../src/casework/replay/simulate.js';
import { movableClock } from '../../src/kernel/index.js';
import { asViewer, type Transaction } from '../../src/persistence/index.js';
import { PartySheets0165 } from '../../src/persistence/migrations/0165-party-sheets.js';
import { PartySheetsSooner0169 } from '../../src/persistence/migrations/0169-party-sheets-sooner.js';
import { createVault, newKeyRing } from '../../src/identity/index.js';
import { createSheets, gatherPartySheets, keepGathering } from '../../src/sheet/index.js';
import { useDatabase } from '../support/database.js';
import { madeUpMessages, random } from '../support/messages.js';
import { asOwner } from '../support/owner.js';
import { expectGathered } from '../support/party-sheets.js';
import { useSystem } from '../support/system.js';

const day = 86_400_000;
const today = Date.parse('2026-11-25T08:00:00Z');
const units = ['甲单位', '乙单位', '丙单位', '丁单位'];
const texts = ['路灯不亮', '停水', 'ABC小区停水', '𠀀𠀁巷井盖丢失', '甲乙丙路灯不亮丁'];

describe('单位较早工单的检索索引', () => {
  const database = useDatabase();
  const sheets = createSheets(createVault(newKeyRing()));
  const gather = (before: Date, most: number): Promise<boolean> =>
    database().transaction(async (transaction) => {
      const [row] = await transaction.query<{ more: boolean }>(
        'SELECT hotline.gather_party_sheets($1::timestamptz, $2::int) AS more',
        [before, most],
      );
      return row?.more ?? false;
    });
  const all = async (before: Date): Promise<void> => {
    while (await gather(before, 7));
  };
  const open = (no: string, text: string, at: Date, realm = 'live', begun = at) => [
    `INSERT INTO hotline.work_order (no, realm, channel, kind, title, content, reply_wanted, confidential, received_at)
     VALUES ('${no}', '${realm}', 'phone', 'help', '标题', '${text}', true, false, '${at.toISOString()}')`,
    `INSERT INTO hotline.process_case (business_key, realm, variables, standing, started_at)
     VALUES ('${no}', '${realm}', '{}', '[[],[],[],null]', '${begun.toISOString()}')`,
  ];
  const given = (no: string, unit: string): string =>
    `INSERT INTO hotline.case_party (party, leads, case_id, business_key, realm, is_open, started_at)
     SELECT '${unit}', true, id, business_key, realm, true, started_at FROM hotline.process_case
      WHERE business_key = '${no}' ON CONFLICT DO NOTHING`;
  const taken = (no: string, unit: string): string =>
    `DELETE FROM hotline.case_party WHERE business_key = '${no}' AND party = '${unit}'`;
  const found = async (words: string, unit: string): Promise<readonly string[]> =>
    asViewer(database(), [unit]).transaction((transaction) =>
      sheets.search(transaction, words, { most: 100 }),
    );

  it('第二十三条:几个程序同时受理、派单、改派、改字、删除,随时收集,都与逐件算的一致', async function () {
    this.timeout(120_000);
    const next = random(165);
    const some = <One>(list: readonly One[]): One => list[Math.floor(next() * list.length)] as One;
    const numbers: string[] = [];
    const one = async (owner: pg.Client): Promise<void> => {
      const no = numbers.length > 0 ? some(numbers) : '';
      const unit = some(units);
      const statements = ((): string[] => {
        const chance = next();
        if (chance < 0.3 || no === '') {
          const fresh = `S${numbers.push(`S${numbers.length}`) - 1}`;
          const at = new Date(today - Math.floor(next() * 100 * day));
          // A replayed one is nobody's to find; a case may have been opened later than its sheet came in.
          const begun = next() < 0.9 ? at : new Date(today - Math.floor(next() * 100 * day));
          const [sheet = '', begins = ''] = open(
            fresh,
            some(texts),
            at,
            next() < 0.9 ? 'live' : 'replay',
            begun,
          );
          return next() < 0.8 ? [sheet, begins] : [begins, given(fresh, unit), sheet];
        }
        if (chance < 0.6) return [given(no, unit)];
        if (chance < 0.75) return [taken(no, unit), given(no, some(units))];
        if (chance < 0.85) return [taken(no, unit)];
        if (chance < 0.9)
          return [`UPDATE hotline.work_order SET content = '${some(texts)}' WHERE no = '${no}'`];
        if (chance < 0.93) return [`DELETE FROM hotline.work_order WHERE no = '${no}'`];
        return [`UPDATE hotline.case_party SET is_open = NOT is_open WHERE business_key = '${no}'`];
      })();
      await owner.query('BEGIN');
      for (const statement of statements) await owner.query(statement);
      await owner.query(next() < 0.95 ? 'COMMIT' : 'ROLLBACK');
    };
    for (let round = 0; round < 6; round++) {
      const writing = [1, 2, 3].map(async () => {
        const owner = new pg.Client({ connectionString: database().url });
        await owner.connect();
        try {
          for (let steps = 0; steps < 80; steps++) await one(owner);
        } finally {
          await owner.end();
        }
      });
      const before = new Date(today - (90 - 15 * round) * day);
      const gathering = [1, 2].map(async () => {
        for (let steps = 0; steps < 40; steps++) await gather(before, 1 + Math.floor(next() * 9));
      });
      await Promise.all([...writing, ...gathering]);
      await expectGathered(database().url);
    }
    await all(new Date(today));
    expect(await expectGathered(database().url)).to.be.greaterThan(50);
  });

  it('改了字的按新的字找到,旧的字、删掉的、改派走的都找不到', async () => {
    const at = new Date(today - 60 * day);
    const [gone, kept, moved] = ['G1', 'G2', 'G3'];
    await asOwner(
      database().url,
      ...[gone, kept, moved].flatMap((no) => [...open(no, '化粪池满溢', at), given(no, '戊单位')]),
    );
    await all(new Date(today));
    expect(await found('化粪池', '戊单位')).to.have.members([gone, kept, moved]);
    await asOwner(
      database().url,
      `UPDATE hotline.work_order SET content = '窨井满溢' WHERE no = '${kept}'`,
      `DELETE FROM hotline.work_order WHERE no = '${gone}'`,
      taken(moved, '戊单位'),
      given(moved, '己单位'),
    );
    expect(await found('化粪池', '戊单位')).to.deep.equal([]);
    expect(await found('窨井', '戊单位')).to.deep.equal([kept]);
    expect(await found('化粪池', '己单位')).to.deep.equal([moved]);
    await expectGathered(database().url);
  });

  it('别的单位有多少件含同一个词,单位检索时读的工单一样多', async () => {
    const others = async (from: number, upto: number): Promise<void> =>
      asOwner(
        database().url,
        `CREATE TEMPORARY TABLE other AS SELECT 'O' || n AS no, n, '2025-01-01'::timestamptz + n * interval '1 hour' AS at
           FROM generate_series(${from}, ${upto}) n;
         INSERT INTO hotline.work_order (no, realm, channel, kind, title, content, reply_wanted, confidential, received_at)
         SELECT no, 'live', 'phone', 'help', '标题', CASE WHEN n % 3 = 0 AND n % 10 <> 1 THEN '电梯困人' ELSE '别的' END, true, false, at FROM other;
         INSERT INTO hotline.process_case (business_key, realm, variables, standing, started_at)
         SELECT no, 'live', '{}', '[[],[],[],null]', at FROM other;
         INSERT INTO hotline.case_party (party, leads, case_id, business_key, is_open, started_at)
         SELECT CASE WHEN n % 300 = 0 OR n % 10 = 1 THEN '庚单位' ELSE '第' || n % 60 || '单位' END, true, c.id, no, true, at
           FROM other JOIN hotline.process_case c ON c.business_key = no`,
      );
    /** What the search reads of the sheets, through whichever index. */
    const read = async (transaction: Transaction): Promise<{ hits: number; rows: number }> => {
      const fetched = async () =>
        (
          await transaction.query<{ rows: number }>(
            `SELECT idx_tup_fetch::int AS rows FROM pg_stat_xact_user_tables
              WHERE relid = 'hotline.work_order'::regclass`,
          )
        )[0]?.rows ?? 0;
      const earlier = await fetched();
      const hits = await sheets.search(transaction, '电梯', { most: 51 });
      return { hits: hits.length, rows: (await fetched()) - earlier };
    };
    await asOwner(
      database().url,
      `UPDATE hotline.party_sheet_done SET before_day = 0, until_day = 0, party = '', received_at = '-infinity', no = '';
       DELETE FROM hotline.party_sheet;
       INSERT INTO hotline.party_sheet
       SELECT no, party, received_at, hotline.pair_numbers(words) FROM hotline.party_sheet_due`,
    );
    // None of the unit's newest 25 texts holds the word.
    await others(1, 3280);
    const ungathered = await asViewer(database(), ['庚单位']).transaction(read);
    // Far behind: sixteen days at once.
    await gather(new Date(today), 100_000);
    const [mark] = await ownersRows<{ days: number }>(
      database().url,
      `SELECT before_day - (SELECT min(hotline.day_number(received_at)) FROM hotline.work_order WHERE realm = 'live') AS days
         FROM hotline.party_sheet_done`,
    );
    expect(mark?.days).to.equal(16);
    await all(new Date(today));
    const few = await asViewer(database(), ['庚单位']).transaction(read);
    // Of all others three times as many, of its own as many.
    await asOwner(
      database().url,
      `UPDATE hotline.work_order SET content = '电梯困人' WHERE no IN (
         SELECT business_key FROM hotline.case_party WHERE party LIKE '第%单位')`,
    );
    const many = await asViewer(database(), ['庚单位']).transaction(read);
    expect([ungathered.hits, few.hits]).to.deep.equal([10, 10]);
    expect(ungathered.rows).to.be.greaterThan(900);
    expect(many.hits).to.equal(few.hits);
    // Once, beside other work, it was one more; others have some 1,900 hits more.
    expect(many.rows).to.be.closeTo(few.rows, 10);
    expect(few.rows).to.be.at.most(120);
  });

  it('程序的角色读不到、改不了,只能叫数据库收集;以单位的身份连收集也不能', async () => {
    const refused = (seen: ReturnType<typeof database>, sql: string): Promise<string | undefined> =>
      seen
        .transaction((transaction) => transaction.query(sql))
        .then(
          () => 'done',
          (error: { code?: string }) => error.code,
        );
    const viewer = asViewer(database(), ['甲单位']);
    for (const table of ['party_sheet', 'party_sheet_done', 'party_sheet_due']) {
      for (const seen of [database(), viewer]) {
        expect(await refused(seen, `SELECT FROM hotline.${table}`), table).to.equal('42501');
        // The view of several tables can be changed by nobody.
        expect(await refused(seen, `DELETE FROM hotline.${table}`), table).to.be.oneOf(['42501', '55000']);
      }
    }
    expect(await refused(viewer, 'SELECT hotline.gather_party_sheets(now(), 1)')).to.equal('42501');
    expect(await refused(database(), `UPDATE hotline.case_party SET party = '甲单位'`)).to.equal('42501');
  });

  it('常驻的程序收满了两天、又过了二十小时的,北京时间凌晨四点起,一分钟看一次', async () => {
    await asOwner(
      database().url,
      ...open('K1', '阀门漏水', new Date(today - 60 * day)),
      given('K1', '辛单位'),
      ...open('K2', '阀门漏水', new Date('2026-11-25T18:00:00+08:00')),
      given('K2', '辛单位'),
      ...open('K3', '阀门漏水', new Date('2026-11-27T08:00:00+08:00')),
      given('K3', '辛单位'),
    );
    const held = async (at: string): Promise<readonly string[]> => {
      const ending = new AbortController();
      const waits: number[] = [];
      const sleep = (milliseconds: number): Promise<void> => {
        waits.push(milliseconds);
        ending.abort();
        return Promise.resolve();
      };
      const onError = (error: unknown): never => {
        throw error;
      };
      const clock = { ...movableClock(new Date(at)), sleep };
      await keepGathering({ database: database(), clock, onError }, ending.signal);
      expect(waits).to.deep.equal([60_000]);
      expect(await found('阀门', '辛单位')).to.deep.equal(['K3', 'K2', 'K1']);
      await expectGathered(database().url);
      const rows = await ownersRows<{ no: string }>(
        database().url,
        `SELECT no FROM hotline.party_sheet WHERE party = '辛单位' ORDER BY no`,
      );
      return rows.map(({ no }) => no);
    };
    expect(await held('2026-11-28T03:59:59+08:00')).to.deep.equal(['K1']);
    expect(await held('2026-11-28T04:00:00+08:00')).to.deep.equal(['K1', 'K2']);
  });

  it('升级:已有的工单照旧找得到,收集以后也一样,与从头算的一致', async () => {
    const before = await Promise.all(units.map((unit) => found('路灯', unit)));
    expect(before.flat()).not.to.deep.equal([]);
    await asOwner(
      database().url,
      `DROP TABLE hotline.party_sheet, hotline.party_sheet_done CASCADE;
       DROP FUNCTION hotline.keep_party_sheet, hotline.keep_sheet_of_parties, hotline.gather_party_sheets CASCADE;
       DROP FUNCTION hotline.oldest_party_day, hotline.party_terms, hotline.party_keys, hotline.party_key, hotline.party_number, hotline.pair_numbers CASCADE`,
    );
    const owner = new pg.Client({ connectionString: database().url });
    await owner.connect();
    const runner = { query: (sql: string) => owner.query(sql) } as unknown as QueryRunner;
    await new PartySheets0165().up(runner);
    // It has come into the middle of sixteen days.
    for (let steps = 0; steps < 3; steps++) await gather(new Date(today), 3);
    await new PartySheetsSooner0169().up(runner);
    await owner.end();
    const again = () => Promise.all(units.map((unit) => found('路灯', unit)));
    expect(await expectGathered(database().url)).to.be.greaterThan(0);
    expect(await again()).to.deep.equal(before);
    await gatherPartySheets(database(), new Date(today));
    expect(await expectGathered(database().url)).to.be.greaterThan(50);
    expect(await again()).to.deep.equal(before);
  });
});

describe('单位较早工单的检索索引:随工单的步骤', () => {
  const system = useSystem({ at: '2026-03-02T10:00:00+08:00' });

  it('派单、改派、办结以后都与逐件算的一致;单位没有变的,一步也不重写', async function () {
    this.timeout(120_000);
    const { database, executor, definitions } = system();
    const asked = <Row>(sql: string): Promise<Row[]> =>
      database.pool.query(sql).then(({ rows }) => rows as Row[]);
    const written = async (): Promise<ReadonlyMap<string, string>> =>
      new Map(
        (
          await ownersRows<{ name: string; version: string }>(
            database.url,
            `SELECT no || ' ' || party AS name, xmin::text AS version FROM hotline.party_sheet`,
          )
        ).map(({ name, version }) => [name, version]),
      );
    let ended = 0;
    let held = 0;
    for (const line of madeUpMessages(12, 165)) {
      const parsed = parseLine(Buffer.from(line));
      if (!parsed.ok) continue;
      const { message } = parsed;
      const sheet = sheetOf({ key: `own-${message.no}`, message });
      let [answer] = await database.transaction((transaction) =>
        acceptRequests(system(), transaction, [{ ...sheet, realm: 'live' }]),
      );
      for (let steps = 0; answer?.file?.endedAt === null && steps < 60; steps++) {
        // As if it were long ago: all that is there is gathered, and what comes is put in at once.
        await asked(`SELECT hotline.gather_party_sheets('2100-01-01', 100)`);
        const before = await written();
        [answer] = await executor.execute([nextAct(definitions, answer.file, message)]);
        if (answer?.refusal) throw answer.refusal;
        const after = await written();
        for (const [name, version] of before) {
          if (after.has(name)) expect(after.get(name), name).to.equal(version);
        }
        held = await expectGathered(database.url);
      }
      if (answer?.file?.endedAt) ended++;
    }
    expect(ended).to.be.greaterThan(5);
    expect(held).to.be.greaterThan(5);
  });
});

async function ownersRows<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    return (await owner.query<Row>(sql)).rows;
  } finally {
    await owner.end();
  }
}
