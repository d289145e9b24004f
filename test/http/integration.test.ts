/** The walk in docs/integration.md, verbatim: every command runs against the real interface. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { Scope } from '../../src/identity/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { useServer } from './serving.js';

const guide = readFileSync(join(packageRoot, 'docs', 'integration.md'), 'utf8');

describe('与其他系统对接', () => {
  const served = useServer();

  it('走一遍：文档里的命令原样执行，结果如文档所说', async () => {
    const { identity } = served().system;
    const system = await identity.systems.add({ name: '市长信箱' }, '测试');
    const held: readonly Scope[] = ['work-orders:accept', 'work-orders:all', 'rules:read'];
    const { secret } = await identity.tokens.issue(system, { scopes: held, days: 30 }, '测试');
    const commands = [...guide.matchAll(/^```bash\n([\s\S]*?)^```$/gm)].map(([, block]) => block);
    expect(commands.length).to.equal(4);
    const folder = await mkdtemp(join(tmpdir(), 'hotline-walk-'));
    try {
      const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', commands.join('\n')], {
        cwd: folder,
        env: { ...process.env, HOTLINE: served().url, TOKEN: secret, no_proxy: '127.0.0.1' },
      });
      expect(stdout.trim().split('\n')).to.deep.equal([
        '已受理：20260302-000001',
        '在办',
        '期限：2026-03-10T00:00:00+08:00',
        '超出令牌的范围',
      ]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
