/**
 * The data directory:
 *
 *     <directory>/postgres/cluster/   the PostgreSQL cluster, 0700
 *     <directory>/postgres/password   of its owner, 0600
 *     <directory>/postgres.log        what the server says
 */
import { mkdir, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Refusal } from '../../../kernel/refusal.js';
import type { Binaries } from './binaries.js';

export interface Cluster {
  /** The data directory, absolute, without symbolic links. */
  readonly directory: string;
  readonly path: string;
  readonly log: string;
}

/** The superuser of an embedded cluster, and so the owner of its databases. */
export const ownerName = 'hotline_owner';

/** The refusal of an unusable data directory. */
export function broken(detail: string, remedy: string, cause?: unknown): Refusal {
  return new Refusal('data-directory.broken', detail, { remedy, cause });
}

/** Creates the data directory if it is missing. @throws {Refusal} `data-directory.broken` */
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

/** Whether the data directory is missing or has nothing in it; creates nothing. */
export const isVacant = (directory: string): Promise<boolean> =>
  readdir(resolve(directory)).then(
    (names) => names.length === 0,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );

/**
 * Whether there is a cluster that can be opened.
 *
 * @throws {Refusal} `data-directory.broken` for a folder with other content, a damaged cluster, one of another
 * PostgreSQL version or of another user
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
        `数据目录 ${directory} 由 PostgreSQL ${version} 建立，本程序自带的是 PostgreSQL ${binaries.major}。`,
        `用建立它的旧版程序导出数据，再导入新的数据目录；或者用 HOTLINE_DATA 指定另一个目录。`,
      );
    }
  } catch (cause) {
    throw cause instanceof Refusal ? cause : unusable(directory, cause);
  }
  await refuseOthers(cluster);
  return true;
}

/** Keys may exist first: restored from a backup, or created while the database was another server's. */
function refuseForeign(directory: string, names: readonly string[]): void {
  const foreign = names.filter((name) => !/^(\.|keys$|lost\+found$|postgres\.(log|partial-))/.test(name));
  if (foreign.length === 0) return;
  const what = foreign.includes('PG_VERSION')
    ? '是别的 PostgreSQL 的数据目录'
    : `里有别的文件（${foreign.slice(0, 3).join('、')}${foreign.length > 3 ? ' 等' : ''}），不是本系统的数据目录`;
  throw broken(
    `${directory} ${what}。`,
    '用 HOTLINE_DATA 指定一个空目录（或尚不存在的目录），或者指定原来的数据目录。',
  );
}

async function refuseOthers({ directory, path }: Cluster): Promise<void> {
  const user = process.getuid?.();
  const { uid } = await stat(path);
  if (user === undefined || user === 0 || user === uid) return;
  throw broken(
    `数据目录 ${directory} 属于另一个用户（uid ${uid}），当前用户（uid ${user}）不能使用。`,
    `用原来的用户或 root 启动，或者由管理员执行 chown -R ${user} ${directory}。`,
  );
}

/** The owner's password. @throws {Refusal} `data-directory.broken` if it is missing */
export async function readPassword({ directory }: Cluster): Promise<string> {
  const file = join(directory, 'postgres', 'password');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw broken(
      `数据目录 ${directory} 缺少数据库口令文件 ${file}，或者无权读取。`,
      '从备份恢复这个文件；没有备份时用 HOTLINE_DATA 指定另一个目录重新开始。',
      cause,
    );
  }
}

export function startFailed(cluster: Cluster, what: string, said: string): Refusal {
  return broken(
    `${what}。日志 ${cluster.log} 的最后几行：\n${said}`,
    `按日志排除原因（常见的是磁盘写满、内存不足、文件损坏）后再启动；文件损坏时从备份恢复 ${cluster.directory}。`,
  );
}

/** The file system's errors in words. */
export function unusable(directory: string, cause: unknown): Refusal {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const path = (cause as NodeJS.ErrnoException).path ?? directory;
  const another = '或者用 HOTLINE_DATA 指定另一个目录。';
  switch (code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return broken(`数据目录 ${directory} 不是文件夹，那里是一个文件。`, `把该文件移走，${another}`, cause);
    case 'EACCES':
    case 'EPERM':
      return broken(`当前用户无权读写数据目录里的 ${path}。`, `由管理员改正权限，${another}`, cause);
    case 'EROFS':
      return broken(`数据目录 ${directory} 所在的磁盘是只读的。`, `改为可写，${another}`, cause);
    case 'ENOSPC':
    case 'EDQUOT':
      return broken(`数据目录 ${directory} 所在的磁盘已经写满。`, `腾出空间，${another}`, cause);
    case 'ENOENT':
      return broken(`数据目录 ${directory} 已损坏：缺少 ${path}。`, `从备份恢复该目录，${another}`, cause);
    default:
      return broken(
        `数据目录 ${directory} 不能使用（${code || String(cause)}）。`,
        `检查该目录，${another}`,
        cause,
      );
  }
}
