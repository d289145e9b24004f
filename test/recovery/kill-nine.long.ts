/**
 * `kill -9` of the program ten times at random points of a replay, with restarts, loses and doubles
 * nothing: the result equals an undisturbed replay, entry for entry.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import pg from 'pg';
import { createTrail } from '../../src/accountability/index.js';
import { createVault, newKeyRing } from '../../src/identity/index.js';
import { onlyLaw } from '../../src/kernel/law.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { builtProgram } from '../support/built.js';
import { madeUpMessages, random } from '../support/messages.js';
import { useDatabase, type TestDatabase } from '../support/database.js';

const cases = 500;
const kills = 10;

describe('kill -9 in the middle of a replay', () => {
  const disturbed = useDatabase();
  const undisturbed = useDatabase();
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-recovery-'));
    await writeFile(join(folder, 'messages.jsonl'), [...madeUpMessages(cases)].join('\n'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const start = (database: TestDatabase, out: string): ChildProcess =>
    spawn(
      process.execPath,
      [builtProgram(), 'replay', join(folder, 'messages.jsonl'), '--out', join(folder, out)],
      { env: { ...process.env, DATABASE_URL: database.url }, stdio: ['ignore', 'ignore', 'inherit'] },
    );

  const toItsEnd = async (database: TestDatabase, out: string): Promise<string> => {
    const [code] = (await once(start(database, out), 'exit')) as [number | null];
    expect(code).to.equal(0);
    return readFile(join(folder, out), 'utf8');
  };

  it('loses nothing and doubles nothing', async function () {
    this.timeout(600_000);
    const expected = await toItsEnd(undisturbed(), 'undisturbed.jsonl');
    const all = await entries(undisturbed());

    const next = random(12345);
    const watcher = new pg.Client({ connectionString: disturbed().url });
    await watcher.connect();
    let interrupted = 0;
    try {
      for (let kill = 1; kill <= kills; kill += 1) {
        const child = start(disturbed(), 'disturbed.jsonl');
        const exited = once(child, 'exit');
        const before = await count(watcher);
        // Somewhere between the first entry after this start and a twentieth of all work.
        const mark = before + 1 + Math.floor((next() * (all - before)) / (kills - kill + 2));
        while (child.exitCode === null && (await count(watcher)) < mark);
        child.kill('SIGKILL');
        const [, signal] = (await exited) as [number | null, string | null];
        if (signal === 'SIGKILL') interrupted += 1;
      }
    } finally {
      await watcher.end();
    }
    expect(interrupted).to.equal(kills);

    const actual = await toItsEnd(disturbed(), 'disturbed.jsonl');
    expect(actual).to.equal(expected);
    expect(await entries(disturbed())).to.equal(all);
    expect(await left(disturbed())).to.deep.equal({ cases, open: 0, instances: 0, tasks: 0, deadlines: 0 });
    expect(await broken(disturbed())).to.deep.equal([]);
  });
});

async function count(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM hotline.trail_entry',
  );
  return rows[0]?.count ?? 0;
}

async function entries(database: TestDatabase): Promise<number> {
  return database.transaction(async (transaction) => {
    const [row] = await transaction.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM hotline.trail_entry WHERE stream LIKE '回放-%'",
    );
    return row?.count ?? 0;
  });
}

async function left(database: TestDatabase) {
  const [row] = await database.transaction((transaction) =>
    transaction.query(
      `SELECT (SELECT count(*)::int FROM hotline.process_case) AS cases,
              (SELECT count(*)::int FROM hotline.process_case WHERE ended_at IS NULL) AS open,
              (SELECT sum(json_array_length(standing->0))::int FROM hotline.process_case) AS instances,
              (SELECT count(*)::int FROM hotline.task) AS tasks,
              (SELECT count(*)::int FROM hotline.deadline) AS deadlines`,
    ),
  );
  return row;
}

/** Streams whose chain does not hold. */
async function broken(database: TestDatabase): Promise<string[]> {
  const trail = createTrail(createVault(newKeyRing()), onlyLaw(shippedLaw('2026-03-02')));
  return database.transaction(async (transaction) => {
    const streams = await transaction.query<{ stream: string }>('SELECT stream FROM hotline.trail_head');
    const found: string[] = [];
    for (const { stream } of streams) {
      if (!(await trail.verify(transaction, stream)).holds) found.push(stream);
    }
    return found;
  });
}
