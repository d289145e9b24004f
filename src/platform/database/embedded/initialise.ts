import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../../kernel/refusal.js';
import type { Binaries } from './binaries.js';
import { type Cluster, ownerName, startFailed, unusable } from './cluster.js';
import { openLog } from './server-log.js';
import type { ServerUser } from './server-user.js';
import { processExists } from './server.js';

/** Creates the cluster, complete or not at all: built beside its place, then renamed. A race's loser uses it. */
export async function initialise(
  cluster: Cluster,
  binaries: Binaries,
  user: ServerUser,
  { durable }: { durable: boolean },
): Promise<void> {
  const partial = join(
    cluster.directory,
    `postgres.partial-${process.pid}-${randomBytes(4).toString('hex')}`,
  );
  try {
    await removeAbandoned(cluster.directory);
    await mkdir(partial, { mode: 0o700 });
    const password = join(partial, 'password');
    await writeFile(password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
    await user.own(partial);
    await runInitdb(cluster, binaries, user, [
      `--pgdata=${join(partial, 'cluster')}`,
      `--username=${ownerName}`,
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Sorting and upper case must be the same on every machine, whatever its locales.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(durable ? [] : ['--no-sync']),
    ]);
    await rename(partial, join(cluster.directory, 'postgres')).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } catch (cause) {
    throw cause instanceof Refusal ? cause : unusable(cluster.directory, cause);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** pg_trgm uses LC_CTYPE to decide what a letter is; under `C` it would drop every Chinese character. */
const characterTypes = ['C.UTF-8', 'en_US.UTF-8', 'C'];

async function runInitdb(
  cluster: Cluster,
  binaries: Binaries,
  user: ServerUser,
  parameters: readonly string[],
): Promise<void> {
  for (const type of characterTypes) {
    const output = await openLog(cluster, user);
    try {
      const child = user.spawn(
        binaries.initdb,
        [...parameters, `--lc-ctype=${type}`],
        ['ignore', output.handle.fd, output.handle.fd],
      );
      const code = await new Promise<number | null>((done, fail) => {
        child.once('error', fail);
        child.once('exit', done);
      });
      if (code === 0) return;
    } finally {
      await output.handle.close();
    }
    const said = await output.tail();
    if (!said.includes('locale')) throw startFailed(cluster, '数据库初始化失败', said);
  }
}

/** Leftovers of programs killed while creating a cluster. */
async function removeAbandoned(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const pid = /^postgres\.partial-(\d+)-/.exec(name)?.[1];
    if (pid && !processExists(Number(pid))) await rm(join(directory, name), { recursive: true, force: true });
  }
}
