/** One long trail: speed of placing and of verification, by the program and by the verifier. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTrail, sequence, signCheckpoint, verifyTrail } from '#src/accountability/index.js';
import { growSecondTree } from '#src/accountability/log/second-tree.js';
import { ed25519Signer } from '#src/accountability/log/ed25519-signer.js';
import { sm2Signer } from '#src/accountability/log/sm2-signer.js';
import { createVault, newKeyRing } from '#src/identity/index.js';
import { packageRoot } from '#src/kernel/package-root.js';
import { systemClock, type JsonObject } from '#src/kernel/index.js';
import { createLawKeeper } from '#src/law/regulation/index.js';
import { openDatabase, type Database } from '#src/platform/database/index.js';
import type { BenchServer } from './postgres.js';
import { rounded, table } from './table.js';

const entries = Number(process.env['BENCH_ENTRIES'] ?? 100_000);
const streams = 4000;
export const signer = ed25519Signer('bench.example/trail', Buffer.alloc(32, 7));
const { laws } = createLawKeeper(systemClock);
const second = sm2Signer('bench.example/trail/sm', Buffer.alloc(32, 9));

export async function measureLarge(server: BenchServer): Promise<void> {
  const database = await openDatabase({ url: await server.database('large'), applicationName: 'bench' });
  const folder = await mkdtemp(join(tmpdir(), 'hotline-bench-log-'));
  try {
    await fill(database);
    const rows: (readonly string[])[] = [];
    const timed = async (what: string, work: () => unknown): Promise<void> => {
      const from = performance.now();
      await work();
      rows.push([what, rounded((1000 * entries) / (performance.now() - from))]);
    };
    await timed('sequencer (a place in the tree)', () => sequence(database));
    const deps = { database, clock: systemClock, laws };
    await timed('second tree by SM3', async () => {
      while ((await growSecondTree(database)) > 0);
    });
    const first = await signCheckpoint({ ...deps, signer });
    await timed('`hotline trail verify`, one tree', () => verifyHeld(database));
    await writeLog(database, folder, first?.note ?? '');
    await timed('`verifier/verify.mjs log`', () => verifyElsewhere(folder));
    await signCheckpoint({ ...deps, signer: { ...signer, second } });
    await timed('`hotline trail verify`, both trees', () => verifyHeld(database));
    table(`${rounded(entries)} entries in ${rounded(streams)} streams`, ['what', 'entries/s'], rows);
  } finally {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Bodies as long as those of real steps. */
const body: JsonObject = {
  actor: '受理员甲（slj）',
  process: 'handling',
  version: 1,
  note: '办理'.repeat(150),
};

async function fill(database: Database): Promise<void> {
  const trail = createTrail(createVault(newKeyRing()), laws);
  for (let written = 0; written < entries; written += 1000) {
    const batch = Array.from({ length: 1000 }, (_, at) => ({
      stream: `案件-${(written + at) % streams}`,
      type: 'task.completed' as const,
      at: systemClock.now(),
      body: { ...body, number: written + at },
    }));
    await database.transaction((transaction) => trail.append(transaction, batch));
  }
}

async function verifyHeld(database: Database): Promise<void> {
  const { holds } = await verifyTrail({ projections: [], database, clock: systemClock, laws });
  if (!holds) throw new Error('the trail does not hold');
}

async function writeLog(database: Database, folder: string, note: string): Promise<void> {
  const rows = await database.transaction((transaction) =>
    transaction.query<{ body: Buffer }>(
      'SELECT body FROM hotline.trail_leaf JOIN hotline.trail_entry USING (stream, seq) ORDER BY index',
    ),
  );
  const lines = rows.flatMap((row) => [row.body, Buffer.from('\n')]);
  await writeFile(join(folder, 'entries.jsonl'), Buffer.concat(lines));
  await writeFile(join(folder, 'checkpoint'), note);
  await writeFile(join(folder, 'policy'), `log ${signer.vkey}\nquorum none\n`);
}

function verifyElsewhere(folder: string): void {
  const verifier = join(packageRoot, 'verifier', 'verify.mjs');
  const { status, stdout } = spawnSync(process.execPath, [verifier, 'log', folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stdout);
}

/** Bytes with indexes, place, and its share of tree and heads; without sealed texts. */
export async function bytesOfEntry(database: Database): Promise<number> {
  const [row] = await database.transaction((transaction) =>
    transaction.query<{ bytes: number }>(
      `SELECT (pg_total_relation_size('hotline.trail_entry') + pg_total_relation_size('hotline.trail_leaf')
             + pg_total_relation_size('hotline.trail_tile') + pg_total_relation_size('hotline.trail_head'))::float8
             / (SELECT count(*) FROM hotline.trail_entry) AS bytes`,
    ),
  );
  return row?.bytes ?? Number.NaN;
}
