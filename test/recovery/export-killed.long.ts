/**
 * `kill -9` of the real program during an export: another program restarts it, nothing unfinished
 * can be downloaded meanwhile, and the result is verified.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { after, before } from 'mocha';
import pg from 'pg';
import { verifyTrail } from '../../src/accountability/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { builtProgram } from '../support/built.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { useSystem } from '../support/system.js';
import { asOwner } from '../support/owner.js';
import { note } from '../support/note.js';

const no = '导出-1';
const entries = 6000;
const purpose = '年度审计';
/** The advisory lock by which an export is held. */
const held = 12345_9001;

interface Export {
  readonly id: number;
  readonly state: string;
  readonly files: readonly unknown[];
}

describe('导出做到一半，程序被 kill -9', () => {
  const system = useSystem({ at: 'now', shipped: false });
  let folder = '';
  let auditor: SignedIn;
  const programs = new Set<ChildProcess>();
  const holders = new Set<pg.Client>();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-export-killed-'));
    await mkdir(join(folder, 'keys'), { mode: 0o700 });
    const key = Buffer.alloc(32, 7).toString('base64');
    await writeFile(join(folder, 'keys', 'trail.key'), `test.example/trail ${key}\n`, { mode: 0o600 });
    const { database, trail, clock } = system();
    auditor = await newcomer(system(), { login: 'shenji1', roles: ['auditor'] });
    await database.transaction((transaction) =>
      trail.append(
        transaction,
        Array.from({ length: entries }, (_, at) => note(no, clock.now(), String(at))),
      ),
    );
  });
  after(async () => {
    for (const program of programs) program.kill('SIGKILL');
    for (const holder of holders) await holder.end();
    await rm(folder, { recursive: true, force: true });
  });

  /** The whole program on the test's database. @returns it, once it serves, and its address */
  async function started() {
    const parameters = [builtProgram(), 'serve', '--port', '0'];
    const settings = { DATABASE_URL: system().database.url, HOTLINE_DATA: folder, HOTLINE_LOG_LEVEL: 'warn' };
    const program = spawn(process.execPath, parameters, {
      env: { ...process.env, ...settings },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    programs.add(program);
    for await (const line of createInterface(program.stdout)) {
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
      if (url !== undefined) return { program, url };
    }
    return expect.fail('the program has ended before it served');
  }
  const killed = async (program: ChildProcess): Promise<void> => {
    const exited = once(program, 'exit');
    program.kill('SIGKILL');
    expect((await exited)[1]).to.equal('SIGKILL');
    programs.delete(program);
  };
  const ask = (url: string, path: string, body?: object): Promise<Response> =>
    fetch(`${url}/api/trail/exports${path}`, {
      headers: { ...auditor.headers, 'content-type': 'application/json', 'idempotency-key': 'one' },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    });
  const read = async (url: string): Promise<Export> => {
    const { items } = (await (await ask(url, '')).json()) as { items: Export[] };
    expect(items).to.have.length(1);
    return items[0] ?? expect.fail();
  };
  const asked = async <Row>(sql: string): Promise<Row[]> =>
    (await system().database.pool.query(sql)).rows as Row[];

  /** Blocks the program that records this progress, until released: it cannot be stopped reliably elsewhere. */
  async function heldAt(
    share: number,
  ): Promise<{ readonly met: () => Promise<void>; readonly letGo: () => Promise<void> }> {
    const holder = new pg.Client({ connectionString: system().database.url });
    await holder.connect();
    holders.add(holder);
    await holder.query(
      `CREATE OR REPLACE FUNCTION hotline.hold_export() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF NEW.done >= ${entries * share} THEN PERFORM pg_advisory_xact_lock(${held}); END IF; RETURN NEW; END $$;
       CREATE OR REPLACE TRIGGER hold_export BEFORE UPDATE OF done ON hotline.trail_export
         FOR EACH ROW EXECUTE FUNCTION hotline.hold_export()`,
    );
    await holder.query('SELECT pg_advisory_lock($1)', [held]);
    return {
      met: async () => {
        const waiting = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = ${held} AND NOT granted`;
        while ((await asked(waiting)).length === 0);
      },
      letGo: async () => {
        holders.delete(holder);
        await holder.end();
      },
    };
  }

  it('由别的程序从头做好，中途没有半份可以下载，导出只记一次，审计包核验成立（第二十二条）', async () => {
    let { program, url } = await started();
    let hold = await heldAt(0.05);
    const ordered = await ask(url, '', { no, format: 'bundle', purpose });
    expect(ordered.status).to.equal(202);
    const { id } = (await ordered.json()) as Export;
    const part = join(folder, 'exports', `${id}.part`);

    for (const next of [0.4, undefined]) {
      await hold.met();
      await killed(program);
      expect(await readdir(join(folder, 'exports'))).to.deep.equal([`${id}.part`]);
      const [half = ''] = await readdir(part);
      expect((await stat(join(part, half))).size).to.be.above(0);
      await hold.letGo();
      if (next !== undefined) hold = await heldAt(next);
      ({ program, url } = await started());
      expect((await ask(url, `/${id}/files/1`)).status).to.equal(404);
    }

    for (let one = await read(url); one.state !== 'ready'; one = await read(url)) {
      expect(one.state).to.be.oneOf(['waiting', 'running']);
      expect(one.files).to.deep.equal([]);
      const response = await ask(url, `/${id}/files/1`);
      // It may just have become ready.
      if (response.status !== 404) expect((await read(url)).state).to.equal('ready');
      await response.arrayBuffer();
    }
    const response = await ask(url, `/${id}/files/1`);
    expect(response.status).to.equal(200);
    const file = join(folder, 'fetched.zip');
    await writeFile(file, Buffer.from(await response.arrayBuffer()));
    const verifier = join(packageRoot, 'verifier', 'verify.mjs');
    const { status, stdout } = spawnSync(process.execPath, [verifier, file], { encoding: 'utf8' });
    expect(stdout).to.include('结论：成立');
    expect(status).to.equal(0);
    expect(await readdir(join(folder, 'exports'))).to.deep.equal([String(id)]);
    await killed(program);

    const recorded = (
      await asked<{ type: string; body: Buffer }>(
        "SELECT type, body FROM hotline.trail_entry WHERE stream = 'exports'",
      )
    ).map(({ type, body }) => ({ type, ...(JSON.parse(body.toString()) as object) }));
    const exported = recorded.filter(({ type }) => type === 'trail.exported');
    expect(exported).to.have.length(1);
    expect(exported[0]).to.include({ case: no, purpose });
    // What was fetched is recorded as well.
    expect(recorded.map(({ type }) => type)).to.include('export.fetched');
    const jobs = `SELECT FROM hotline_jobs._private_jobs j JOIN hotline_jobs._private_tasks t ON t.id = j.task_id
                   WHERE t.identifier = 'trail.export'`;
    expect(await asked(jobs)).to.deep.equal([]);
    await asOwner(system().database.url, 'DROP TRIGGER hold_export ON hotline.trail_export');
    expect((await verifyTrail(system())).findings).to.deep.equal([]);
  }).timeout(180_000);
});
