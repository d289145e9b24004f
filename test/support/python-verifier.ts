/** The verifier in Python (`test/verifier/trail_verifier.py`), which was written from docs/trail-format.md alone. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/kernel/package-root.js';

const program = join(packageRoot, 'test', 'verifier', 'trail_verifier.py');

/** On a developer's machine it may be missing; in continuous integration `.ci/run` installs it. */
export const hasPython = (): boolean =>
  process.env['CI'] !== undefined || spawnSync('python3', ['--version']).status === 0;

interface Asked {
  readonly bytes: Buffer;
  readonly policy?: string | undefined;
}

interface Said {
  readonly state: string;
  /** Sorted. */
  readonly findings: readonly string[];
}

export async function pythonVerdicts(asked: readonly Asked[]): Promise<readonly Said[]> {
  const folder = await mkdtemp(join(tmpdir(), 'hotline-python-'));
  try {
    const list = [];
    for (const [at, { bytes, policy }] of asked.entries()) {
      const bundle = join(folder, `${at}.zip`);
      await writeFile(bundle, bytes);
      if (policy !== undefined) await writeFile(join(folder, `${at}.policy`), policy);
      list.push({ bundle, ...(policy === undefined ? {} : { policy: join(folder, `${at}.policy`) }) });
    }
    await writeFile(join(folder, 'list.json'), JSON.stringify(list));
    return run('list', join(folder, 'list.json'))
      .trimEnd()
      .split('\n')
      .map((line) => {
        const { state, findings } = JSON.parse(line) as { state: string; findings: string[] };
        return { state, findings: findings.sort() };
      });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Faults that Python finds in the vectors of single steps. */
export const pythonOnVectors = (folder: string): readonly string[] =>
  (JSON.parse(run('vectors', folder)) as { wrong: string[] }).wrong;

function run(...parameters: string[]): string {
  const { stdout, stderr, error } = spawnSync('python3', [program, ...parameters], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' },
    maxBuffer: 1 << 26,
  });
  if (error) throw error;
  if (stdout === '') throw new Error(stderr);
  return stdout;
}
