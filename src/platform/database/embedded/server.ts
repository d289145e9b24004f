/** The server process of a cluster: finds a running one, starts one, stops it. */
import { execFile } from 'node:child_process';
import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Clock } from '../../../kernel/clock.js';
import type { Binaries } from './binaries.js';
import { broken, type Cluster, startFailed } from './cluster.js';
import { openLog } from './server-log.js';
import type { ServerUser } from './server-user.js';

export interface Server {
  readonly pid: number;
  readonly port: number;
}

export type Settings = Readonly<Record<string, string>>;

/** Reachable only from this machine, only with the password; UTC and English messages. */
const settings: Settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  // Several programs with pools of twenty, and the operator's own sessions.
  max_connections: '200',
  // JIT compilation costs more than any of our short statements.
  jit: 'off',
  // A checkpoint every few seconds would slow a replay; recovery of 2 GB takes seconds.
  max_wal_size: '2GB',
  shared_buffers: `${sharedMegabytes(Math.min(totalmem(), process.constrainedMemory() || Infinity))}MB`,
};

/**
 * An eighth of the available memory, between PostgreSQL's default of 128 MB (too small to keep the working set) and 1
 * GB. Allocated as it is used.
 *
 * @param memory in bytes
 */
export function sharedMegabytes(memory: number): number {
  return Math.min(1024, Math.max(128, Math.floor(memory / 8 / 2 ** 20)));
}

const pollMilliseconds = 20;
/** Crash recovery after a long run may take minutes. */
const patience = (10 * 60_000) / pollMilliseconds;
const mostLaunches = 20;

/**
 * The running server of the cluster, else a new one on its last port or a free one.
 *
 * @throws {Refusal} `data-directory.broken` with the last lines of the log if it does not start
 */
export async function ensureServer(
  cluster: Cluster,
  binaries: Binaries,
  user: ServerUser,
  clock: Clock,
  extra: Settings,
): Promise<Server> {
  let launches = 0;
  for (let tries = 0; tries < patience && launches < mostLaunches; tries++) {
    const noted = await readPostmaster(cluster);
    if (noted && (await isServing(noted.pid, cluster))) {
      if (noted.status === 'ready') return noted;
    } else {
      if (noted) await forgetStranger(cluster, noted.pid);
      launches++;
      const started = await launch(cluster, binaries, user, clock, extra);
      if (started) return started;
      await clock.sleep(10 * pollMilliseconds);
    }
    await clock.sleep(pollMilliseconds);
  }
  throw broken(
    `数据目录 ${cluster.directory} 的数据库迟迟不能就绪。`,
    `查看日志 ${cluster.log}；确认没有别的机器或容器在使用同一个目录。`,
  );
}

interface Noted extends Server {
  readonly status: string;
}

/** Content of `postmaster.pid`: pid, folder, start, port, sockets, address, shared memory, status. */
async function readPostmaster(cluster: Cluster): Promise<Noted | undefined> {
  const text = await readFile(join(cluster.path, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  return { pid: Math.abs(Number(lines[0])), port: Number(lines[3]), status: (lines[7] ?? '').trim() };
}

/** Whether a process with this id runs, whoever owns it. */
export function processExists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether the process is this cluster's server and not a later one with the same id. */
async function isServing(pid: number, cluster: Pick<Cluster, 'path'>): Promise<boolean> {
  if (!(pid > 1) || !processExists(pid)) return false;
  if (process.platform !== 'linux') {
    const listed = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'command=']).catch(
      () => undefined,
    );
    return listed === undefined || listed.stdout.includes(cluster.path);
  }
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  if (/^\d+ \(.*\) [ZX] /s.test(state)) return false;
  // A server's working folder is its cluster. If the system hides that, trust the id.
  return readlink(`/proc/${pid}/cwd`).then(
    async (folder) => folder === (await realpath(cluster.path)),
    () => true,
  );
}

/**
 * PostgreSQL itself handles the file of a dead process and what that process left. But it would refuse to start if the
 * id now belongs to another process, or if the file is truncated.
 */
async function forgetStranger(cluster: Cluster, pid: number): Promise<void> {
  if (pid > 1 && !processExists(pid)) return;
  const again = await readPostmaster(cluster);
  if (Object.is(again?.pid, pid)) await rm(join(cluster.path, 'postmaster.pid'), { force: true });
}

/** Another program was faster, the port was taken, or workers of a crashed server are still running. */
const passing =
  /lock file "postmaster.pid"|Address already in use|could not create any TCP|pre-existing shared memory/;

/** Undefined after a temporary failure: try again. */
async function launch(
  cluster: Cluster,
  binaries: Binaries,
  user: ServerUser,
  clock: Clock,
  extra: Settings,
): Promise<Server | undefined> {
  const port = await choosePort(cluster);
  const log = await openLog(cluster, user);
  let ended = false;
  try {
    const options = Object.entries({ ...settings, ...extra, port: String(port) });
    const child = user.spawn(
      binaries.postgres,
      ['-D', cluster.path, ...options.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      ['ignore', log.handle.fd, log.handle.fd],
    );
    child.once('error', () => (ended = true));
    child.once('exit', () => (ended = true));
    child.unref();
    while (!ended) {
      const noted = await readPostmaster(cluster);
      if (noted?.pid === child.pid && noted?.status === 'ready') return noted;
      await clock.sleep(pollMilliseconds);
    }
  } finally {
    await log.handle.close();
  }
  const said = await log.tail();
  if (passing.test(said)) return undefined;
  throw startFailed(cluster, '自带的 PostgreSQL 启动不了', said);
}

/** The last port (PostgreSQL stores its command line), so that clients find it again. */
async function choosePort(cluster: Cluster): Promise<number> {
  const last = await readFile(join(cluster.path, 'postmaster.opts'), 'utf8').catch(() => '');
  const known = Number(/"port=(\d+)"/.exec(last)?.[1]);
  return (known > 0 ? await freePort(known) : undefined) ?? (await freePort(0)) ?? 0;
}

function freePort(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : undefined;
      probe.close(() => resolve(port));
    });
  });
}

/** Stops the server as `pg_ctl stop -m fast` does; after a minute it is made to crash, which is safe. */
export async function endServer(
  server: Pick<Server, 'pid'>,
  cluster: Pick<Cluster, 'path'>,
  clock: Clock,
): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!(await isServing(server.pid, cluster))) return;
    try {
      process.kill(server.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw error;
    }
    for (let waited = 0; waited < 60_000; waited += pollMilliseconds) {
      if (!(await isServing(server.pid, cluster))) return;
      await clock.sleep(pollMilliseconds);
    }
  }
}
