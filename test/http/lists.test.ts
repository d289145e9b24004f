/** Paging through lists while others work; and counts compared with all rows. */
import { expect } from 'chai';
import pg from 'pg';
import { countTasks, listTasks } from '../../src/engine/index.js';
import type { OperationId } from '../../src/http/contract/operations.js';
import { conditionsOf } from '../../src/http/store/worklist-conditions.js';
import { asViewer, type Transaction } from '../../src/platform/database/index.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { accept, answered, completeOnly, post, problemIn, send, useServer, waterCut } from './serving.js';

interface Page {
  readonly total: number;
  readonly totalOrMore: boolean;
  readonly next: string | null;
  readonly items: readonly {
    readonly id?: string;
    readonly no: string;
    readonly level: string | null;
    readonly role: string;
  }[];
  readonly lights: readonly { readonly group: string; readonly count: number }[];
}

describe('http lists', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const units = ['某水务局', '某城管局', '某交通局'] as const;
  const read = async (id: OperationId, path: string, as?: SignedIn): Promise<Page> =>
    answered(id, await send(served().url, path, as ? { as } : {})) as Page;
  const handed = async (unit: string, about: object = {}) => {
    const { url } = served();
    const registered = await completeOnly(url, await accept(url, { ...waterCut, ...about }), {
      conduct: 'orderly',
    });
    return completeOnly(url, await completeOnly(url, registered, { wayOut: 'dispatch' }), { unit });
  };
  let client: pg.Client | undefined;
  const owner = (): pg.Client =>
    (client ??= new pg.Client({ connectionString: served().system.database.url }));
  afterEach(async () => {
    await client?.end();
    client = undefined;
  });
  /** All pages one after another, with an act between any two. */
  const through = async (id: OperationId, path: string, between: () => Promise<unknown>, as?: SignedIn) => {
    const rows: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const cursor: string = next === '' ? '' : `&cursor=${next}`;
      const page: Page = await read(id, `${path}${cursor}`, as);
      rows.push(...page.items.map((item) => item.id ?? item.no));
      next = page.next;
      await between();
    }
    return rows;
  };

  before(async function () {
    this.timeout(60_000);
    for (let index = 0; index < 5; index++) {
      for (const unit of units)
        await handed(unit, { title: `${unit}的第${index}件事`, content: `路灯不亮，编号${index}` });
      served().system.clock.moveTo(new Date(served().system.clock.now().getTime() + 86_400_000));
    }
    while ((await served().system.executor.fireDue(200)) > 0);
  });

  it('翻页时有新单进来、有待办办结，原有的一件不漏、一件不重', async () => {
    const { url, people } = served();
    const own = await people.doing('unit', '某水务局经办人', '某水务局');
    for (const [id, path, as] of [
      ['listTasks', '/api/tasks?limit=3', undefined],
      ['listTasks', '/api/tasks?limit=2&scope=mine', own],
      ['listWorkOrders', '/api/work-orders?limit=3', undefined],
      ['listWorkOrders', '/api/work-orders?limit=2', own],
      ['listWorkOrders', '/api/work-orders?limit=3&q=' + encodeURIComponent('路灯'), undefined],
    ] as const) {
      const all = await through(id, path.replace(/limit=\d/, 'limit=200'), async () => undefined, as);
      const paged = await through(id, path, () => accept(url), as);
      expect(new Set(paged).size, path).to.equal(paged.length);
      expect(
        paged.filter((one) => all.includes(one)),
        path,
      ).to.deep.equal(all);
    }
  });

  it('督办看板的一列、停在一个环节的工单，同样逐页读完', async () => {
    const board = answered('readBoard', await send(served().url, '/api/board')) as {
      columns: { key: string; cases: number; cards: { no: string }[] }[];
    };
    for (const { key, cases, cards } of board.columns) {
      const nos = await through('listBoardCards', `/api/board/${key}?limit=2`, async () => undefined);
      expect(nos.length, key).to.equal(cases);
      expect(nos.slice(0, cards.length), key).to.deep.equal(cards.map(({ no }) => no));
    }
    const load = answered('readProcessLoad', await send(served().url, '/api/definitions/handling/load')) as {
      elements: { element: string; tasks: number; meanSeconds: number; oldest: string }[];
    };
    expect(load.elements).not.to.deep.equal([]);
    for (const { element, tasks, meanSeconds, oldest } of load.elements) {
      const path = `/api/definitions/handling/elements/${element}/cases?limit=2`;
      expect((await through('listWaiting', path, async () => undefined)).length, element).to.equal(tasks);
      const longest = (served().system.clock.now().getTime() - Date.parse(oldest)) / 1000;
      expect(meanSeconds).to.be.greaterThan(0).and.at.most(longest);
    }
  });

  it('各灯号、各岗位、各单位的件数，与逐件数的一致', async () => {
    const { people, system } = served();
    const { rows } = await system.database.pool.query<{
      role: string;
      level: string | null;
      unit: string | null;
    }>(
      `SELECT t.role, c.level, c.variables ->> 'unit' AS unit
         FROM hotline.task t JOIN hotline.process_case c ON c.id = t.case_id WHERE c.realm = 'live'`,
    );
    const groupOf = (level: string | null) =>
      level === null || level === 'reminder' ? 'normal' : level === 'yellow' ? 'yellow' : 'red';
    const expected = (mine: (row: (typeof rows)[number]) => boolean) => {
      const theirs = rows.filter(mine);
      const count = (group: string) => theirs.filter(({ level }) => groupOf(level) === group).length;
      return { all: theirs.length, red: count('red'), yellow: count('yellow'), normal: count('normal') };
    };
    const told = async (path: string, as?: SignedIn) => {
      const { lights, total, items } = await read('listTasks', path, as);
      expect(total, path).to.equal(items.length);
      return Object.fromEntries(lights.map(({ group, count }) => [group, count]));
    };
    expect(expected(() => true).yellow + expected(() => true).red).to.be.greaterThan(0);
    expect(await told('/api/tasks?limit=200')).to.deep.equal(expected(() => true));
    for (const unit of units) {
      const own = await people.doing('unit', `${unit}经办人`, unit);
      const theirs = expected((row) => row.unit === unit && row.role === 'unit');
      expect(theirs.all).to.be.greaterThan(0);
      expect(await told('/api/tasks?limit=200&scope=mine', own), unit).to.deep.equal(theirs);
      expect(
        await told(`/api/tasks?limit=200&role=unit&unit=${encodeURIComponent(unit)}`),
        unit,
      ).to.deep.equal(theirs);
    }
    const intake = await people.doing('intake', '受理员甲');
    const viewer = await system.identity.sessions.viewer(intake.secret);
    expect(await told('/api/tasks?limit=200&scope=mine', intake)).to.deep.equal(
      expected(({ role }) => role !== 'unit' && (viewer?.duties.includes(role) ?? false)),
    );
    const { items } = await read('listTasks', '/api/tasks?limit=200&light=yellow');
    expect(items.map(({ level }) => level)).to.deep.equal(items.map(() => 'yellow'));
  });

  it('第二十三条：退单改派以后，待办从原单位的清单转到新单位；须回避的人两处都看不到', async () => {
    const { people, url, system } = served();
    const clerks = [
      await people.doing('unit', '某水务局经办人', '某水务局'),
      await people.doing('unit', '某城管局经办人', '某城管局'),
    ];
    const mine = () =>
      Promise.all(
        clerks.map(async (as) => {
          const { items, total } = await read('listTasks', '/api/tasks?limit=200&scope=mine', as);
          expect(total).to.equal(items.length);
          return items.filter((item) => item.no === no).map(({ role }) => role);
        }),
      );
    const order = await handed('某水务局', { title: '路面塌陷', content: '第三个路口塌了一块' });
    const { no } = order.sheet;
    expect(await mine()).to.deep.equal([['unit'], []]);
    const returned = await completeOnly(url, order, { receipt: 'return', returnReason: '不归本局' });
    await completeOnly(url, returned, { returnDecision: 'reassign', unit: '某城管局' }, '审核员乙');
    expect(await mine()).to.deep.equal([[], ['unit']]);
    const board = answered('readBoard', await send(url, '/api/board')) as {
      columns: { key: string; cases: number }[];
    };
    const { rows } = await system.database.pool.query<{ cases: number }>(
      `SELECT count(*)::int AS cases FROM hotline.process_case WHERE realm = 'live' AND ended_at IS NULL`,
    );
    expect(board.columns.reduce((sum, { cases }) => sum + cases, 0)).to.equal(rows[0]?.cases);
    answered(
      'recusePersons',
      await post(
        url,
        `/api/work-orders/${no}/recusals`,
        { persons: clerks[1]?.login },
        {},
        await people.doing('reviewer', '审核员乙'),
      ),
    );
    expect(await mine()).to.deep.equal([[], []]);
  });

  it('第三十二条：看得到全部的人须回避的，看板、流程监控、待办的件数里也没有', async () => {
    const { people, url } = served();
    const { no } = (await handed('某水务局')).sheet;
    const recused = await people.doing('supervisor', '督办员戊');
    const figures = async () => {
      const board = answered('readBoard', await send(url, '/api/board', { as: recused })) as {
        columns: { cases: number }[];
        units: { unit: string; yellow: number; red: number }[];
        trend: { received: number; ended: number }[];
      };
      const load = answered(
        'readProcessLoad',
        await send(url, '/api/definitions/handling/load', { as: recused }),
      ) as { elements: { tasks: number; nearing: number }[] };
      const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
      return {
        cases: sum(board.columns.map(({ cases }) => cases)),
        received: sum(board.trend.map(({ received }) => received)),
        resting: sum(load.elements.map(({ tasks }) => tasks)),
        tasks: (await read('listTasks', '/api/tasks?limit=1', recused)).total,
      };
    };
    const { cases, received, resting, tasks } = await figures();
    const others = await people.doing('reviewer', '审核员乙');
    const recusal = { persons: recused.login };
    answered('recusePersons', await post(url, `/api/work-orders/${no}/recusals`, recusal, {}, others));
    expect(await figures()).to.deep.equal({
      cases: cases - 1,
      received: received - 1,
      resting: resting - 1,
      tasks: tasks - 1,
    });
  });

  it('同一时刻许多人问，各看各的，数的都不比提问时旧', async () => {
    const { people, url } = served();
    const [water, street] = [
      await people.doing('unit', '某水务局经办人', '某水务局'),
      await people.doing('unit', '某城管局经办人', '某城管局'),
    ];
    const before = (await read('listTasks', '/api/tasks?limit=1', water)).total;
    const foreign = (await read('listTasks', '/api/tasks?limit=1', street)).total;
    const asked = Array.from({ length: 10 }, () => read('listTasks', '/api/tasks?limit=1', water));
    await handed('某水务局');
    const after = await Promise.all([
      read('listTasks', '/api/tasks?limit=1', water),
      read('listTasks', '/api/tasks?limit=1', street),
    ]);
    await Promise.all(asked);
    expect(after.map(({ total }) => total)).to.deep.equal([before + 1, foreign]);
    expect((await send(url, '/api/tasks')).status).to.equal(200);
  });

  it('搜索：两个字的词、几个词、编号开头、内容里的字都找得到；别的单位的找不到', async () => {
    const { people } = served();
    const own = await people.doing('unit', '某水务局经办人', '某水务局');
    const find = async (q: string, as?: SignedIn) =>
      (await read('listWorkOrders', `/api/work-orders?limit=200&q=${encodeURIComponent(q)}`, as)).items.map(
        ({ no }) => no,
      );
    const { rows } = await served().system.database.pool.query<{
      no: string;
      title: string;
      content: string;
      unit: string | null;
    }>(
      `SELECT w.no, w.title, w.content, c.variables ->> 'unit' AS unit FROM hotline.work_order w
         JOIN hotline.process_case c ON c.business_key = w.no WHERE w.realm = 'live' ORDER BY w.received_at DESC, w.no DESC`,
    );
    const holding = (words: readonly string[], unit?: string) =>
      rows
        .filter((row) => unit === undefined || row.unit === unit)
        .filter(({ title, content }) => words.every((word) => `${title} ${content}`.includes(word)))
        .map(({ no }) => no);
    for (const words of [['路灯'], ['停水'], ['城管', '路灯'], ['编号3'], ['没有这样的字'], ['不亮，编号']]) {
      expect(await find(words.join(' ')), words.join()).to.deep.equal(holding(words));
      expect(await find(words.join(' '), own), words.join()).to.deep.equal(holding(words, '某水务局'));
    }
    expect(holding(['路灯']).length).to.equal(15);
    const [some] = rows;
    expect(await find(some?.no ?? '')).to.deep.equal([some?.no]);
    expect(await find('20260302')).to.deep.equal(
      rows.map(({ no }) => no).filter((no) => no.startsWith('20260302')),
    );
    expect(await find('20260302', own)).to.deep.equal(
      rows.filter(({ no, unit }) => no.startsWith('20260302') && unit === '某水务局').map(({ no }) => no),
    );
    const tasks = await read('listTasks', `/api/tasks?limit=200&q=${encodeURIComponent('路灯')}`, own);
    expect(tasks.items.map(({ no }) => no)).to.have.members(holding(['路灯'], '某水务局'));
  });

  it('热线人员以来电号码找到来电人的工单，一页一页也是；承办单位、考核人员找不到', async () => {
    const { people, url } = served();
    const number = '0531 8765-4321';
    const theirs: string[] = [];
    for (const title of ['夜里有噪音', '还是有噪音', '第三次了'])
      theirs.unshift((await handed('某水务局', { title, callerContact: number })).sheet.no);
    const find = async (q: string, as: SignedIn) =>
      through(
        'listWorkOrders',
        `/api/work-orders?limit=2&q=${encodeURIComponent(q)}`,
        async () => undefined,
        as,
      );
    const agent = await people.doing('intake', '查号的受理员');
    for (const written of [number, '053187654321', '(0531)87654321'])
      expect(await find(written, agent), written).to.deep.equal(theirs);
    expect(await find('053187654322', agent)).to.deep.equal([]);
    for (const other of [
      await people.doing('unit', '某水务局经办人', '某水务局'),
      await newcomer(served().system, { login: 'chahao', roles: ['assessor'] }),
    ])
      expect(await find(number.replaceAll(/\D/g, ''), other)).to.deep.equal([]);
    const tasks = await send(url, '/api/tasks?scope=seen&q=053187654321', { as: agent });
    expect(tasks.status).to.equal(200);
  });

  it('翻页标记不对、词太短：说明哪里不对，不是 500', async () => {
    const { url } = served();
    const forged = (mark: unknown) => Buffer.from(JSON.stringify(mark)).toString('base64url');
    for (const cursor of [
      'x',
      '%00',
      forged(null),
      forged(['2026-02-30 00:00:00+00', '1', 1, 'a', 'b']),
      forged(['2026-99-99 00:00:00+00', '1', 1, 'a', 'b']),
      forged(['infinity', '99999999999999999999', 1, 'a', 'b']),
      forged(['infinity', '1', 1, 'a\u0000', 'b']),
      forged(['infinity', '1']),
      forged(['9999999-01-01 00:00:00+00', 'a']),
      forged(['-1']),
    ]) {
      for (const path of [
        '/api/tasks',
        '/api/work-orders',
        '/api/notifications',
        '/api/jobs/failed',
        '/api/board/red',
      ]) {
        const query = path === '/api/notifications' ? 'recipient=role:supervisor&' : '';
        if (path === '/api/board/red' && cursor === forged(['infinity', '1'])) continue;
        if (path === '/api/work-orders' && cursor === forged(['infinity', '1'])) continue;
        const refused = problemIn(await send(url, `${path}?${query}cursor=${cursor}`));
        expect(refused, `${path} ${cursor}`).to.include({ status: 400, code: 'input.invalid' });
      }
    }
    for (const q of ['水', '停水 a', '一 二', '  ']) {
      expect(problemIn(await send(url, `/api/work-orders?q=${encodeURIComponent(q)}`)).status, q).to.equal(
        400,
      );
    }
    for (const q of ["%' OR 1=1 --", '100%', '_\\_', '{a,b}', '"[]"']) {
      expect((await send(url, `/api/work-orders?q=${encodeURIComponent(q)}`)).status, q).to.be.oneOf([200]);
    }
  });

  it('件数再多，列表也只走自己那一段索引；搜索以单位的身份也用索引', async () => {
    const { system } = served();
    await owner().connect();
    // A city's number of other rows; only the plans are checked.
    await owner().query(`
      INSERT INTO hotline.process_case (business_key, realm, variables, standing, started_at, ended_at, limit_at)
      SELECT 'plan-' || n, 'live', '{}', '[[],[],[],null]', '2026-02-01', CASE WHEN n % 5 = 0 THEN NULL ELSE now() END,
             '2026-06-01'::timestamptz + n * interval '1 second' FROM generate_series(1, 20000) AS n;
      INSERT INTO hotline.work_order (no, realm, channel, kind, title, content, reply_wanted, confidential, received_at)
      SELECT business_key, 'live', 'phone', 'help', '标题' || id, '内容' || md5(id::text), true, false, started_at
        FROM hotline.process_case WHERE business_key LIKE 'plan-%';
      INSERT INTO hotline.case_party (party, leads, case_id, business_key, is_open, started_at)
      SELECT '第' || id % 60 || '单位', true, id, business_key, ended_at IS NULL, started_at
        FROM hotline.process_case WHERE business_key LIKE 'plan-%';
      UPDATE hotline.process_case SET lead_unit = '第' || id % 60 || '单位' WHERE business_key LIKE 'plan-%';
      INSERT INTO hotline.task (case_id, instance, token, realm, process, element, name, role, opened_at, limit_at, lead_unit)
      SELECT id, 1, 'a', 'live', 'handling', 'Task_Handle', '办理', 'unit', started_at, limit_at, lead_unit
        FROM hotline.process_case WHERE business_key LIKE 'plan-%' AND ended_at IS NULL;
    `);
    await owner().query(
      'VACUUM ANALYZE hotline.process_case, hotline.work_order, hotline.case_party, hotline.task',
    );
    const plansOf = async (
      work: (transaction: Transaction) => Promise<unknown>,
      units?: readonly string[],
    ) => {
      const plans: string[] = [];
      const database = units ? asViewer(system.database, units) : system.database;
      await database.transaction((transaction) =>
        work({
          ...transaction,
          query: async <Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]> => {
            const plan = await transaction.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, parameters);
            plans.push(plan.map((line) => line['QUERY PLAN']).join('\n'));
            return transaction.query<Row>(sql, parameters);
          },
        }),
      );
      return plans.join('\n');
    };
    const live = { realm: 'live' } as const;
    const mine = {
      ...live,
      fenced: false,
      doneBy: { roles: ['intake', 'reviewer'], ofLed: ['unit'], parties: [] },
    };
    const theirs = { ...live, fenced: true, doneBy: { roles: ['unit'], ofLed: null, parties: ['某水务局'] } };
    const seen = { roles: ['unit'], ofLed: [], parties: ['某水务局'] };
    const whole = /Seq Scan on (task|process_case|work_order|case_party)/;
    expect(await plansOf((one) => listTasks(one, { ...live, fenced: false }, { limit: 51 })))
      .to.include('task_nearest')
      .and.not.match(whole);
    expect(await plansOf((one) => listTasks(one, mine, { limit: 51 })))
      .to.include('task_duty')
      .and.not.match(whole);
    expect(await plansOf((one) => listTasks(one, theirs, { limit: 3 }), ['某水务局']))
      .to.match(/Index Scan using task_lead_unit/)
      .and.not.match(whole)
      // Rows are found in order, without sorting.
      .and.not.match(
        /Sort Key[^\n]*\n {2,}-> {2}(Bitmap Heap Scan on|Index Scan using task_lead_unit on) task/,
      );
    // Sheet filters are evaluated task by task, in the list's order, not by joining all sheets.
    for (const narrowed of [{ channel: 'phone' }, { district: '某区' }, { class: 'x' }]) {
      const further = conditionsOf(narrowed);
      expect(await plansOf((one) => listTasks(one, { ...live, fenced: false, further }, { limit: 51 })))
        .to.include('task_nearest')
        .and.not.match(whole)
        .and.not.match(/Hash|Merge/);
      expect(await plansOf((one) => listTasks(one, { ...theirs, further }, { limit: 51 }), ['某水务局']))
        .to.include('task_lead_unit')
        .and.not.match(whole);
    }
    // Ordered by the case's beginning: uses the key of all tasks; a unit's own tasks use the index
    // of its led cases.
    for (const order of ['oldest', 'newest'] as const) {
      expect(await plansOf((one) => listTasks(one, { ...live, fenced: false }, { limit: 51, order })))
        .to.include('task_pkey')
        .and.not.match(whole);
      expect(await plansOf((one) => listTasks(one, mine, { limit: 51, order }))).not.to.match(whole);
      expect(await plansOf((one) => listTasks(one, theirs, { limit: 51, order }), ['某水务局']))
        .to.include('task_lead_unit')
        .and.not.match(whole);
    }
    // For a rare duty, does not read the tasks of all.
    expect(await plansOf((one) => countTasks(one, mine, 100)))
      .to.include('task_duty')
      .and.not.match(whole);
    // Counts in the index of the unit's led cases, up to the list's limit.
    expect(await plansOf((one) => countTasks(one, theirs, 10_000), ['某水务局']))
      .to.include('task_lead_unit')
      .and.not.match(whole);
    expect(await plansOf((one) => listTasks(one, { ...theirs, doneBy: seen }, { limit: 51 }), ['某水务局']))
      .to.include('case_party_open')
      .and.not.match(whole);
    expect(await plansOf((one) => system.sheets.list(one, { ...live, fenced: false, limit: 51 })))
      .to.include('work_order_received')
      .and.not.match(whole);
    // For functions with an inner fence, the index's own scan count tells which index was used.
    const scansOf = async (index: string): Promise<number> =>
      (
        await owner().query<{ scans: number }>(
          `SELECT pg_stat_clear_snapshot(), idx_scan::int AS scans FROM pg_stat_user_indexes
            WHERE indexrelname = $1`,
          [index],
        )
      ).rows[0]?.scans ?? 0;
    const walked = await scansOf('case_party_newest');
    await asViewer(system.database, ['某水务局']).transaction(async (one) => {
      expect(await system.sheets.list(one, { ...live, fenced: true, limit: 51 })).not.to.have.length(0);
      await one.query('SELECT pg_stat_force_next_flush()');
    });
    await eventually(async () => (await scansOf('case_party_newest')) > walked);
    const numbered = await scansOf('work_order_no_prefix');
    await system.database.transaction(async (one) => {
      expect(await system.sheets.search(one, '20260302-000001', { most: 51 })).to.have.length(1);
      expect(await system.sheets.search(one, '2026', { most: 51 })).to.have.length.above(15);
      await one.query('SELECT pg_stat_force_next_flush()');
    });
    await eventually(async () => (await scansOf('work_order_no_prefix')) > numbered);
    for (const units of [undefined, ['第7单位']]) {
      const before = await scansOf('work_order_terms');
      const database = units ? asViewer(system.database, units) : system.database;
      const found = await database.transaction(async (transaction) => {
        const numbers = await system.sheets.search(transaction, '标题1234', { most: 51 });
        await transaction.query('SELECT pg_stat_force_next_flush()');
        return numbers;
      });
      const { rows } = await owner().query<{ no: string }>(
        `SELECT no FROM hotline.work_order w WHERE title LIKE '%标题1234%' AND ($1::text[] IS NULL OR EXISTS (
           SELECT FROM hotline.case_party p WHERE p.business_key = w.no AND p.party = ANY ($1)))`,
        [units ?? null],
      );
      expect(found, units?.join()).to.have.members(rows.map(({ no }) => no));
      await eventually(async () => (await scansOf('work_order_terms')) > before);
    }
  });
});

/** A backend publishes its counts a moment after its transaction. */
async function eventually(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) if (await holds()) return;
  expect.fail('the index was not used');
}
