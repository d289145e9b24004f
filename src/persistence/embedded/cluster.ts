/**
 * The data directory:
 *
 *     <directory>/postgres/cluster/   the PostgreSQL cluster, 0700
 *     <directory>/postgres/password   of its owner, 0600
 *     <directory>/postgres.log        what the server says
 */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Refusal } from '../../kernel/refusal.js';
import type { Binaries } from './binaries.js';
import type { ServerUser } from './server-user.js';

export interface Cluster {
  /** The data directory, absolute and without symbolic links. */
  readonly directory: string;
  readonly path: string;
  readonly log: string;
}

/** The superuser of an embedded cluster, and thereby the owner of its databases. */
export const ownerName = 'hotline_owner';

/** The refusal of a data directory that cannot be used. */
export function broken(detail: string, remedy: string, cause?: unknown): Refusal {
  return new Refusal('data-directory.broken', detail, { remedy, cause });
}

/** Makes the data directory where it is missing. @throws {Refusal} `data-directory.broken` */
export async function locate(directory: string): Promise<Cluster> {
  const wanted = resolve(directory);
  try {
    await mkdir(wanted, { recursive: true, mode: 0o755 });
    const found = await realpath(wanted);
    return {
      directory: found,
      path: join(found, 'postgres', 'cluster'),
      log: join(found, 'postgres.log'),
    };
  } catch (cause) {
    throw unusable(wanted, cause);
  }
}

/**
 * Whether there is a cluster already.
 *
 * @throws {Refusal} `data-directory.broken` for a folder that holds something else, a damaged cluster, one of
 * another PostgreSQL version or of another user
 */
export async function exists(cluster: Cluster, binaries: Binaries): Promise<boolean> {
  const { directory, path } = cluster;
  try {
    const names = await readdir(directory);
    if (!names.includes('postgres')) {
      refuseForeign(directory, names);
      return false;
    }
    const version = (await readFile(join(path, 'PG_VERSION'), 'utf8')).trim();
    await stat(join(path, 'global', 'pg_control'));
    if (version !== binaries.major) {
      throw broken(
        `数据目录 ${directory} 由 PostgreSQL ${version} 建立,本程序自带的是 PostgreSQL ${binaries.major}。`,
        `用建立它的旧版程序导出数据,再导入新的数据目录;或者用 HOTLINE_DATA 指定另一个目录。`,
      );
    }
  } catch (cause) {
    throw cause instanceof Refusal ? cause : unusable(directory, cause);
  }
  await refuseOthers(cluster);
  return true;
}

function refuseForeign(directory: string, names: readonly string[]): void {
  const foreign = names.filter((name) => !/^(\.|lost\+found$|postgres\.(log|partial-))/.test(name));
  if (foreign.length === 0) return;
  const what = foreign.includes('PG_VERSION')
    ? '是别的 PostgreSQL 的数据目录'
    : `里有别的文件(${foreign.slice(0, 3).join('、')}${foreign.length > 3 ? ' 等' : ''}),不是本系统的数据目录`;
  throw broken(
    `${directory} ${what}。`,
    '用 HOTLINE_DATA 指定一个空目录(或尚不存在的目录),或者指定原来的数据目录。',
  );
}

async function refuseOthers({ directory, path }: Cluster): Promise<void> {
  const user = process.getuid?.();
  const { uid } = await stat(path);
  if (user === undefined || user === 0 || user === uid) return;
  throw broken(
    `数据目录 ${directory} 属于另一个用户(uid ${uid}),当前用户(uid ${user})不能使用。`,
    `用原来的用户或 root 启动,或者由管理员执行 chown -R ${user} ${directory}。`,
  );
}

/**
 * Makes the cluster, complete or not at all: it grows beside its place and is moved there when it is ready.
 * Who loses a race for the place uses the winner's.
 */
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
      // Sorting and upper case must be the same on every machine, whatever locales it has.
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

/** pg_trgm asks the C library's LC_CTYPE what a letter is; under `C` it would drop every Chinese character. */
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

/** Leftovers of programs that were killed while they made a cluster. */
async function removeAbandoned(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const pid = /^postgres\.partial-(\d+)-/.exec(name)?.[1];
    if (pid && !isThere(Number(pid))) await rm(join(directory, name), { recursive: true, force: true });
  }
}

/** Whether a process of this number runs, whoever it belongs to. */
export function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The owner's password. @throws {Refusal} `data-directory.broken` where it is gone */
export async function readPassword({ directory }: Cluster): Promise<string> {
  const file = join(directory, 'postgres', 'password');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw broken(
      `数据目录 ${directory} 缺少数据库口令文件 ${file},或者无权读取。`,
      '从备份恢复这个文件;没有备份时用 HOTLINE_DATA 指定另一个目录重新开始。',
      cause,
    );
  }
}

const largestLog = 16 * 1024 * 1024;

/** Opens the server's log to append to it; `tail` gives what was written since. */
export async function openLog(cluster: Cluster, user: ServerUser) {
  const before = await stat(cluster.log).catch(() => undefined);
  if (before && before.size > largestLog) await rename(cluster.log, `${cluster.log}.1`);
  const handle = await open(cluster.log, 'a', 0o600);
  await user.own(cluster.log);
  const from = (await handle.stat()).size;
  const tail = async (): Promise<string> => {
    const lines = (await readFile(cluster.log)).subarray(from).toString('utf8').trim().split('\n');
    const telling = lines.filter((line) => /FATAL|PANIC|ERROR|HINT|DETAIL|error:/.test(line));
    return (telling.length > 0 ? telling : lines).slice(-5).join('\n');
  };
  return { handle, tail };
}

export function startFailed(cluster: Cluster, what: string, said: string): Refusal {
  return broken(
    `${what}。日志 ${cluster.log} 的最后几行:\n${said}`,
    `按日志排除原因(常见的是磁盘写满、内存不足、文件损坏)后再启动;文件损坏时从备份恢复 ${cluster.directory}。`,
  );
}

function unusable(directory: string, cause: unknown): Refusal {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const path = (cause as NodeJS.ErrnoException).path ?? directory;
  const another = '或者用 HOTLINE_DATA 指定另一个目录。';
  switch (code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return broken(`数据目录 ${directory} 不是文件夹,那里是一个文件。`, `把该文件移走,${another}`, cause);
    case 'EACCES':
    case 'EPERM':
      return broken(`当前用户无权读写数据目录里的 ${path}。`, `由管理员改正权限,${another}`, cause);
    case 'EROFS':
      return broken(`数据目录 ${directory} 所在的磁盘是只读的。`, `改为可写,${another}`, cause);
    case 'ENOSPC':
    case 'EDQUOT':
      return broken(`数据目录 ${directory} 所在的磁盘已经写满。`, `腾出空间,${another}`, cause);
    case 'ENOENT':
      return broken(`数据目录 ${directory} 已损坏:缺少 ${path}。`, `从备份恢复该目录,${another}`, cause);
    default:
      return broken(
        `数据目录 ${directory} 不能使用(${code || String(cause)})。`,
        `检查该目录,${another}`,
        cause,
      );
  }
}
