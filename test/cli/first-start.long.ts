/** What `npm start` records in the trail of an empty directory: what has happened, and little else. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { shippedFiles } from '../../src/cases/index.js';
import { startEmbedded } from '../../src/platform/database/embedded/index.js';
import { builtProgram } from '../support/built.js';
import { ownersRows } from '../support/owner.js';

describe('第一次启动', () => {
  let directory = '';
  let program: ChildProcess | undefined;
  before(async () => (directory = await mkdtemp(join(tmpdir(), 'hotline-first-start-'))));
  after(async () => {
    program?.kill('SIGKILL');
    await rm(directory, { recursive: true, force: true });
  });

  it('空目录启动，连示例工单在内：流程图、决策表各一条，另有五条，没有一条说没有发生的事', async () => {
    const { DATABASE_URL: _, ...env } = process.env;
    program = spawn(process.execPath, [builtProgram(), 'serve', '--port', '0'], {
      env: { ...env, HOTLINE_DATA: directory, HOTLINE_LOG: 'text', HOTLINE_LOG_LEVEL: 'info' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    const served = new Promise<void>((resolve, reject) => {
      program?.once('exit', () => reject(new Error(`the program has ended: ${said.join('\n')}`)));
      for (const stream of [program?.stdout, program?.stderr])
        if (stream)
          createInterface(stream).on('line', (line) => {
            said.push(line);
            if (line.includes('http://')) resolve();
          });
    });
    await served;
    const embedded = await startEmbedded({ directory });
    try {
      const settled = `
        SELECT (SELECT count(*) FROM hotline.trail_leaf) = (SELECT count(*) FROM hotline.trail_entry)
           AND NOT EXISTS (SELECT FROM hotline_jobs._private_jobs WHERE run_at <= now()) AS done`;
      while (!(await ownersRows<{ done: boolean }>(embedded.ownerUrl, settled))[0]?.done)
        if (program.exitCode !== null) expect.fail(`the program has ended: ${said.join('\n')}`);
      const rows = await ownersRows<{ entry: string }>(
        embedded.ownerUrl,
        `SELECT CASE WHEN stream IN (SELECT no FROM hotline.work_order) THEN '工单' ELSE stream END || ' ' || type AS entry
           FROM hotline.trail_entry ORDER BY entry`,
      );
      expect(rows.map(({ entry }) => entry)).to.have.members([
        'schema migration.run',
        ...shippedFiles().map(({ key }) => `definition:${key} definition.deployed`),
        'policies policies.shipped',
        'regulation regulation.recorded',
        'accounts samples.added',
        '工单 instance.started',
      ]);
      expect(said.join('\n'))
        .to.include('已载入示例工单一件')
        .and.not.match(/加密|error|出错/);
      const exit = once(program, 'exit');
      program.kill('SIGINT');
      expect(await exit).to.deep.equal([0, null]);
    } finally {
      await embedded.stop();
    }
  });
});
