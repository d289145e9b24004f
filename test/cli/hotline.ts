/** The real command on a test's database. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { packageRoot } from '../../src/kernel/package-root.js';
import { builtProgram } from '../support/built.js';

/** Directory of its keys: not the project's own `.data`, where a program start would find them. */
const data = mkdtempSync(join(tmpdir(), 'hotline-cli-'));
process.once('exit', () => rmSync(data, { recursive: true, force: true }));

export const hotline = (url: string, ...words: string[]) => hotlineWith({}, url, ...words);

/** Like `hotline`, with additional environment variables. */
export async function hotlineWith(env: Readonly<Record<string, string>>, url: string, ...words: string[]) {
  const child = spawn(process.execPath, [builtProgram(), ...words], {
    cwd: packageRoot,
    env: { ...process.env, HOTLINE_DATA: data, ...env, DATABASE_URL: url },
  });
  const closed = once(child, 'close') as Promise<[number]>;
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: (await closed)[0], out, error };
}
