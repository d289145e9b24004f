/** The commands of docs/operations.md, and fresh PostgreSQL servers to run them on. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';
import { startEmbedded } from '../../src/platform/database/embedded/index.js';
import { asOwner, ownersRows } from './owner.js';
import { atEnd } from './run.js';

export const manual = readFileSync(join(packageRoot, 'docs', 'operations.md'), 'utf8');

export const blocksOf = (language: string): readonly string[] =>
  [...manual.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, block = '']) => block,
  );

export const password = 'ein-wort-fuer-den-versuch';

export const clients = ['createuser', 'createdb', 'psql'];

export const areThere = (programs: readonly string[]): boolean => programs.every(isThere);

function isThere(program: string): boolean {
  try {
    execFileSync(program, ['--version']);
    return true;
  } catch {
    return false;
  }
}

export interface ManualServer {
  readonly host: string;
  readonly port: number;
  /** Of the superuser `postgres`. */
  readonly url: string;
  /** Runs a command of the manual as `postgres`, without a terminal: a password is read from the input. */
  readonly run: (command: string, input?: string, database?: string) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** The URL of the manual's owner for a database of this server. */
export function ownerUrlOf({ host, port }: ManualServer, database = 'hotline'): string {
  const named = /^export DATABASE_URL='([^']+)'$/m.exec(manual)?.[1] ?? expect.fail('no DATABASE_URL');
  const made = new URL(named.replace('…', password));
  expect(made.username).to.equal('hotline_owner');
  made.hostname = host;
  made.port = String(port);
  made.pathname = database;
  // These servers have no certificate.
  made.searchParams.set('sslmode', 'disable');
  return made.href;
}

/** The manual's first block: the owner, the database, the extension. */
export async function setUpDatabase(server: ManualServer): Promise<void> {
  const [block = ''] = blocksOf('bash');
  for (const line of block.split('\n').filter((one) => one !== '' && !one.startsWith('export')))
    await server.run(line, line.includes('--pwprompt') ? `${password}\n${password}\n` : '');
}

/** The embedded PostgreSQL; its own owner and database are renamed. */
export async function embeddedServer(): Promise<ManualServer> {
  const folder = await mkdtemp(join(tmpdir(), 'hotline-manual-'));
  const server = await startEmbedded({ directory: folder, settings: { fsync: 'off' } });
  const { hostname: host, port } = new URL(server.ownerUrl);
  await asOwner(server.ownerUrl, `CREATE ROLE postgres SUPERUSER LOGIN PASSWORD '${password}'`);
  const made = manualServer(host, Number(port), async () => {
    const theirs = await ownersRows<{ name: string }>(
      made.url,
      "SELECT datname AS name FROM pg_database WHERE datdba = to_regrole('hotline_owner')",
    );
    await asOwner(
      made.url,
      ...theirs.map(({ name }) => `DROP DATABASE ${name} WITH (FORCE)`),
      'DROP ROLE IF EXISTS hotline_owner',
      'ALTER DATABASE embedded RENAME TO hotline',
      'ALTER ROLE embedded_owner RENAME TO hotline_owner',
    );
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
  await asOwner(
    made.url,
    'ALTER ROLE hotline_owner RENAME TO embedded_owner',
    'ALTER DATABASE hotline RENAME TO embedded',
  );
  return made;
}

/** The folder with the programs of the distribution's newest PostgreSQL server, if one is installed. */
export function installedPrograms(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).filter((one) => /^\d+$/.test(one)) : [];
  return versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(root, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'postgres')));
}

/** A server of the distribution's PostgreSQL. @param bin see `installedPrograms` */
export async function installedServer(bin: string): Promise<ManualServer> {
  const folder = await mkdtemp(join(tmpdir(), 'hotline-manual-'));
  const user = process.getuid?.() === 0 ? postgresUser() : undefined;
  if (user) await chown(folder, user.uid, user.gid);
  const word = join(folder, 'password');
  await writeFile(word, `${password}\n`, { mode: 0o644 });
  const cluster = join(folder, 'cluster');
  const words = ['--username=postgres', `--pwfile=${word}`, '--auth=scram-sha-256', '--encoding=UTF8'];
  execFileSync(join(bin, 'initdb'), [`--pgdata=${cluster}`, '--locale=C.UTF-8', '--no-sync', ...words], {
    ...{ ...user, cwd: '/', stdio: 'pipe' },
  });
  const port = await freePort();
  const settings = ['-h', '127.0.0.1', '-p', String(port), '-k', '', '-c', 'fsync=off'];
  const child = spawn(join(bin, 'postgres'), ['-D', cluster, ...settings], {
    ...{ ...user, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LC_ALL: 'C' } },
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) {
      const closed = once(child, 'close');
      child.kill('SIGINT');
      await closed;
    }
    await rm(folder, { recursive: true, force: true });
  };
  atEnd(stop);
  await accepting(child);
  return manualServer('127.0.0.1', port, stop);
}

/** PostgreSQL refuses to run as root. */
function postgresUser(): { readonly uid: number; readonly gid: number } {
  const id = (which: string): number => Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function accepting({ stderr, ...child }: ChildProcess): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('ready to accept connections')) resolve();
    });
    stderr?.once('end', () => reject(new Error(`${child.spawnfile}: ${said}`)));
  });
}

function manualServer(host: string, port: number, stop: () => Promise<void>): ManualServer {
  const environment = { PGHOST: host, PGPORT: String(port), PGUSER: 'postgres', PGPASSWORD: password };
  return {
    ...{ host, port, stop },
    url: `postgres://postgres:${password}@${host}:${port}/postgres?sslmode=disable`,
    run: async (command, input = '', database = 'postgres') => {
      const child = spawn('bash', ['-euo', 'pipefail', '-c', command], {
        detached: true,
        env: { ...process.env, ...environment, PGDATABASE: database },
      });
      const closed = once(child, 'close') as Promise<[number]>;
      child.stdin.end(input);
      const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
      expect((await closed)[0], `${command}\n${error}`).to.equal(0);
      return out;
    },
  };
}
