/**
 * Finding and examining running cases for a migration: 20,000 of them among 300,000 ended ones.
 * Besides the preview it measures the query for the next batch in two cases: all running cases are
 * on the version, behind the last one; and none is.
 */
import pg from 'pg';
import { movability } from '#src/design/governance/running-cases.js';
import { casesOn } from '#src/design/governance/store/case-migration-store.js';
import { openCity } from './city.js';
import { deadlinesPerCase } from './open-cases.js';
import { benchServer } from './postgres.js';
import { median, rounded, table } from './table.js';

const running = 20_000;
const ended = 300_000;
const rounds = 5;

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const from = process.hrtime.bigint();
    await work();
    taken.push(Number(process.hrtime.bigint() - from) / 1e6);
  }
  return median(taken);
}

/** Added later than the running ones, as in a city whose oldest cases are the last on the old version. */
async function addEnded(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `INSERT INTO hotline.process_case (business_key, realm, variables, standing, instances, started_at, ended_at)
     SELECT 'ended-' || i, 'live', variables, '[[],[],[],null]', instances, started_at, started_at
       FROM generate_series(1, $1::int) i, (SELECT * FROM hotline.process_case LIMIT 1) one`,
    [ended],
  );
  await client.query('VACUUM ANALYZE hotline.process_case');
  await client.end();
}

export async function run(): Promise<void> {
  const server = await benchServer();
  try {
    const city = await openCity(server);
    const { system, clock, url } = city;
    await city.growTo(running * deadlinesPerCase);
    await addEnded(url);
    const [version] = await system.database.transaction((transaction) =>
      transaction.query<{ id: number }>("SELECT id FROM hotline.definition WHERE key = 'handling'"),
    );
    if (!version) throw new Error('the process of handling is not deployed');
    const ask = (definition: number, after: number) =>
      milliseconds(() =>
        system.database.transaction((transaction) => casesOn(transaction, [definition], String(after), 100)),
      );
    const preview = { from: [version.id], to: version.id, mapping: {} };
    table(
      `Running cases for a move: ${rounded(running)} among ${rounded(ended)} that have ended`,
      ['what', 'ms'],
      [
        ['next 100, all on the version', rounded(await ask(version.id, 0), 1)],
        ['next 100, behind the last', rounded(await ask(version.id, running), 1)],
        ['next 100, none on the version', rounded(await ask(-1, 0), 1)],
        ['preview of 2,000', rounded(await milliseconds(() => movability(system, preview, clock.now())), 0)],
      ],
    );
    await system.close();
  } finally {
    await server.stop();
  }
}
