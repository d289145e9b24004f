/** `hotline package check --live`: what the check cannot see, the running city shows; nothing of it remains. */
import { once } from 'node:events';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { builtProgram } from '../support/built.js';
import { copyOfPackage } from '../support/city-package.js';

describe('hotline package check --live', () => {
  let temporary = '';
  beforeEach(() => (temporary = mkdtempSync(join(tmpdir(), 'live-'))));
  afterEach(() => rmSync(temporary, { recursive: true, force: true }));

  const begun = (...words: string[]): ChildProcess =>
    spawn(process.execPath, [builtProgram(), 'package', 'check', ...words, '--live'], {
      env: { ...process.env, TMPDIR: temporary, DATABASE_URL: '', HOTLINE_PORT: 'no port' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  async function ran(...words: string[]): Promise<{ readonly code: number | null; readonly said: string }> {
    const child = begun(...words);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (said += String(text)));
    const [code] = (await once(child, 'close')) as [number | null];
    expect(readdirSync(temporary), said).to.deep.equal([]);
    return { code, said };
  }

  it('随附的条例包：每种处理方式登记一件，都办到办结，什么也没有留下', async () => {
    const { code, said } = await ran();
    expect(said.match(/^. 试办.*$/gm)).to.deep.equal([
      '✓ 试办 当场答复（on-the-spot）：办结于“受理完毕”',
      '✓ 试办 转承办单位（dispatch）：办结于“归档”',
      '✓ 试办 告知原途径（original-channel）：办结于“受理完毕”',
      '✓ 试办 已即时转紧急服务热线（emergency）：办结于“受理完毕”',
      '✓ 试办 不予受理（not-accepted）：办结于“受理完毕”',
    ]);
    expect(code).to.equal(0);
  }).timeout(300_000);

  it('核对看不出的毛病：说停在哪一项、依哪一条拒绝，退出码 1；别的照样办结', async () => {
    const city = copyOfPackage();
    try {
      const rule = '<duty:rule holds="= confidential = true" says="要点没有写明" provision="art24.p1"/>';
      // The scenarios would say it, too.
      rmSync(join(city.folder, 'processes/scenarios'), { recursive: true });
      mkdirSync(join(city.folder, 'processes/scenarios/preludes'), { recursive: true });
      city.change('processes/handling.bpmn', (xml) =>
        xml.replace(/(id="Task_ReplyCaller"[^]*?)<\/duty:form>/, `$1${rule}</duty:form>`),
      );
      const { code, said } = await ran(city.folder);
      const [answered = '', dispatched = ''] = said.match(/^. 试办.*$/gm) ?? [];
      expect(answered, said).to.include('✓ 试办 当场答复（on-the-spot）');
      expect(dispatched, said).to.match(
        /^✗ 试办 转承办单位（dispatch）：停在“回复来电人”（processes\/handling\.bpmn Task_ReplyCaller）：.*要点没有写明.*（第二十四条第一款）/,
      );
      expect(code).to.equal(1);
    } finally {
      city.leave();
    }
  }).timeout(300_000);

  it('中途按 Ctrl-C：都停下来，什么也没有留下', async () => {
    const child = begun();
    const ended = once(child, 'close');
    while (readdirSync(temporary).length === 0 && child.exitCode === null)
      await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGINT');
    const [code] = (await ended) as [number | null];
    expect(code).to.equal(1);
    expect(readdirSync(temporary)).to.deep.equal([]);
  }).timeout(300_000);
});
