/**
 * Three cities with their own laws in one database, behind one gateway: every operation of the
 * contract, called in each city with things of another one (sessions, tokens, ids). Nothing is
 * found, and nothing of the other city changes.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { after, before } from 'mocha';
import { systemClock } from '../../../src/kernel/index.js';
import { openDatabase, schemaNames } from '../../../src/platform/database/index.js';
import type { Reply, Sent } from '../../http/serving.js';
import { emptyDatabase } from '../../support/database.js';
import { documented, endsItself, fitting, pathOf, type Documented } from '../../support/document.js';
import { asOwner, ownersRows } from '../../support/owner.js';
import { launchServe, type LaunchedProgram } from '../../support/serve-program.js';
import {
  ask,
  inUse,
  packageOf,
  places,
  publishes,
  shown,
  type CityInUse,
  type Place,
  type Proof,
} from './three-cities.js';

const folder = mkdtempSync(join(tmpdir(), 'hotline-cities-'));
const of = (part: string, { key }: Place): string => join(folder, part, key);

/** These would end or change the session that the next operation uses. */
const endSessions = ['signOut', 'changePassword', 'confirmSecondFactor', 'offerSecondFactor'];

/** Written by each program automatically, at any time: places in the tree, jobs, figures, counts of refusals. */
const byItself = [
  'assessment_cursor',
  'duty_cursor',
  'matter_cursor',
  'trail_entry',
  'trail_head',
  'trail_leaf',
  'trail_tile',
  'trail_log',
  'trail_checkpoint',
  'trail_search',
  'trail_terms',
  'job_worker',
  'counted_entry',
  'request_rate',
  'session',
];

describe('三个城市，一个数据库，一个入口', () => {
  let database = '';
  let gateway = '';
  let program: LaunchedProgram;
  let cities: readonly CityInUse[] = [];
  const targets = documented.filter(endsItself);

  before(async function () {
    this.timeout(300_000);
    database = await emptyDatabase();
    const listed = places.map((place) => {
      packageOf(place, of('package', place));
      const { key, name, host, path } = place;
      return [key, { name, host, path, package: of('package', place) }] as const;
    });
    const file = join(folder, 'cities.json');
    writeFileSync(
      file,
      JSON.stringify({ cities: Object.fromEntries(listed), province: { name: '某省', path: '/sheng' } }),
    );
    const environment = { DATABASE_URL: database, HOTLINE_DATA: join(folder, 'data') };
    program = launchServe({ ...process.env, ...environment, HOTLINE_LOG: 'json' }, '--cities', file);
    const found: readonly string[] = await program.prints(/入口已启动：(http:\/\/[\d.:]+)/);
    gateway = found[1] ?? '';
    await until(async () => (await fetch(`${gateway}/readyz`)).ok);
    const made: CityInUse[] = [];
    for (const place of places)
      made.push(
        await inUse(gateway, place, database, { package: of('package', place), data: of('data', place) }),
      );
    cities = made;
    const [a, b, c] = places;
    if (!a || !b || !c) expect.fail();
    await publishes(database, a, 100, { met: 90, of: 100 });
    await publishes(database, b, null, null);
    await publishes(database, c, 300, { met: 210, of: 300 });
  });
  after(async () => {
    Reflect.deleteProperty(process.env, 'HOTLINE_PACKAGE');
    await program.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function until(reached: () => Promise<boolean>): Promise<void> {
    while (!(await reached())) {
      if (program.process.exitCode !== null) throw new Error(program.output());
      await systemClock.sleep(100);
    }
  }

  /** Whether all followers have read the trail to its end, and no job is waiting. */
  async function followed({ key }: Place): Promise<boolean> {
    const { schema, jobs } = schemaNames(key);
    const [row] = await ownersRows<{ followed: boolean }>(
      database,
      `SELECT NOT EXISTS (SELECT stream, seq FROM ${schema}.trail_entry EXCEPT SELECT stream, seq FROM ${schema}.trail_leaf)
          AND NOT EXISTS (SELECT FROM ${schema}.trail_log l,
                            (TABLE ${schema}.assessment_cursor UNION ALL TABLE ${schema}.duty_cursor
                             UNION ALL SELECT one, place FROM ${schema}.matter_cursor) c WHERE c.place < l.size)
          AND NOT EXISTS (SELECT FROM ${jobs}._private_jobs 
                          WHERE run_at <= now() AND (attempts < max_attempts OR locked_at IS NOT NULL)) AS followed`,
    );
    return row?.followed === true;
  }

  const pairs = () => cities.flatMap((at) => cities.filter((of) => of !== at).map((of) => [at, of] as const));

  /** All data of a city, table by table, once its programs are idle. */
  async function standing(place: Place): Promise<object> {
    await until(() => followed(place));
    const { key } = place;
    const tables = await ownersRows<{ name: string }>(
      database,
      `SELECT relname AS name FROM pg_class WHERE relnamespace = '${key}'::regnamespace AND relkind = 'r'
          AND relname <> ALL ('{${byItself.join(',')}}') ORDER BY 1`,
    );
    const [row] = await ownersRows<object>(
      database,
      `SELECT ${tables
        .map(
          ({ name }) =>
            `(SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM ${key}."${name}" t) AS "${name}"`,
        )
        .join(', ')}`,
    );
    return row ?? {};
  }

  /** A request that fits the document, with the other city's ids wherever an id may occur. */
  function request({ operation, body }: Documented, { known }: CityInUse): Sent {
    const made: unknown = body ? fc.sample(fitting(body), { seed: 27, numRuns: 1 })[0] : {};
    const text = JSON.stringify(made).replaceAll(/"\d{8}-\d{6}"/g, JSON.stringify(known['no']));
    return {
      method: operation.method.toUpperCase(),
      headers: { 'content-type': 'application/json' },
      ...(body ? { body: text } : {}),
    };
  }

  /** Counted ids begin with the city's first number. */
  const numbersOf = ({ parameters }: Documented, { known, first }: CityInUse) => ({
    ...known,
    ...Object.fromEntries(
      parameters
        .filter(({ in: where, schema }) => where === 'path' && schema.type === 'integer')
        .map(({ name }) => [name, String(first)]),
    ),
  });

  const call = (
    one: Documented,
    at: CityInUse,
    of: CityInUse,
    headers: { readonly [name: string]: string },
  ): Promise<Reply> => {
    const sent = request(one, of);
    const path = pathOf(one.operation.path, numbersOf(one, of));
    return ask(gateway, at, path, { ...sent, headers: { ...sent.headers, ...headers } });
  };

  function nothingOf(of: CityInUse, one: Documented, { status, text }: Reply): void {
    expect(text, one.id).not.to.include(of.mark);
    expect(status, `${one.id}: ${text.slice(0, 500)}`).to.be.lessThan(500);
  }

  async function eightAtOnce<Item>(
    items: readonly Item[],
    work: (item: Item) => Promise<void>,
  ): Promise<void> {
    for (let from = 0; from < items.length; from += 8)
      await Promise.all(items.slice(from, from + 8).map(work));
  }

  const someProof = ({ sessions }: CityInUse, { operation: { access } }: Documented): Proof => {
    const [role = 'intake'] = typeof access === 'string' ? [] : access;
    return sessions.get(role) ?? expect.fail(role);
  };

  it('一个城市的人、其他系统的令牌，在别的城市谁也不是：每个操作都不认，什么也没有变', async function () {
    this.timeout(600_000);
    for (const [at, of] of pairs()) {
      const before = [await standing(at), await standing(of)];
      // Public operations answer for their own city, whoever asks.
      const closed = targets.filter(({ operation }) => operation.access !== 'anyone');
      await eightAtOnce(closed, async (one) => {
        const proofs = [shown(at, someProof(of, one)), { authorization: `Bearer ${of.token}` }];
        for (const proof of proofs) {
          const { status, text } = await call(one, at, at, proof);
          expect(status, `${one.id}: ${text.slice(0, 500)}`).to.equal(401);
        }
      });
      expect([await standing(at), await standing(of)], `${of.name} → ${at.name}`).to.deep.equal(before);
    }
  });

  it('别的城市的编号，自己的人来查、来改：每个操作都没有找到它，答复里没有它的一个字，它什么也没有变', async function () {
    this.timeout(600_000);
    for (const [at, of] of pairs()) {
      const before = await standing(of);
      for (const one of targets.filter(({ id }) => !endSessions.includes(id))) {
        const reply = await call(one, at, of, shown(at, someProof(at, one)));
        nothingOf(of, one, reply);
        const mine = Object.keys(one.operation.params?.shape ?? {}).some((name) =>
          ['no', 'id', 'login', 'member'].includes(name),
        );
        if (mine) expect(reply.status, `${one.id}: ${reply.text.slice(0, 500)}`).to.be.within(400, 499);
      }
      expect(await standing(of), `${of.name} → ${at.name}`).to.deep.equal(before);
    }
  });

  it('自己的编号，自己的人找得到：上面的不是因为什么也找不到', async () => {
    for (const at of cities) {
      const found = targets.find(({ id }) => id === 'readWorkOrder') ?? expect.fail();
      const reply = await call(found, at, at, shown(at, someProof(at, found)));
      expect(reply.status).to.equal(200);
      expect(reply.text).to.include(at.mark);
    }
  });

  it('一个城市的角色在别的城市的模式里没有任何权利', async () => {
    for (const [at, of] of pairs())
      for (const role of [schemaNames(at.key).app, schemaNames(at.key).viewer]) {
        const { schema, jobs } = schemaNames(of.key);
        const open = await ownersRows(
          database,
          `SELECT nspname FROM pg_namespace
            WHERE nspname IN ('${schema}', '${jobs}') AND has_schema_privilege('${role}', oid, 'USAGE, CREATE')
           UNION ALL
           SELECT relname FROM pg_class WHERE relnamespace IN ('${schema}'::regnamespace, '${jobs}'::regnamespace)
              AND relkind IN ('r', 'v') AND has_any_column_privilege('${role}', oid, 'SELECT, INSERT, UPDATE')`,
        );
        expect(open, `${role} in ${schema}`).to.deep.equal([]);
      }
  });

  it('各城市各有一个库主的：一个库主也读不到、当不了另一个城市的', async () => {
    const name = new URL(database).pathname.slice(1);
    const keys = ['across_d', 'across_e'];
    const ownerOf = (key: string): string => database.replace(/\/\/[^@]*@/, `//${key}_owner:x@`);
    await asOwner(
      database,
      ...keys.flatMap((key) => [
        `CREATE ROLE ${key}_owner LOGIN CREATEROLE PASSWORD 'x'`,
        `GRANT CREATE ON DATABASE ${name} TO ${key}_owner`,
      ]),
    );
    try {
      for (const key of keys) {
        const opened = await openDatabase({ applicationName: 'test', url: ownerOf(key), schema: key });
        await opened.close();
      }
      for (const [own, other] of [keys, keys.toReversed()])
        for (const sql of [
          `SELECT FROM ${other}.work_order`,
          `SET ROLE ${other}_app`,
          `DROP SCHEMA ${other}`,
        ]) {
          const refused = await ownersRows(ownerOf(String(own)), sql).catch((error: unknown) => error);
          expect(refused, sql).to.have.property('code', '42501');
        }
    } finally {
      const all = keys.flatMap((key) => [`${key}_owner`, `${key}_app`, `${key}_viewer`]);
      await asOwner(
        database,
        ...all.map((role) => `DROP OWNED BY ${role} CASCADE`),
        ...all.reverse().map((role) => `DROP ROLE ${role}`),
      );
    }
  });

  it('省里的人不用帐号，看得到各市公布的合计：草案、没有列出的、工单都不在里面', async () => {
    const figures = (await (await fetch(`${gateway}/sheng/figures.json`)).json()) as object;
    const counted = { count: 400, cities: ['济南市', '北京市'], withheld: ['潍坊市'] };
    expect(figures).to.deep.include({ period: '2026-10' });
    expect(figures).to.have.nested.property('sums.received').that.deep.equals(counted);
    expect(figures)
      .to.have.nested.property('sums.measures[0]')
      .that.deep.includes({ met: 300, of: 400, rate: 7500 });
    const page = await (await fetch(`${gateway}/sheng`)).text();
    expect(page).to.include('至少 400').and.include('75.00%').and.include('/weifang/publications/2026-10');
    for (const text of ['2026-11', ...cities.flatMap(({ mark, known }) => [mark, String(known['no'])])])
      expect(page).not.to.include(text);
    const none = (await (await fetch(`${gateway}/sheng/figures.json?period=2026-11`)).json()) as object;
    expect(none).to.have.nested.property('sums.received.count', null);
    expect((await fetch(`${gateway}/sheng?period=x`)).status).to.equal(400);
  });

  it('一个城市的程序被杀掉：别的照常答复，它的网址答 503 并说明，入口再启动它', async function () {
    this.timeout(120_000);
    const [kept, fallen] = cities;
    if (!kept || !fallen) expect.fail();
    process.kill(programOf(fallen), 'SIGKILL');
    const away = () => ask(gateway, fallen, '/api/session', {});
    await until(async () => (await away()).status === 503);
    expect((await away()).json).to.include({ code: 'city.unavailable' });
    expect((await fetch(`${gateway}/readyz`)).status).to.equal(503);
    expect((await ask(gateway, kept, '/readyz', {})).status).to.equal(200);
    await until(async () => (await away()).status === 200);
    expect(program.output()).to.match(/潍坊市的程序停了（SIGKILL）/);
  });

  function programOf({ key }: Place): number {
    const children = execFileSync('pgrep', ['-P', String(program.process.pid)], { encoding: 'utf8' });
    const mine = children
      .trim()
      .split('\n')
      .find((pid) => readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`HOTLINE_SCHEMA=${key}\0`));
    return Number(mine ?? expect.fail(children));
  }
});
