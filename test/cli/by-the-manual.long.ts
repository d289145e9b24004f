/**
 * An installation by the commands of docs/operations.md is sound, on the embedded PostgreSQL and on
 * the distribution's: two programs work, event triggers exist, both programs restart, a backup is
 * restored, and each verification finds nothing.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';
import {
  areThere,
  blocksOf,
  clients,
  embeddedServer,
  installedPrograms,
  installedServer,
  ownerUrlOf,
  password,
  setUpDatabase,
  type ManualServer,
} from '../support/manual.js';
import { ownersRows } from '../support/owner.js';
import { startServing, type ServingProgram } from '../support/serve-program.js';
import { hotlineWith } from './hotline.js';

interface Kind {
  readonly name: string;
  readonly open: () => Promise<ManualServer>;
  /** True if the available clients can dump it. */
  readonly dumps: boolean;
}

const installed = installedPrograms();
const kinds: readonly Kind[] = [
  { name: '自带的', open: embeddedServer, dumps: false },
  ...(installed === undefined
    ? []
    : [{ name: `发行版的（${installed}）`, open: () => installedServer(installed), dumps: true }]),
];

describe('照运行手册装的数据库，核验没有一处不符', () => {
  it('发行版的 PostgreSQL 装在这台机器上', function () {
    if (installed !== undefined) return;
    console.warn('      跳过：没有 /usr/lib/postgresql（Debian 的 postgresql）');
    this.skip();
  });

  for (const { name, open, dumps } of kinds)
    describe(name, () => {
      let server: ManualServer | undefined;
      let folder = '';
      let programs: readonly ServingProgram[] = [];
      const there = (): ManualServer => server ?? expect.fail('no server');
      const environment = () => ({
        ...process.env,
        HOTLINE_DATA: folder,
        DATABASE_URL: ownerUrlOf(there()),
      });
      const verify = (database?: string) =>
        hotlineWith({ HOTLINE_DATA: folder }, ownerUrlOf(there(), database), 'trail', 'verify');
      const start = async (): Promise<void> => {
        programs = [await startServing(environment()), await startServing(environment())];
      };
      const stop = async (): Promise<void> => {
        await Promise.all(programs.map((program) => program.stop()));
        programs = [];
      };
      const people = new Map<string, string>();

      /** Logs the person in to the program at that URL, and calls it. */
      const ask = async (
        at: number,
        login: string,
        path: string,
        body: object,
        method: 'post' | 'put' = 'post',
      ): Promise<unknown> => {
        const program = programs[at] ?? expect.fail('no program');
        const browser = await program.signIn(login, people.get(login) ?? '');
        const reply = await browser[method](path, body);
        const text = await reply.text();
        expect(reply.status, `${path} ${text}`).to.be.within(200, 299);
        return text === '' ? undefined : JSON.parse(text);
      };
      const engage = async (login: string, unit: string, role: string): Promise<void> => {
        const made = (await ask(0, 'anquan', '/api/persons', { login, name: login, unit })) as {
          password: string;
        };
        people.set(login, made.password);
        const own = '自己的几个不相干的词 lantern';
        await ask(1, login, '/api/account/password', { password: made.password, next: own });
        people.set(login, own);
        await ask(1, 'anquan', `/api/persons/${login}/roles/${role}`, {}, 'put');
      };

      before(async function () {
        this.timeout(240_000);
        if (!areThere(clients)) {
          console.warn(`      跳过：没有 ${clients.join('、')}（PostgreSQL 的客户端程序）`);
          return this.skip();
        }
        folder = await mkdtemp(join(tmpdir(), 'hotline-by-the-manual-'));
        server = await open();
        await setUpDatabase(server);
      });
      after(async () => {
        await stop();
        await server?.stop();
        if (folder !== '') await rm(folder, { recursive: true, force: true });
      });

      it('还是空的，不说成立，也不往里建什么', async () => {
        const { code, out, error } = await verify();
        expect({ code, out }).to.deep.equal({ code: 3, out: '' });
        expect(error).to.include('没有什么可以读的').and.include('没有恢复成');
        const schemas = await ownersRows(
          ownerUrlOf(there()),
          "SELECT FROM pg_namespace WHERE nspname = 'hotline'",
        );
        expect(schemas).to.have.length(0);
      });

      it('刚启动过、还没有人用的，也不说成立', async () => {
        await start();
        const { code, out } = await verify();
        expect({ code }).to.deep.equal({ code: 3 });
        expect(out).to.include('结论：判断不了：没有可以核验的').and.not.include('【');
      });

      it('设置管理员、开帐号，两个程序收件、归类、标记警情；建好事件触发器，重启，再办：成立', async () => {
        const [block = ''] = blocksOf('sql');
        await there().run(
          `cd '${packageRoot}' && HOTLINE_DATA='${folder}' DATABASE_URL='${ownerUrlOf(there())}' node bin/hotline.mjs setup --login anquan --name 安全员 --unit 市热线工作机构`,
          `${password}\n`,
        );
        people.set('anquan', password);
        await engage('jiedian', '市热线工作机构', 'intake');
        const call = { channel: 'phone', kind: 'help', callerName: '来电人甲', callerContact: '13800001234' };
        for (const at of [0, 1, 0]) {
          const water = { ...call, title: '停水', content: '没有水', class: '0101010101' };
          await ask(at, 'jiedian', '/api/work-orders', water);
        }
        await ask(1, 'jiedian', '/api/work-orders', { ...call, title: '起火', content: '隔壁着火了，快来' });
        await there().run('psql --set ON_ERROR_STOP=1 --quiet', block, 'hotline');
        await stop();
        await start();
        await ask(0, 'jiedian', '/api/work-orders', { ...call, title: '又停水', content: '又没有水' });
        const [written] = await ownersRows(
          ownerUrlOf(there()),
          `SELECT (SELECT count(*)::int FROM hotline.sheet_class) AS classes,
                  (SELECT count(*)::int FROM hotline.emergency_mark) AS marks`,
        );
        expect(written).to.deep.equal({ classes: 3, marks: 1 });
        const { code, out } = await verify();
        expect(out).to.include('结论：成立').and.not.include('【');
        expect(code).to.equal(0);
      });

      it('恢复到另一个数据库的一份，成立', async () => {
        await stop();
        const { run } = there();
        if (dumps) {
          await run('createdb restored --owner hotline_owner --encoding UTF8 --template template0');
          await run('pg_dump --format=custom hotline | pg_restore --exit-on-error --dbname restored');
        } else await run('createdb restored --owner hotline_owner --template hotline');
        const { code, out } = await verify('restored');
        expect(out).to.include('结论：成立').and.not.include('【');
        expect(code).to.equal(0);
      });
    });
});
