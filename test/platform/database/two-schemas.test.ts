/** Two cities in one database, each with its own schema: acts of one are invisible to the other. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { after, before } from 'mocha';
import { shippedFiles } from '../../../src/cases/index.js';
import { systemClock } from '../../../src/kernel/index.js';
import { openSystem, type System } from '../../../src/main.js';
import { schemaNames } from '../../../src/platform/database/index.js';
import { answered, post, send, waterCut, type WorkOrderView } from '../../http/serving.js';
import { builtProgram } from '../../support/built.js';
import { emptyDatabase } from '../../support/database.js';
import { newcomer, type SignedIn } from '../../support/people.js';
import { ownersRows } from '../../support/owner.js';
import { refusalOf } from '../../support/refusal.js';

interface City {
  readonly schema: string;
  readonly folder: string;
  readonly program: ChildProcess;
  /** What it has said. */
  readonly said: string[];
  readonly url: string;
  readonly system: System;
  readonly intake: SignedIn;
}

/** Entries of a first start; jobs write the last two a little later. */
const beginning = [
  'schema migration.run',
  ...shippedFiles().map(({ key }) => `definition:${key} definition.deployed`),
  'policies policies.shipped',
  'regulation regulation.recorded',
];

describe('一个数据库里的两个城市', () => {
  let database = '';
  let jinan: City;
  let qingdao: City;

  before(async () => {
    database = await emptyDatabase();
    [jinan, qingdao] = await Promise.all([startCity('jinan'), startCity('qingdao')]);
  });
  after(async () => {
    for (const city of [jinan, qingdao]) {
      await city.system.close();
      city.program.kill('SIGKILL');
      await rm(city.folder, { recursive: true, force: true });
    }
  });

  async function startCity(schema: string): Promise<City> {
    const folder = await mkdtemp(join(tmpdir(), `hotline-${schema}-`));
    const environment = { DATABASE_URL: database, HOTLINE_DATA: folder, HOTLINE_SCHEMA: schema };
    const program = spawn(process.execPath, [builtProgram(), 'serve', '--port', '0'], {
      env: { ...process.env, ...environment, HOTLINE_LOG: 'json', HOTLINE_LOG_LEVEL: 'info' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    const served = new Promise<string>((resolve, reject) => {
      for (const stream of [program.stdout, program.stderr])
        createInterface(stream).on('line', (line) => {
          said.push(line);
          const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
          if (url !== undefined) resolve(url);
        });
      program.once('exit', () => reject(new Error(`${schema} has ended: ${said.join('\n')}`)));
    });
    const url = await served;
    const system = await openSystem({
      clock: systemClock,
      applicationName: 'test',
      url: database,
      directory: folder,
      schema,
    });
    const intake = await newcomer(system, { login: 'shouli', name: '受理', roles: ['intake'] });
    return { schema, folder, program, said, url, system, intake };
  }

  const rowsOf = <Row extends object>(sql: string): Promise<Row[]> => ownersRows<Row>(database, sql);

  const acceptIn = async ({ url, intake }: City): Promise<WorkOrderView> =>
    answered('acceptRequest', await post(url, '/api/work-orders', waterCut, {}, intake)) as WorkOrderView;

  it('空库的第一次启动：轨迹只有程序自己的几条，没有一句没有发生的事', async () => {
    for (const { schema, said } of [jinan, qingdao]) {
      const rows = await rowsOf<{ entry: string }>(
        `SELECT stream || ' ' || type AS entry FROM ${schema}.trail_entry
          WHERE stream <> 'accounts' ORDER BY xact, stream, seq`,
      );
      const entries = rows.map(({ entry }) => entry);
      expect(entries).to.have.members(beginning);
      expect(said.join('\n')).not.to.match(/加密|示例工单|error/);
    }
  });

  it('工单、编号、轨迹、登录各是各的，同时办理也一样', async () => {
    const orders = await Promise.all([acceptIn(jinan), acceptIn(qingdao), acceptIn(jinan)]);
    const numbersOf = (schema: string) =>
      rowsOf<{ no: string }>(`SELECT no FROM ${schema}.work_order ORDER BY no`);
    const numbers = (await numbersOf('jinan')).map(({ no }) => no.slice(-6));
    expect(numbers).to.deep.equal(['000001', '000002']);
    expect((await numbersOf('qingdao')).map(({ no }) => no.slice(-6))).to.deep.equal(['000001']);
    expect(orders.map(({ sheet }) => sheet.no.slice(-6))).to.include('000002');
    const foreign = await send(qingdao.url, '/api/work-orders', { as: jinan.intake });
    expect(foreign.status).to.equal(401);
    const own = await send(qingdao.url, '/api/work-orders', { as: qingdao.intake });
    expect((answered('listWorkOrders', own) as { items: unknown[] }).items).to.have.length(1);
  });

  it('树、签名密钥、任务队列各是各的：各自排号、签名，任务由自己的程序做完', async () => {
    for (const { schema, program } of [jinan, qingdao]) {
      const { jobs } = schemaNames(schema);
      const done = `
        SELECT (SELECT count(*) FROM ${schema}.trail_leaf) = (SELECT count(*) FROM ${schema}.trail_entry)
           AND (SELECT max(size) FROM ${schema}.trail_checkpoint) = (SELECT size FROM ${schema}.trail_log)
           AND NOT EXISTS (SELECT FROM ${jobs}._private_jobs WHERE run_at <= now()) AS done`;
      while (!(await rowsOf<{ done: boolean }>(done))[0]?.done) {
        if (program.exitCode !== null) expect.fail(`${schema} has ended`);
      }
      const [worker] = await rowsOf<{ count: string }>(`SELECT count(*) FROM ${schema}.job_worker`);
      expect(worker?.count).to.equal('1');
      const [told] = await rowsOf<{ count: number }>(
        `SELECT count(*)::int AS count FROM ${schema}.notification`,
      );
      expect(told?.count, '受理以后收件箱里有待办的通知').to.be.greaterThan(0);
    }
    const keys = await rowsOf<{ vkey: string }>(
      'SELECT vkey FROM jinan.trail_checkpoint UNION SELECT vkey FROM qingdao.trail_checkpoint',
    );
    expect(keys).to.have.length(2);
    for (const { folder, schema } of [jinan, qingdao]) {
      const verify = spawn(process.execPath, [builtProgram(), 'trail', 'verify'], {
        env: { ...process.env, DATABASE_URL: database, HOTLINE_DATA: folder, HOTLINE_SCHEMA: schema },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      verify.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
      expect(await once(verify, 'exit'), said).to.deep.equal([0, null]);
      expect(said).to.include('成立');
    }
  });

  it('一个城市的角色读不到、改不了另一个城市的任何表，序列、函数也用不了', async () => {
    for (const [own, other] of [
      [schemaNames('jinan'), schemaNames('qingdao')],
      [schemaNames('qingdao'), schemaNames('jinan')],
    ] as const) {
      for (const role of [own.app, own.viewer]) {
        const open = await rowsOf<{ name: string }>(
          `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE nspname IN ('${other.schema}', '${other.jobs}') AND relkind IN ('r', 'v', 'S')
              AND CASE relkind WHEN 'S' THEN has_sequence_privilege('${role}', c.oid, 'USAGE, SELECT, UPDATE')
                    ELSE has_any_column_privilege('${role}', c.oid, 'SELECT, INSERT, UPDATE')
                      OR has_table_privilege('${role}', c.oid, 'DELETE, TRUNCATE') END
           UNION ALL
           SELECT nspname FROM pg_namespace WHERE nspname IN ('${other.schema}', '${other.jobs}')
              AND has_schema_privilege('${role}', oid, 'USAGE, CREATE')`,
        );
        expect(open, `${role} in ${other.schema}`).to.deep.equal([]);
      }
    }
    const refused = await jinan.system.database
      .transaction((transaction) => transaction.query('SELECT FROM qingdao.work_order'))
      .catch((error: unknown) => error);
    expect(refused).to.have.property('code', '42501');
  });

  it('一个步骤的语句不写模式名，碰到的表、视图、索引都在自己的模式里', async () => {
    const { pool } = jinan.system.database;
    const texts: string[] = [];
    const touched: Promise<{ rows: { schema: string }[] }>[] = [];
    const locked = `SELECT DISTINCT relnamespace::regnamespace::text AS schema
                      FROM pg_locks JOIN pg_class c ON c.oid = relation WHERE pid = pg_backend_pid()`;
    const overheard = new Set<object>();
    pool.on('acquire', (client) => {
      if (overheard.has(client)) return;
      overheard.add(client);
      const pass = client.query.bind(client) as (
        ...given: unknown[]
      ) => Promise<{ rows: { schema: string }[] }>;
      const query = (first: string | { readonly text: string }, ...rest: unknown[]) => {
        const text = typeof first === 'string' ? first : first.text;
        texts.push(text);
        // Relations stay locked until the transaction ends, also those that only functions and triggers touch.
        if (text === 'COMMIT') touched.push(pass(locked));
        return pass(first, ...rest);
      };
      Object.assign(client, { query });
    });
    const { createApp, listen } = await import('../../../src/http/index.js');
    const server = await listen(createApp(jinan.system), { host: '127.0.0.1', port: 0 });
    try {
      const order = answered(
        'acceptRequest',
        await post(server.url, '/api/work-orders', waterCut, {}, jinan.intake),
      ) as WorkOrderView;
      const [task] = order.tasks;
      expect(task?.element).to.equal('Task_Register');
    } finally {
      await server.close();
    }
    const schemas = new Set(
      (await Promise.all(touched)).flatMap(({ rows }) => rows.map(({ schema }) => schema)),
    );
    expect(texts.some((text) => text.includes('process_case'))).to.equal(true);
    expect([...schemas].sort()).to.deep.equal(['jinan', 'jinan_jobs', 'pg_catalog']);
    expect(
      texts.filter((text) => /\b(?:jinan|qingdao|hotline)(?:_jobs)?"?\.\s*"?[a-z]/.test(text)),
    ).to.deep.equal([]);
  });

  it('不能作模式名的，启动时说清楚', () => {
    for (const name of ['', 'public', 'pg_hotline', 'Jinan', '济南', 'a; DROP TABLE x', 'x'.repeat(41)]) {
      expect(refusalOf(() => schemaNames(name))?.code, name).to.equal('database.unusable');
    }
    expect(schemaNames('jinan_2')).to.deep.equal({
      schema: 'jinan_2',
      app: 'jinan_2_app',
      viewer: 'jinan_2_viewer',
      jobs: 'jinan_2_jobs',
    });
  });
});
