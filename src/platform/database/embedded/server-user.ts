/**
 * The user of the server's processes. PostgreSQL refuses to run as root; started as root, we use another existing user,
 * without creating one or widening anybody's permissions.
 */
import { type ChildProcess, execFile, spawn, type StdioOptions } from 'node:child_process';
import { chown, lstat, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Refusal } from '../../../kernel/refusal.js';
import type { Binaries } from './binaries.js';

export interface ServerUser {
  /** Starts a program in a session of its own, out of reach of the terminal's Ctrl-C. */
  spawn(program: string, parameters: readonly string[], stdio: StdioOptions): ChildProcess;
  /** Gives a file or a folder with its content to the server's user, if it is another. */
  own(path: string): Promise<void>;
}

interface Ids {
  readonly uid: number;
  readonly gid: number;
}

const environment = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/**
 * @param cluster the cluster's folder; if it exists, its owner runs the server
 * @param directory existing folder that holds or will hold the cluster
 * @throws {Refusal} `data-directory.broken` if root may not change the user, or another user cannot reach the folders
 */
export async function serverUser(
  binaries: Binaries,
  directory: string,
  cluster: string,
): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return runAs(undefined, []);
  const owner = await stat(cluster).catch(() => undefined);
  const ids = owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : await lendableUser();
  const plain = runAs(ids, []);
  if ((await reachable(needed(binaries), directory, ids)) && (await works(plain, binaries))) return plain;
  // The one capability needed to pass root's own folders (mode 0700), and no other.
  const capable = runAs(
    undefined,
    [
      'setpriv',
      `--reuid=${ids.uid}`,
      `--regid=${ids.gid}`,
      '--clear-groups',
      '--inh-caps=+dac_override',
      '--ambient-caps=+dac_override',
      // access(2), by which initdb looks for its sister program, would drop the capability again.
      '--securebits=+no_setuid_fixup',
      '--',
    ],
    ids,
  );
  if (await works(capable, binaries)) return capable;
  throw new Refusal(
    'data-directory.broken',
    `以 root 启动时数据库改用 uid ${ids.uid} 运行，但该用户进不了 ${directory} 或 ${binaries.root}。`,
    {
      remedy: '改用普通用户启动；或者把程序和数据目录（HOTLINE_DATA）放到所有用户都能进入的目录，例如 /srv。',
    },
  );
}

function runAs(ids: Ids | undefined, prefix: readonly string[], owner: Ids | undefined = ids): ServerUser {
  return {
    spawn(program, parameters, stdio) {
      const [command = program, ...rest] = [...prefix, program, ...parameters];
      return spawn(command, rest, { ...ids, cwd: '/', detached: true, env: environment, stdio });
    },
    async own(path) {
      // Content of the server user's folder already belongs to that user, and may change concurrently.
      if (owner && (await lstat(path)).uid !== owner.uid) await ownAll(path, owner);
    },
  };
}

async function ownAll(path: string, ids: Ids): Promise<void> {
  const found = await lstat(path);
  if (found.isSymbolicLink()) return;
  await chown(path, ids.uid, ids.gid);
  if (found.isDirectory()) for (const name of await readdir(path)) await ownAll(join(path, name), ids);
}

/** `postgres` if the distribution has created it, else `nobody`. Found with `id`, so that LDAP users count, too. */
async function lendableUser(): Promise<Ids> {
  for (const name of ['postgres', 'nobody']) {
    const ids = await Promise.all(['-u', '-g'].map((what) => promisify(execFile)('id', [what, name]))).catch(
      () => undefined,
    );
    const [uid, gid] = ids?.map(({ stdout }) => Number(stdout)) ?? [];
    if (uid !== undefined && gid !== undefined && uid > 0) return { uid, gid };
  }
  return { uid: 65534, gid: 65534 };
}

/** One file of each kind that the server reads; an installation under umask 077 restricts them all alike. */
function needed({ initdb, postgres, root }: Binaries): string[] {
  const library = join(
    root,
    'lib',
    'postgresql',
    `plpgsql.${process.platform === 'darwin' ? 'dylib' : 'so'}`,
  );
  return [initdb, postgres, library, join(root, 'share', 'postgresql', 'postgres.bki')];
}

async function reachable(files: readonly string[], directory: string, ids: Ids): Promise<boolean> {
  const folders = new Set([directory, ...[...files, directory].flatMap(ancestors)]);
  for (const file of files) if (!(await allows(file, ids, 4))) return false;
  for (const folder of folders) if (!(await allows(folder, ids, 1))) return false;
  return true;
}

function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [parent, ...ancestors(parent)];
}

/** Whether the mode bits grant `ids` the right (4 read, 1 enter). For root, access(2) would always succeed. */
async function allows(path: string, ids: Ids, right: number): Promise<boolean> {
  const { uid, gid, mode } = await stat(path);
  const shift = uid === ids.uid ? 6 : gid === ids.gid ? 3 : 0;
  return ((mode >> shift) & right) === right;
}

function works(user: ServerUser, { postgres }: Binaries): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const child = user.spawn(postgres, ['--version'], 'ignore');
      child.once('error', () => resolve(false));
      child.once('exit', (code) => resolve(code === 0));
    } catch {
      resolve(false);
    }
  });
}
