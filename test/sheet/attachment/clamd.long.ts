/** The real clamd with one test signature: clean files pass, infected ones are refused. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { scannerAt } from '../../../src/sheet/attachment/index.js';
import { silentLog } from '../../../src/kernel/index.js';

describe('病毒扫描：真的 clamd', () => {
  const bad = Buffer.from('made up for this test: taken for a virus by our own signature');
  let folder = '';
  let clamd: ChildProcess | undefined;
  before(async function () {
    if (spawnSync('clamd', ['--version']).error) {
      console.log('      没有 clamd，跳过');
      return this.skip();
    }
    folder = await mkdtemp(join(tmpdir(), 'hotline-clamd-'));
    const md5 = createHash('md5').update(bad).digest('hex');
    await writeFile(join(folder, 'own.hdb'), `${md5}:${bad.length}:Own.Test\n`);
    await writeFile(
      join(folder, 'clamd.conf'),
      [
        `DatabaseDirectory ${folder}`,
        `LocalSocket ${join(folder, 'clamd.ctl')}`,
        'Foreground yes',
        'StreamMaxLength 1M',
        'LogVerbose yes',
      ].join('\n'),
    );
    const started = spawn('clamd', ['--config-file', join(folder, 'clamd.conf')], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    clamd = started;
    let said = '';
    for await (const line of createInterface(started.stdout)) {
      said += `${line}\n`;
      if (/Self checking|Listening daemon|No stats/.test(line)) return;
    }
    throw new Error(`clamd did not start:\n${said}`);
  });
  after(async () => {
    clamd?.kill('SIGKILL');
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  const outcome = (content: Buffer): Promise<string> => {
    const scanner = scannerAt(join(folder, 'clamd.ctl'), silentLog);
    if (!scanner) throw new Error('an address was given');
    const source = async function* (): AsyncGenerator<Buffer> {
      for (let at = 0; at < content.length; at += 65_536)
        yield await Promise.resolve(content.subarray(at, at + 65_536));
    };
    return scanner.scan(source()).then(
      () => 'clean',
      (error: { code: string; message: string }) => `${error.code} ${error.message}`,
    );
  };

  it('干净的收；认得的不收，说出名称；比 StreamMaxLength 大的没有结论，不收', async () => {
    expect(await outcome(Buffer.from('a letter'))).to.equal('clean');
    expect(await outcome(bad))
      .to.include('attachment.infected')
      .and.include('Own.Test');
    expect(await outcome(Buffer.alloc(3_000_000, 1))).to.include('attachment.unscanned');
    expect(await outcome(Buffer.alloc(900_000, 1))).to.equal('clean');
  });
});
