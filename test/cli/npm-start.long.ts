/** A service manager or a script sends a signal to npm's own process: the server stops with it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';
import { useDatabase } from '../support/database.js';
import { requireBuilt } from '../support/built.js';

/** Milliseconds; on a busy machine a server takes seconds to end. */
const patience = 40_000;

describe('npm start', () => {
  const database = useDatabase();
  let data = '';
  before(async () => {
    requireBuilt('program');
    data = await mkdtemp(join(tmpdir(), 'hotline-npm-start-'));
  });
  after(() => rm(data, { recursive: true, force: true }));

  const cases: [what: string, signal: 'SIGINT' | 'SIGTERM', toAll: boolean][] = [
    ['SIGINT 只发给 npm 的进程', 'SIGINT', false],
    ['SIGTERM 只发给 npm 的进程', 'SIGTERM', false],
    ['终端的 Ctrl-C（两个进程都收到，npm 再转一次）', 'SIGINT', true],
  ];
  for (const [what, signal, toAll] of cases) {
    it(`${what}：服务停止，不留下进程`, async () => {
      const npm = spawn('npm', ['start'], {
        cwd: packageRoot,
        env: { ...process.env, DATABASE_URL: database().url, HOTLINE_DATA: data, HOTLINE_PORT: '0' },
        // A process group of its own, so that nothing is left if the test fails.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const pid = npm.pid ?? expect.fail('npm has not started');
      try {
        // The output closes when the last process that holds it has ended.
        const ended = once(npm, 'close');
        let output = '';
        await new Promise<void>((resolve) => {
          for (const stream of [npm.stdout, npm.stderr]) {
            stream.on('data', (chunk: Buffer) => {
              output += chunk.toString();
              if (output.includes('已启动')) resolve();
            });
          }
          void ended.then(() => resolve());
        });
        const [, url = ''] = /已启动：(http:\S+?:\d+)/.exec(output) ?? expect.fail(output);
        process.kill(toAll ? -pid : pid, signal);
        const goesOn = once(AbortSignal.timeout(patience), 'abort').then(async () => {
          const { status } = await fetch(`${url}/healthz`);
          expect.fail(`${patience / 1000} 秒以后服务还在：/healthz 答 ${status}`);
        });
        await Promise.race([ended, goesOn]);
        expect(output).to.include('已停止');
      } finally {
        try {
          process.kill(-pid, 'SIGKILL');
        } catch {
          // No process is left.
        }
      }
    });
  }
});
