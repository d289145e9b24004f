/**
 * A database as it stands after years: open sheets lived by the real executor (`open-cases.ts`), with tasks, deadlines
 * and trails whose chains hold; ended ones copied in bulk, sheet and case row, without a trail: nobody steps on them,
 * what is measured is whether they are in the way.
 */
import pg from 'pg';
import { deployShipped } from '#src/casework/index.js';
import { systemClock } from '#src/kernel/index.js';
import { openSystem } from '#src/main.js';
import { openCases } from './open-cases.js';

export interface ManySheets {
  readonly url: string;
  readonly directory: string;
  readonly open: number;
  readonly ended: number;
}

export interface Filled {
  /** What a browser sends of somebody who is logged in. */
  readonly headers: Readonly<Record<string, string>>;
  /** Numbers of open sheets. */
  readonly numbers: readonly string[];
}

const day = 86_400_000;

export async function fill(
  { url, directory, open, ended }: ManySheets,
  titles: readonly string[],
): Promise<Filled> {
  const system = await openSystem({ clock: systemClock, applicationName: 'bench fill', url, directory });
  try {
    await deployShipped(system);
    // Dispatched over the last five days, so that their limits are at different distances.
    const now = systemClock.now().getTime();
    for (let back = 0; back < 5; back++) {
      const at = new Date(now - back * day);
      await openCases(system.executor, { count: Math.ceil(open / 5), prefix: `open${back}`, at });
    }
    const logins = await system.identity.setup.samplePeople();
    const intake = logins.find(({ login }) => login === 'shouli');
    const { secret } = await signedIn(system, intake?.login ?? '');
    await inBulk(url, ended, titles);
    const numbers = await system.database.transaction((transaction) =>
      transaction.query<{ no: string }>(
        `SELECT business_key AS no FROM hotline.process_case WHERE ended_at IS NULL ORDER BY id LIMIT 1000`,
      ),
    );
    return { headers: secret, numbers: numbers.map(({ no }) => no) };
  } finally {
    await system.close();
  }
}

async function signedIn(system: Awaited<ReturnType<typeof openSystem>>, login: string) {
  const { headersOf } = await import('../test/support/people.js');
  const person = (await system.identity.people.list()).find((one) => one.login === login);
  if (!person) throw new Error(`${login} is not there`);
  const secret = await system.database.transaction((transaction) =>
    system.identity.sessions.openIn(transaction, person),
  );
  return { secret: { ...headersOf(secret) } };
}

/** Rows of one day each 2,000; indexes are made afterwards, as in a bulk load. */
async function inBulk(url: string, ended: number, titles: readonly string[]): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await owner.query('SET search_path = hotline');
  const { rows } = await owner.query<{ name: string; def: string }>(
    `SELECT indexname AS name, indexdef AS def FROM pg_indexes WHERE schemaname = 'hotline'
      AND tablename = 'work_order' AND indexname <> 'work_order_pkey'`,
  );
  for (const { name } of rows) await owner.query(`DROP INDEX ${name}`);
  const sheet = (no: string, n: string, at: string) => `
    INSERT INTO work_order (no, realm, channel, kind, title, content, reply_wanted, confidential, received_at)
    SELECT ${no}, 'live', 'phone', 'help',
           chr(19968 + ${n} % 2000) || chr(20000 + ${n} / 2000 % 3000) || '小区' || ($1::text[])[1 + ${n} % cardinality($1::text[])],
           repeat('市民反映的情况。', 20), true, false, ${at}`;
  await owner.query(`${sheet('business_key', 'id::int', 'started_at')} FROM process_case`, [titles]);
  await owner.query(
    `INSERT INTO process_case (business_key, realm, variables, standing, version, instances, started_at, ended_at)
     SELECT 'ended-' || n, 'live', v.variables, '[[],[],[],null]', 12, 4,
            now() - n * interval '43 seconds' - interval '10 days', now() - n * interval '43 seconds' - interval '5 days'
       FROM generate_series(1, $1::int) AS n, (SELECT variables FROM process_case LIMIT 1) v`,
    [ended],
  );
  await owner.query(
    `${sheet(`'ended-' || n`, 'n', `now() - n * interval '43 seconds' - interval '10 days'`)} FROM generate_series(1, $2::int) AS n`,
    [titles, ended],
  );
  for (const { def } of rows) await owner.query(def);
  await owner.query('VACUUM ANALYZE');
  await owner.end();
}
