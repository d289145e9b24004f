/**
 * A trial by the real program on a database of its own: sample accounts end with the first real
 * person, and are never reachable from other machines.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';
import { builtProgram } from '../support/built.js';
import { useSystem } from '../support/system.js';
import { startServing } from '../support/serve-program.js';

describe('试用', () => {
  let data = '';
  before(async () => (data = await mkdtemp(join(tmpdir(), 'hotline-trial-'))));
  after(() => rm(data, { recursive: true, force: true }));
  const env = (): NodeJS.ProcessEnv => {
    const { DATABASE_URL: _, ...rest } = process.env;
    return { ...rest, HOTLINE_DATA: data };
  };
  /** @returns the output of a program that refused to start, or finished */
  async function run(words: readonly string[], typed = '') {
    const child = spawn(process.execPath, [builtProgram(), ...words], { cwd: packageRoot, env: env() });
    child.stdin.end(typed);
    const [out, error, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | null>((resolve) => child.once('exit', resolve)),
    ]);
    return { code, out, error };
  }
  const outside = ['serve', '--host', '0.0.0.0', '--port', '0'];

  it('开了一个帐号：示例帐号登录不了，别的地址不服务，代理也不行；hotline setup 之后都可以', async () => {
    const first = await startServing(env());
    const xitong = await first.signIn('xitong', first.samples.get('xitong') ?? '');
    const added = await xitong.post('/api/persons', { login: 'zhangsan', name: '张三', unit: '市水务局' });
    expect(added.status).to.equal(201);
    const { password } = (await added.json()) as { password: string };
    expect(
      (await xitong.post('/api/persons', { login: 'lisi', name: '李四', unit: '市水务局' })).status,
    ).to.equal(401);
    for (const [login, its] of first.samples)
      expect((await first.signIn(login, its)).status, login).to.equal(401);
    expect((await first.signIn('zhangsan', password)).status).to.equal(200);
    await first.stop();

    const refused = await run(outside);
    expect(refused.code).to.equal(2);
    expect(refused.error)
      .to.include('尚未设置管理员，不能在“0.0.0.0”上服务')
      .and.include('npx hotline setup');
    const second = await startServing(env());
    expect([...second.samples]).to.deep.equal([]);
    expect(second.output()).to.include('试用已经结束，示例帐号都已停用：先执行 npx hotline setup');
    await second.stop();

    const words = ['setup', '--login', 'wangwu', '--name', '王五', '--unit', '市热线工作机构'];
    const done = await run(words, '几个不相干的词 lantern\n');
    expect(done).to.include({ code: 0, error: '' });
    const third = await startServing(env(), '--host', '0.0.0.0');
    expect((await third.signIn('zhangsan', password)).status).to.equal(200);
    expect((await third.signIn('wangwu', '几个不相干的词 lantern')).status).to.equal(200);
    await third.stop();
  }).timeout(300_000);

  describe('示例帐号到了别的数据库', () => {
    const system = useSystem();

    it('启动时即停用，不载入示例工单；设置管理员以前不在别的地址、也不经代理服务', async () => {
      const { identity, database } = system();
      await identity.setup.samplePeople();
      const elsewhere = { ...env(), DATABASE_URL: database.url };
      const served = await startServing(elsewhere);
      expect(served.output()).to.include('试用已经结束，示例帐号都已停用').and.not.include('示例工单');
      const open = (await identity.people.list()).filter(({ closedAt }) => closedAt === null);
      expect(open).to.deep.equal([]);
      await served.stop();
      const refused = await startServing({ ...elsewhere, HOTLINE_TRUST_PROXY: '10.0.0.1' }).catch(String);
      expect(refused).to.include('尚未设置管理员，不能在代理上服务');
    }).timeout(300_000);
  });
});
