/**
 * Runs the commands of `docs/reference/examples.md` in an empty folder and compares what they print;
 * `EXAMPLES=write` writes what they print.
 */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';
import { builtProgram } from '../support/built.js';
import { useDatabase } from '../support/database.js';

interface Session {
  readonly command: string;
  readonly printed: string;
}

/** `$ command`, the lines of its here-document up to END, then its output. */
function sessionsOf(block: string): Session[] {
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((text) => {
      const [, command = '', printed = ''] = /^(.*<<'END'\n[\s\S]*?^END\n|.*\n)([\s\S]*)$/m.exec(text) ?? [];
      return { command, printed };
    });
}

const rewriting = process.env['EXAMPLES'] === 'write';

describe('docs/reference/examples.md 里的命令', () => {
  const database = useDatabase();
  const file = join(packageRoot, 'docs', 'reference', 'examples.md');
  const page = readFileSync(file, 'utf8');
  let rewritten = page;
  const blocks = [...page.matchAll(/^```console\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-examples-'));
    await symlink(join(packageRoot, 'processes'), join(folder, 'processes'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  after(() => {
    if (rewriting) writeFileSync(file, rewritten);
  });

  const run = async (command: string): Promise<string> => {
    const program = `'${process.execPath}' '${builtProgram()}'`;
    const { stdout, stderr } = await promisify(execFile)(
      'bash',
      ['-c', command.replace('npx hotline', program)],
      { cwd: folder, env: { ...process.env, DATABASE_URL: database().url, HOTLINE_DEBUG: '' } },
    );
    return stderr + stdout;
  };

  for (const { command, printed } of blocks.flatMap(sessionsOf)) {
    it(`${command.split('\n')[0] ?? ''}：印出的与文中相同`, async () => {
      const now = await run(command);
      rewritten = rewritten.replace(`${command}${printed}`, () => `${command}${now}`);
      if (!rewriting) expect(now).to.equal(printed);
    });
  }

  it('每个命令各有一例', () => {
    for (const verb of ['replay', 'process trace', 'calendar due', 'calendar day', 'calendar check']) {
      expect(page).to.include(`$ npx hotline ${verb}`);
    }
  });
});
