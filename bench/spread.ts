/**
 * Daily views of a city: hot spots and the shared data, over HTTP, with 10,000 sheets a day in a
 * thousand kinds and twelve districts. The sums of the days are inserted in bulk, as following the
 * sheets would have left them.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { systemClock } from '#src/kernel/index.js';
import { openSystem } from '#src/main.js';
import { measurePages, pageColumns } from './concurrent-users.js';
import { signedIn } from './many-sheets.js';
import { benchServer } from './postgres.js';
import { rounded, table } from './table.js';

const days = 92;
const sheetsOfDay = 10_000;
const users = 10;
const seconds = 5;

export async function run(): Promise<void> {
  const server = await benchServer();
  const directory = join(server.directory, 'bench-keys');
  await mkdir(directory, { recursive: true });
  try {
    const url = await server.database('spread');
    const system = await openSystem({ clock: systemClock, applicationName: 'bench spread', url, directory });
    await system.identity.setup.samplePeople();
    const headers = await signedIn(system, 'duban').finally(() => system.close());
    const cells = await fill(url);
    const worker = fork(join(import.meta.dirname, 'http-worker.ts'), [url, directory], {
      execArgv: ['--import', 'tsx'],
    });
    const [address] = (await once(worker, 'message')) as [string];
    const pages = [
      ['hot spots', '/api/hot-spots'],
      ['map of requests', '/api/shared-data/requests'],
      ['map of repeated matters', '/api/shared-data/repeats'],
      ['kinds', '/api/shared-data/kinds'],
    ] as const;
    const rows = await measurePages(address, pages, { headers, users, seconds });
    const gone = once(worker, 'exit');
    worker.disconnect();
    await gone;
    table(
      `${rounded(days * sheetsOfDay)} sheets of ${days} days in ${rounded(cells)} sums, ${users} users at once`,
      pageColumns,
      rows,
    );
  } finally {
    await server.stop();
  }
}

/** Few classes have most of the sheets. Inserted day by day. @returns number of sums */
async function fill(url: string): Promise<number> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    let cells = 0;
    for (let back = days - 1; back >= 0; back -= 1) {
      const { rowCount } = await owner.query(
        `INSERT INTO hotline.matter_day (day, district, area, class, sheets, repeated)
         SELECT current_date - $2::int, '第' || place || '区县', 'L' || kind / 50, 'L' || kind / 50 || '.' || kind,
                count(*), count(*) / 10
           FROM (SELECT floor(12 * random())::int AS place, floor(1000 * power(random(), 2.5))::int AS kind
                   FROM generate_series(1, $1::int)) AS sheet
          GROUP BY place, kind`,
        [sheetsOfDay, back],
      );
      cells += rowCount ?? 0;
    }
    await owner.query(
      `INSERT INTO hotline.matter_cursor (since) SELECT now() - interval '92 days'
        WHERE NOT EXISTS (SELECT FROM hotline.matter_cursor)`,
    );
    await owner.query("UPDATE hotline.matter_cursor SET since = now() - interval '92 days'");
    await owner.query('VACUUM ANALYZE hotline.matter_day, hotline.matter_week');
    return cells;
  } finally {
    await owner.end();
  }
}
