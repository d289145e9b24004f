/**
 * Backup and point-in-time recovery by PostgreSQL's manual ("Making a Base Backup Using the Low
 * Level API") on the embedded server: the three steps of `pg_basebackup`, which the embedded
 * distribution lacks.
 */
import { chmod, cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../../src/platform/database/embedded/index.js';

const clusterOf = (directory: string): string => join(directory, 'postgres', 'cluster');

/** A server that hands every finished segment of its log to the archive. */
export async function archivingServer(directory: string, archive: string) {
  await mkdir(archive);
  // As root we lend the server another user.
  await chmod(archive, 0o777);
  return startEmbedded({
    directory,
    settings: {
      archive_mode: 'on',
      archive_command: `test ! -f ${archive}/%f && cp %p ${archive}/%f`,
    },
  });
}

/** Copies the running cluster. Concurrent writes are completed from the archive during the restore. */
export async function baseBackup(ownerUrl: string, directory: string, backup: string): Promise<void> {
  const session = new pg.Client({ connectionString: ownerUrl });
  await session.connect();
  try {
    await session.query("SELECT pg_backup_start('nightly', true)");
    await mkdir(join(backup, 'postgres'), { recursive: true });
    const cluster = clusterOf(directory);
    await cp(cluster, clusterOf(backup), {
      recursive: true,
      // Not part of a backup: the log itself comes from the archive, the rest belongs to the running server.
      filter: (source) =>
        !/^(pg_wal|pg_replslot|pg_stat_tmp)\/.|^postmaster\.(pid|opts)$|pgsql_tmp/.test(
          source.slice(cluster.length + 1),
        ),
    });
    await cp(join(directory, 'postgres', 'password'), join(backup, 'postgres', 'password'));
    // Answers when the archive has all that this copy needs.
    const { rows } = await session.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(true)');
    await writeFile(join(clusterOf(backup), 'backup_label'), rows[0]?.labelfile ?? '');
  } finally {
    await session.end();
  }
}

/** Resolves when all that is committed by now is in the archive. */
export async function archived(ownerUrl: string): Promise<void> {
  const session = new pg.Client({ connectionString: ownerUrl });
  await session.connect();
  try {
    await session.query("SELECT pg_backup_start('until now', true)");
    await session.query('SELECT pg_backup_stop(true)');
  } finally {
    await session.end();
  }
}

/** The cluster as at the instant (by the server's clock), continuing on a timeline of its own. */
export async function restoredAt(backup: string, archive: string, directory: string, instant: string) {
  await cp(backup, directory, { recursive: true });
  await chmod(clusterOf(directory), 0o700);
  for (const name of await readdir(join(clusterOf(directory), 'pg_wal'))) {
    await rm(join(clusterOf(directory), 'pg_wal', name), { recursive: true });
  }
  await writeFile(join(clusterOf(directory), 'recovery.signal'), '');
  return startEmbedded({
    directory,
    settings: {
      restore_command: `cp ${archive}/%f %p`,
      recovery_target_time: instant,
      recovery_target_action: 'promote',
      // Nobody can connect before the recovery is over, because the server could not write yet.
      hot_standby: 'off',
    },
  });
}
