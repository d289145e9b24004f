import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';
import { builtProgram } from '../support/built.js';
import { useSystem } from '../support/system.js';
import { plainTrails } from '../support/entries.js';

describe('hotline classification import', () => {
  const system = useSystem({ shipped: false });
  let directory = '';

  const imported = async (name: string, ...more: string[]) => {
    const words = ['classification', 'import', join(directory, name), '--title', '测试', ...more];
    const child = spawn(process.execPath, [builtProgram(), ...words], {
      cwd: packageRoot,
      env: { ...process.env, DATABASE_URL: system().database.url },
    });
    const closed = once(child, 'close') as Promise<[number]>;
    const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: (await closed)[0], out, error };
  };
  const version = async () =>
    (await system().database.transaction((transaction) => system().classTrees.current(transaction))).version;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'hotline-classes-'));
    await writeFile(join(directory, 'good.csv'), '一级,二级\n供水,停水\n供水,水质\n');
    await writeFile(join(directory, 'bad.csv'), '编码,名称,上级编码,行业\nA,甲,无,\n');
    await writeFile(join(directory, 'gbk.csv'), Buffer.from([0xd2, 0xbb, 0xbc, 0xb6, 0x0a]));
  });
  after(() => rm(directory, { recursive: true, force: true }));

  it('不加 --apply 只预览；加了才导入，轨迹里写明是谁', async () => {
    const preview = await imported('good.csv');
    expect(preview).to.include({ code: 0, error: '' });
    expect(preview.out)
      .to.include('末级 2 个')
      .and.to.include('新增 供水/停水 供水 / 停水')
      .and.to.include('这是预览');
    expect(await version()).to.equal(0);
    const applied = await imported('good.csv', '--apply', '--actor', '管理员甲', '--json');
    expect(JSON.parse(applied.out)).to.include({ version: 1, applied: true, leaves: 2 });
    expect(await version()).to.equal(1);
    const { database, trail } = system();
    const entries = await database.transaction((transaction) =>
      plainTrails(trail, transaction, ['classification']),
    );
    expect(entries.get('classification')?.[0]?.body).to.include({ actor: '管理员甲', version: 1 });
  });

  it('坏的文件说出是哪一行、怎么办，没有变动', async () => {
    for (const [name, sentence] of [
      ['bad.csv', '第 2 行：没有编码为“无”的上级'],
      ['gbk.csv', '不是 UTF-8'],
      ['none.csv', '读不了文件'],
      ['good.csv', '相同'],
    ] as const) {
      const { code, error } = await imported(name, '--apply');
      expect(code, name).to.equal(1);
      expect(error)
        .to.include(sentence)
        .and.to.include('办法：')
        .and.not.to.match(/\n\s+at /);
    }
    expect(await version()).to.equal(1);
  });
});
