import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before } from 'mocha';
import { packageRoot } from '../../src/kernel/package-root.js';
import { useDatabase } from '../support/database.js';
import { hotlineWith } from './hotline.js';

describe('hotline trail log、rotate-key', () => {
  const database = useDatabase();
  let folder = '';
  const hotline = (...words: string[]) =>
    hotlineWith(
      {
        HOTLINE_LOG_SM2: 'on',
        HOTLINE_LOG_KEY_FILE: join(folder, 'trail.key'),
        HOTLINE_LOG_SM2_KEY_FILE: join(folder, 'trail-sm2.key'),
      },
      database().url,
      ...words,
    );
  const who = ['--requester', '审计员甲', '--purpose', '年度审计'];
  const verified = (...parameters: string[]) =>
    spawnSync(process.execPath, [join(packageRoot, 'verifier', 'verify.mjs'), ...parameters], {
      encoding: 'utf8',
    });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-trail-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('写出全库，两棵树都核得过；两把密钥先后更换，只存旧公钥的照样核得过', async () => {
    const first = join(folder, 'first');
    const told = await hotline('trail', 'log', '--out', first, ...who);
    expect(told).to.include({ code: 0, error: '' });
    expect(told.out)
      .to.match(/^全库 \d+ 条已写到 /)
      .and.include('verify.mjs log');
    const old = await readFile(join(first, 'policy'), 'utf8');
    expect(old.match(/^log /gm)).to.have.length(2);
    for (const sm2 of [[], ['--sm2']]) {
      const rotated = await hotline('trail', 'rotate-key', ...sm2);
      expect(rotated).to.include({ code: 0, error: '' });
      expect(rotated.out).to.match(/^已换为 \S+\n旧密钥改名为 /);
    }
    expect((await readdir(folder)).filter((name) => name.startsWith('trail'))).to.have.length(4);
    const second = join(folder, 'second');
    await hotline('trail', 'log', '--out', second, ...who);
    const policy = join(folder, 'policy');
    await writeFile(policy, old);
    const verdict = verified('log', second, '--policy', policy);
    expect(verdict).to.include({ status: 0, stderr: '' });
    expect(verdict.stdout).to.include('结论：成立').and.include('国密：SM2 签名');
    const notes = [first, second].map((place) => join(place, 'checkpoint'));
    expect(verified('compare', ...notes, '--policy', policy)).to.include({ status: 0 });
  });

  it('hotline trail verify --note 几个留存的检查点：都比对；不是检查点的、读不了的说明是哪一个', async () => {
    const notes = ['first', 'second'].map((place) => join(folder, place, 'checkpoint'));
    const told = await hotline('trail', 'verify', '--note', ...notes);
    expect(told).to.include({ code: 0, error: '' });
    const size = async (file = '') => Number((await readFile(file, 'utf8')).split('\n')[1]);
    for (const note of notes) expect(told.out).to.include(`${await size(note)}`);
    const later = join(folder, 'later');
    const [, second = ''] = notes;
    await writeFile(
      later,
      (await readFile(second, 'utf8')).replace(`\n${await size(second)}\n`, '\n999999\n'),
    );
    const cut = await hotline('trail', 'verify', '--note', second, '--note', later);
    expect(cut).to.include({ code: 1, error: '' });
    expect(cut.out).to.include('结论：不成立');
    const missing = await hotline('trail', 'verify', '--note', second, join(folder, '没有'));
    // Items that could not be checked are not called false.
    expect(missing).to.include({ code: 3, out: '' });
    expect(missing.error).to.include('没有 读不了');
  });

  it('没写谁要的、作什么用，或者写到有东西的文件夹：用中文说明白', async () => {
    expect((await hotline('trail', 'log', '--out', join(folder, 'x'))).error).to.include('--requester');
    const full = await hotline('trail', 'log', '--out', folder, ...who);
    expect(full).to.include({ code: 1 });
    expect(full.error).to.include('不是空的').and.not.include('    at ');
  });

  it('hotline retention show 列出导出的文件怎样清除', async () => {
    const { out, code } = await hotline('retention', 'show');
    expect(code).to.equal(0);
    expect(out).to.include('导出的轨迹文件：做好后留七天').and.include('现有 0 份');
  });
});
