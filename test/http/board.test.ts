import { expect } from 'chai';
import pg from 'pg';
import type { z } from 'zod';
import { boardRows } from '../../src/http/store/board-store.js';
import type { boardOperations } from '../../src/http/contract/board.js';
import { sequence } from '../../src/accountability/index.js';
import { followDuties } from '../../src/law/regulation/index.js';
import { accept, answered, dispatched, send, useServer } from './serving.js';

type Board = z.input<(typeof boardOperations.readBoard.answers)[200]['schema']>;

describe('http board', () => {
  const served = useServer({ at: '2026-03-09T10:00:00+08:00' });
  const read = async () => answered('readBoard', await send(served().url, '/api/board')) as Board;
  const column = async (level: string | null) => (await read()).columns.find((one) => one.level === level);

  it('按灯号分列，期限最近的在前，没有期限在走的在后；黄牌以后换列', async () => {
    const { url, system } = served();
    const first = await dispatched(url);
    const waiting = await accept(url);
    system.clock.moveTo(new Date('2026-03-10T10:00:00+08:00'));
    const second = await dispatched(url);
    const normal = await column(null);
    expect(normal?.cases).to.equal(3);
    const dues = normal?.cards.map(({ due }) => due ?? '9999') ?? [];
    expect(dues).to.deep.equal([...dues].sort());
    expect(normal?.cards.map(({ no }) => no)).to.have.members(
      [first, waiting, second].map(({ sheet }) => sheet.no),
    );
    for (const { no, due } of normal?.cards ?? []) {
      const [row] = await system.database.transaction((transaction) =>
        transaction.query<{ due: Date | null }>(
          `SELECT min(d.due_at) AS due FROM hotline.deadline d JOIN hotline.process_case c ON c.id = d.case_id
            WHERE c.business_key = $1 AND d.is_limit AND NOT d.paused`,
          [no],
        ),
      );
      expect(due && new Date(due), no).to.deep.equal(row?.due ?? null);
    }
    system.clock.moveTo(new Date('2026-03-14T10:00:00+08:00'));
    while ((await system.executor.fireDue(200)) > 0);
    const moved = (await read()).columns.filter(({ level, cases }) => level !== null && cases > 0);
    expect(moved.flatMap(({ cards }) => cards.map(({ no }) => no))).to.include(first.sheet.no);
    expect(moved.reduce((sum, { cases }) => sum + cases, 0)).to.be.at.least(1);
  });

  it('第十一条第一项：受理逾期的不在牌的列里，也不丢，在“其他提醒”一列，看得到限到何时；逐页读完', async () => {
    const { url, system } = served();
    const { sheet } = await accept(url);
    const { items } = answered('listTasks', await send(url, '/api/tasks?limit=200')) as {
      items: { no: string; due: string | null }[];
    };
    const due = items.find(({ no }) => no === sheet.no)?.due;
    expect(due, '待办里有期限').to.be.a('string');
    system.clock.moveTo(new Date(Date.parse(due ?? '') + 60_000));
    while ((await system.executor.fireDue(200)) > 0);
    const other = (await read()).columns.find(({ key }) => key === 'other');
    expect(other?.cards.map(({ no }) => no)).to.include(sheet.no);
    const page = answered('listBoardCards', await send(url, '/api/board/other?limit=200')) as {
      items: { no: string }[];
    };
    expect(page.items.map(({ no }) => no)).to.include(sheet.no);
    expect(page.items.length).to.equal(other?.cases);
  });

  it('期限过了、没有别的在走的，卡片和清单写过了的是哪一个，不写无期限；排在期限还没到的前面', async () => {
    const { url, system } = served();
    const { sheet } = await accept(url);
    const listed = async () =>
      (
        answered('listTasks', await send(url, '/api/tasks?limit=200')) as {
          items: { no: string; due: string | null }[];
        }
      ).items;
    const dueOf = async (): Promise<string | null | undefined> =>
      (await listed()).find(({ no }) => no === sheet.no)?.due;
    const due = await dueOf();
    expect(due).to.be.a('string');
    system.clock.moveTo(new Date(Date.parse(due ?? '') + 60_000));
    while ((await system.executor.fireDue(200)) > 0);
    await sequence(system.database);
    while ((await followDuties(system.database, system.catalogues)) > 0);
    const other = (await read()).columns.find(({ key }) => key === 'other');
    const late = other?.cards.find(({ no }) => no === sheet.no);
    expect(late?.due).to.equal(due);
    expect(await dueOf()).to.equal(due);
    const running = (await accept(url)).sheet.no;
    const order = (await listed()).map(({ no }) => no);
    expect(order.indexOf(sheet.no)).to.be.lessThan(order.indexOf(running));
    const dues = other?.cards.map((card) => card.due ?? '9999') ?? [];
    expect(dues, 'the passed ones first').to.deep.equal([...dues].sort());
    const page = answered('listBoardCards', await send(url, '/api/board/other?limit=1')) as {
      items: { no: string }[];
    };
    expect(page.items.map(({ no }) => no)).to.deep.equal(other?.cards.slice(0, 1).map(({ no }) => no));
  });

  it('每列走一段索引，不为全部在办工单排序；件数只数在办的和近几日的', async () => {
    const { system } = served();
    const owner = new pg.Client({ connectionString: system.database.url });
    await owner.connect();
    // A city's number of open cases; only the plan is checked.
    await owner.query(
      `INSERT INTO hotline.process_case (business_key, realm, variables, standing, started_at, ended_at, limit_at)
         SELECT 'plan-' || n, 'live', '{}', '[[],[],[],null]', now(), CASE WHEN n % 5 = 0 THEN NULL ELSE now() END, now() + n * interval '1 second'
           FROM generate_series(1, 20000) AS n`,
    );
    await owner.query(
      `INSERT INTO hotline.work_order (no, realm, channel, kind, title, content, reply_wanted, confidential, received_at)
       SELECT business_key, 'live', 'phone', 'help', '标题', '内容', true, false, started_at
         FROM hotline.process_case WHERE business_key LIKE 'plan-%'`,
    );
    await owner.query('VACUUM ANALYZE hotline.process_case, hotline.work_order');
    await owner.end();
    await system.database.transaction(async (transaction) => {
      const plans: string[] = [];
      const explaining = {
        ...transaction,
        query: async <Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]> => {
          if (sql.startsWith('SET ')) return [];
          const plan = await transaction.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, parameters);
          plans.push(plan.map((line) => line['QUERY PLAN']).join('\n'));
          return transaction.query<Row>(sql, parameters);
        },
      };
      await boardRows(explaining, 'program', '2026-03-01', '2026-03-14', system.laws.today());
      expect(plans[0], 'columns and units').to.match(
        /Index[^\n]* process_case_(open|running|without_level|level)/,
      );
      for (const column of plans.slice(1, -1)) {
        expect(column)
          .to.match(/process_case_(without_level|level)/)
          .and.not.include('Sort Key: c.limit_at')
          .and.not.include('Seq Scan on process_case');
      }
      expect(plans.slice(1, -1).join('\n')).to.include('process_case_without_level');
      expect(plans.at(-1), 'days').to.include('work_order_received').and.include('process_case_ended');
    });
  });
});
