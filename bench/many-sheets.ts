/**
 * A database as after years. The real executor runs open sheets (`open-cases.ts`), with tasks,
 * deadlines and valid trails. Ended sheets are copied in bulk: sheet, case row and parties, without
 * a trail. Nobody works on them; the bench measures whether they slow down the rest.
 */
import pg from 'pg';
import { deployShipped } from '#src/cases/index.js';
import { systemClock } from '#src/kernel/index.js';
import { openSystem } from '#src/main.js';
import { openCases } from './open-cases.js';

export interface ManySheets {
  readonly url: string;
  readonly directory: string;
  readonly open: number;
  readonly ended: number;
}

export interface Message {
  readonly title: string;
  readonly text: string;
}

export interface Askers {
  /** Headers of a user who takes calls. */
  readonly intake: Readonly<Record<string, string>>;
  /** Headers of users with several duties. */
  readonly askers: readonly Readonly<Record<string, string>>[];
  /** For each of the last users, who see only their unit's sheets: six characters each from many of its sheets. */
  readonly unitsWords: readonly (readonly string[])[];
  /** Numbers of open sheets, of all ages. */
  readonly numbers: readonly string[];
}

const day = 86_400_000;

/** Units of the sheets, in turn; the sample people belong to the first ones (docs/identity.md). */
const units = [
  '市水务局',
  '市城管局',
  '某区政府',
  ...Array.from({ length: 57 }, (_, n) => `第${n + 1}承办单位`),
];

/** Fifty concurrent users: all duties of the hotline, intake first, and two units. */
const ofUnits = ['chengban', 'chengban2'];
const askers = ['shouli', 'duban', 'shenhe', 'kaohe', ...ofUnits];

export async function fill(
  { url, directory, open, ended }: ManySheets,
  messages: readonly Message[],
): Promise<void> {
  const system = await openSystem({ clock: systemClock, applicationName: 'bench fill', url, directory });
  try {
    await deployShipped(system);
    // Dispatched over the last nine days, so that some are late, with cards and supervision.
    const now = systemClock.now().getTime();
    for (let back = 0; back < 9; back++) {
      const at = new Date(now - back * day);
      await openCases(system.executor, { count: Math.ceil(open / 9), prefix: `open${back}`, at, units });
    }
    while ((await system.executor.fireDue(200)) > 0);
    await system.identity.setup.samplePeople();
    await inBulk(url, ended, messages);
  } finally {
    await system.close();
  }
}

/** Logs the users in; first fires what has fallen due since filling. */
export async function askersOf({ url, directory }: Pick<ManySheets, 'url' | 'directory'>): Promise<Askers> {
  const system = await openSystem({ clock: systemClock, applicationName: 'bench fill', url, directory });
  try {
    while ((await system.executor.fireDue(200)) > 0);
    const [intake = {}, ...others] = await Promise.all(askers.map((login) => signedIn(system, login)));
    const numbers = await system.database.transaction((transaction) =>
      transaction.query<{ no: string }>(
        `SELECT business_key AS no FROM hotline.process_case WHERE ended_at IS NULL ORDER BY hashint8(id) LIMIT 1000`,
      ),
    );
    const unitsWords = await Promise.all(ofUnits.map((login) => wordsOfUnit(system, login)));
    return { intake, askers: [intake, ...others], unitsWords, numbers: numbers.map(({ no }) => no) };
  } finally {
    await system.close();
  }
}

/** From the middle of sheets of the user's unit, of all ages. */
async function wordsOfUnit({ database }: Awaited<ReturnType<typeof openSystem>>, login: string) {
  const rows = await database.transaction((transaction) =>
    transaction.query<{ words: string }>(
      `SELECT substring(w.content FROM 21 FOR 6) AS words
         FROM hotline.person JOIN hotline.unit u ON u.id = person.unit
         JOIN hotline.case_party p ON p.party = u.name JOIN hotline.work_order w ON w.no = p.business_key
        WHERE login = $1 AND substring(w.content FROM 21 FOR 6) ~ '^\\S{6}$' ORDER BY hashtext(w.no) LIMIT 1000`,
      [login],
    ),
  );
  return rows.map(({ words }) => words);
}

/** Headers of a sample person. */
export async function signedIn(system: Awaited<ReturnType<typeof openSystem>>, login: string) {
  const { headersOf } = await import('../test/support/people.js');
  const person = (await system.identity.people.list()).find((one) => one.login === login);
  if (!person) throw new Error(`${login} is not there`);
  const secret = await system.database.transaction((transaction) =>
    system.identity.sessions.openIn(transaction, person),
  );
  return { ...headersOf(secret) };
}

/** The place of a case's sheet, as `inBulk` writes it; unique. */
export const placeOf = (caseNumber: number): string =>
  `${String.fromCodePoint(19968 + (caseNumber % 2000))}${String.fromCodePoint(20000 + (Math.floor(caseNumber / 2000) % 3000))}小区`;

/** Some 2,000 a day; indexes are created afterwards. */
async function inBulk(url: string, ended: number, messages: readonly Message[]): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await owner.query("SET search_path = hotline; SET maintenance_work_mem = '256MB'");
  const { rows } = await owner.query<{ name: string; def: string }>(
    `SELECT indexname AS name, indexdef AS def FROM pg_indexes WHERE schemaname = 'hotline'
      AND tablename = 'work_order' AND indexname NOT LIKE '%_pkey'`,
  );
  for (const { name } of rows) await owner.query(`DROP INDEX ${name}`);
  // Each with another place, in the words of a message.
  const sheet = (from: string) => `
    INSERT INTO work_order (no, realm, channel, kind, title, content, reply_wanted, confidential, received_at)
    SELECT s.no, 'live', 'phone', 'help',
           chr(19968 + s.n % 2000) || chr(20000 + s.n / 2000 % 3000) || '小区' || ($1::text[])[s.m], ($2::text[])[s.m],
           true, false, s.at
      FROM (SELECT q.*, 1 + q.n % cardinality($1::text[]) AS m FROM (${from}) q) s`;
  const texts = [messages.map(({ title }) => title), messages.map(({ text }) => text.slice(0, 400))];
  await owner.query(
    sheet('SELECT business_key AS no, id::int AS n, started_at AS at FROM process_case'),
    texts,
  );
  await owner.query('CREATE TEMPORARY TABLE few AS SELECT variables FROM process_case ORDER BY id LIMIT 1');
  await owner.query(
    `INSERT INTO process_case (business_key, realm, variables, standing, instances, started_at, ended_at)
     SELECT 'ended-' || n, 'live', few.variables, '[[],[],[],null]', 4,
            now() - n * interval '43 seconds' - interval '10 days', now() - n * interval '43 seconds' - interval '5 days'
       FROM generate_series(1, $1::int) AS n, few`,
    [ended],
  );
  await owner.query(
    `INSERT INTO case_party (party, leads, case_id, business_key, realm, is_open, started_at)
     SELECT ($1::text[])[1 + id % cardinality($1::text[])], true, id, business_key, realm, false, started_at
       FROM process_case WHERE ended_at IS NOT NULL`,
    [units],
  );
  await owner.query(
    sheet(
      `SELECT business_key AS no, id::int AS n, started_at AS at FROM process_case WHERE ended_at IS NOT NULL`,
    ),
    texts,
  );
  for (const { def } of rows) await owner.query(def);
  await owner.query('VACUUM ANALYZE');
  await owner.end();
}
