/**
 * Mocha loads this file first (.mocharc.json). A run has one temporary folder for all tests, and
 * one PostgreSQL; both are removed at its end, also after Ctrl-C, and the next run removes
 * leftovers of a killed one.
 */
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { endServer } from '../../src/platform/database/embedded/server.js';
import { systemClock } from '../../src/kernel/clock.js';

const endings: (() => Promise<void>)[] = [];
let ended: Promise<void> | undefined;

/** Registers what must be ended after the last test, the latest first. */
export function atEnd(end: () => Promise<void>): void {
  endings.unshift(end);
}

export async function mochaGlobalSetup(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void mochaGlobalTeardown().finally(() => process.exit(130)));
  }
  const parent = tmpdir();
  for (const name of await readdir(parent)) {
    if (isAbandoned(name)) await clear(join(parent, name)).catch(ignoreForeign);
  }
  const folder = await mkdtemp(join(parent, `${folderPrefix}${process.pid}-`));
  // Tests also run programs as another user.
  await chmod(folder, 0o1777);
  process.env['TMPDIR'] = folder;
  atEnd(() => clear(folder));
  if (!process.argv.includes('--parallel')) return;
  const { testServer } = await import('./test-server.js');
  await testServer();
}

export function mochaGlobalTeardown(): Promise<void> {
  return (ended ??= (async () => {
    for (const end of endings) await end();
  })());
}

const folderPrefix = 'hotline-test-';

/** Whether the run that made it is over: the name holds its process number. */
export function isAbandoned(name: string): boolean {
  const pid = /^(?:hotline-test-|hotline_test_[0-9a-f]{8}_)(\d+)/.exec(name)?.[1];
  if (!pid) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/**
 * Ends the PostgreSQL servers with clusters in the folder, and removes it. Another run may be doing
 * the same, so missing files are no error.
 */
export async function clear(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true }).catch(nothingThere([]))) {
    if (!name.endsWith('postmaster.pid')) continue;
    const path = join(folder, dirname(name));
    const pid = Number.parseInt(await readFile(join(folder, name), 'utf8').catch(nothingThere('')), 10);
    if (!Number.isNaN(pid)) await endServer({ pid }, { path }, systemClock);
  }
  await rm(folder, { recursive: true, force: true });
}

const nothingThere =
  <Value>(instead: Value) =>
  (error: NodeJS.ErrnoException): Value => {
    if (error.code === 'ENOENT') return instead;
    throw error;
  };

/** A folder of another user stays. */
function ignoreForeign(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EACCES' && error.code !== 'EPERM') throw error;
}
