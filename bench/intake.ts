/** Response time of suggestions while the agent types: similar sheets, the same caller's, and all suggestions. */
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { suggestIntake } from '#src/cases/index.js';
import {
  createClassTrees,
  createMeaning,
  createSuggester,
  readForeignWords,
} from '#src/sheet/classification/index.js';
import { createDefinitionStore } from '#src/engine/index.js';
import { createVault, newKeyRing } from '#src/identity/index.js';
import { systemClock } from '#src/kernel/index.js';
import { createLawKeeper } from '#src/law/regulation/index.js';
import { openDatabase, type Database } from '#src/platform/database/index.js';
import { createSheets, matchOf, similarSheets } from '#src/sheet/index.js';
import { benchServer } from './postgres.js';
import { rounded, table } from './table.js';

const sizes = [10_000, 1_000_000];
const queries = 200;
const vault = createVault(newKeyRing());
const sheets = createSheets(vault);

export async function run(): Promise<void> {
  const file = new URL('../../shared/cases/messages.jsonl', import.meta.url);
  const messages = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly title: string; readonly text: string });
  const server = await benchServer();
  const rows: string[][] = [];
  try {
    for (const size of sizes) {
      const url = await server.database(`intake_${size}`);
      const database = await openDatabase({ applicationName: 'bench', url });
      await fill(url, size, messages);
      rows.push(...(await measure(database, size, messages)));
      await database.close();
    }
  } finally {
    await server.stop();
  }
  table('What the agent waits for', ['question', 'sheets', 'ms, p50', 'ms, p99'], rows);
}

/** Titles of real messages, each with another place; indexes are created afterwards. */
async function fill(
  url: string,
  size: number,
  messages: readonly { readonly title: string }[],
): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await owner.query('SET search_path = hotline');
  const { rows } = await owner.query<{ name: string; def: string }>(
    `SELECT indexname AS name, indexdef AS def FROM pg_indexes WHERE schemaname = 'hotline'
      AND tablename = 'work_order' AND indexname <> 'work_order_pkey'`,
  );
  for (const { name } of rows) await owner.query(`DROP INDEX ${name}`);
  await owner.query(
    `INSERT INTO work_order (no, realm, channel, kind, title, content, reply_wanted, confidential, received_at)
     SELECT 'B' || n, 'live', 'phone', 'help',
            chr(19968 + n % 2000) || chr(20000 + n / 2000 % 3000) || '小区' || ($1::text[])[1 + n % cardinality($1::text[])],
            '内容', true, false, timestamptz '2026-01-01' + n * interval '1 second'
       FROM generate_series(1, $2::int) AS n`,
    [messages.map(({ title }) => title), size],
  );
  await owner.query('DROP INDEX caller_match');
  for (let first = 1; first <= size; first += 50_000) {
    const numbers = Array.from({ length: Math.min(50_000, size - first + 1) }, (_, index) => first + index);
    await owner.query(
      `INSERT INTO caller (work_order, contact_match) SELECT 'B' || n, m FROM unnest($1::int[], $2::bytea[]) AS c (n, m)`,
      [numbers, numbers.map((n) => matchOf(vault, contactOf(Math.floor(n / 3))))],
    );
  }
  await owner.query('CREATE INDEX caller_match ON caller (contact_match) WHERE contact_match IS NOT NULL');
  for (const { def } of rows) await owner.query(def);
  await owner.query('VACUUM ANALYZE work_order, caller');
  await owner.end();
}

/** Of every third sheet's caller. */
const contactOf = (caller: number): string => `1${String(caller).padStart(10, '0')}`;

async function measure(
  database: Database,
  size: number,
  messages: readonly { readonly title: string; readonly text: string }[],
): Promise<string[][]> {
  const deps = {
    database,
    meaning: createMeaning(readForeignWords()),
    classTrees: createClassTrees(),
    clock: systemClock,
    definitions: createDefinitionStore({
      database,
      clock: systemClock,
      laws: createLawKeeper(systemClock).laws,
    }),
    sheets,
    suggester: createSuggester({ database, clock: systemClock }),
  };
  const of = (index: number) => messages[(index * 37) % messages.length] ?? { title: '', text: '' };
  const contact = (index: number): string => contactOf((index * 31) % Math.floor(size / 3));
  const questions: [string, (index: number) => Promise<unknown>][] = [
    ['similar sheets', (index) => database.transaction((tx) => similarSheets(tx, of(index).title, 5))],
    [
      'sheets of the same caller',
      (index) => database.transaction((tx) => sheets.ofCaller(tx, contact(index), 5)),
    ],
    ['all suggestions', (index) => suggestIntake(deps, { ...of(index), contact: contact(index) })],
  ];
  const rows: string[][] = [];
  for (const [question, ask] of questions) {
    const times: number[] = [];
    for (let index = -10; index < queries; index += 1) {
      const begun = performance.now();
      await ask(Math.abs(index));
      if (index >= 0) times.push(performance.now() - begun);
    }
    times.sort((a, b) => a - b);
    const at = (share: number): string => rounded(times[Math.floor(share * times.length)] ?? 0, 1);
    rows.push([question, rounded(size), at(0.5), at(0.99)]);
  }
  return rows;
}
