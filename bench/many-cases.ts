/**
 * Months of a city's sheets. The real executor runs the real messages to their end, as if all had
 * come in within these months, with as many calls answered on the spot as Jinan had (61.1 % of a
 * week's 259,500, late 2020). Then all are copied under other numbers and for other units. The
 * program's own writer chains each copy anew, day by day as a city writes them, so that a sheet's
 * entries are as far apart as they would be. Case rows and facts are copied as rows: the stored
 * figures are right only if the copies' trails give the same.
 */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { createSequencer, sequence, type TrailAppend } from '#src/accountability/index.js';
import { endOfPeriod, followTrail, startOfPeriod, type Period } from '#src/measures/assessment/index.js';
import { deployShipped } from '#src/cases/index.js';
import { replay } from '#src/cases/replay/index.js';
import { isJsonObject, systemClock, type Json, type JsonObject } from '#src/kernel/index.js';
import { openSystem, type System } from '#src/main.js';
import { liveCalls } from './answered-calls.js';
import { livedTrails } from './many-entries.js';

const day = 86_400_000;
const entriesAtOnce = 500;
const writers = 6;
const answeredOnTheSpot = 0.611;
/** The unit of every replayed message; copies go to one of ninety units. */
const replayUnit = '承办单位';
const units = 90;

/** @returns number of sheets: a multiple of the replayed ones, at least `atLeast` */
export async function fillMonths(
  { url, directory }: { readonly url: string; readonly directory: string },
  periods: readonly Period[],
  atLeast: number,
): Promise<number> {
  const system = await openSystem({ clock: systemClock, applicationName: 'bench fill', url, directory });
  try {
    await deployShipped(system);
    const file = join(directory, 'messages.jsonl');
    const messages = messagesWithin(periods);
    await writeFile(file, messages.join('\n'));
    await replay(system, file, { onLine: () => undefined, onBad: () => undefined });
    const calls = Math.round((messages.length * answeredOnTheSpot) / (1 - answeredOnTheSpot));
    await liveCalls(system, callsWithin(periods, calls));
    await sequence(system.database);
    while ((await followTrail(system.database, system.catalogues)) > 0);
    const lived = await livedTrails(system);
    const copies = Math.max(0, Math.ceil(atLeast / lived.length) - 1);
    await followed(system, () => copyTrails(system, byDay(lived), copies));
    await copyRows(url, copies);
    return lived.length * (copies + 1);
  } finally {
    await system.close();
  }
}

/** Distributes messages over the months in turn, each at its own time of day, with the real delay of the reply. */
function messagesWithin(periods: readonly Period[]): string[] {
  const source = new URL('../../shared/cases/messages.jsonl', import.meta.url);
  return readFileSync(source, 'utf8')
    .trim()
    .split('\n')
    .map((line, number) => {
      const message = JSON.parse(line) as { receivedAt: string; repliedAt: string };
      const period = periods[number % periods.length] as Period;
      const begin = startOfPeriod(period).getTime();
      const length = endOfPeriod(period).getTime() - begin;
      const received = Date.parse(message.receivedAt);
      const by = begin + ((received - begin) % length) + (received < begin ? length : 0) - received;
      const moved = (at: string): string => new Date(Date.parse(at) + by).toISOString();
      return JSON.stringify({
        ...message,
        receivedAt: moved(message.receivedAt),
        repliedAt: moved(message.repliedAt),
      });
    });
}

/** Evenly, at any time of day. */
function callsWithin(periods: readonly Period[], count: number): Date[] {
  return Array.from({ length: count }, (_, number) => {
    const period = periods[number % periods.length] as Period;
    const begin = startOfPeriod(period).getTime();
    return new Date(begin + ((endOfPeriod(period).getTime() - begin) * number) / count);
  });
}

/** The sequencer runs meanwhile, as in operation. */
async function followed({ database }: System, work: () => Promise<void>): Promise<void> {
  const stopping = new AbortController();
  const onError = (error: unknown): void => console.error(error);
  const following = createSequencer({ database, clock: systemClock, onError }).run(stopping.signal);
  await work();
  stopping.abort();
  await following;
  await sequence(database);
}

/** A limit's entry carries the limit's instant: within a sheet the order of entries is kept. */
function byDay(trails: readonly (readonly TrailAppend[])[]): readonly (readonly TrailAppend[])[] {
  const days = new Map<number, TrailAppend[]>();
  for (const trail of trails) {
    let latest = 0;
    for (const entry of trail) {
      latest = Math.max(latest, Math.floor(entry.at.getTime() / day));
      days.set(latest, [...(days.get(latest) ?? []), entry]);
    }
  }
  return [...days].sort(([one], [other]) => one - other).map(([, entries]) => entries);
}

async function copyTrails(
  { database, trail }: System,
  days: readonly (readonly TrailAppend[])[],
  copies: number,
): Promise<void> {
  for (const ofDay of days) {
    let copy = 0;
    const write = async (): Promise<void> => {
      while (copy < copies) {
        const [first, last] = [copy + 1, Math.min(copies, copy + Math.ceil(entriesAtOnce / ofDay.length))];
        copy = last;
        for (let start = 0; start < ofDay.length; start += entriesAtOnce) {
          const some = ofDay.slice(start, start + entriesAtOnce);
          const copied = Array.from({ length: last - first + 1 }, (_, more) =>
            some.map((entry) => copyOf(entry, first + more)),
          ).flat();
          await database.transaction((transaction) => trail.append(transaction, copied));
        }
      }
    };
    await Promise.all(Array.from({ length: writers }, write));
  }
}

/** Every mention of the unit, in answers and computed values. */
function copyOf({ stream, body, ...entry }: TrailAppend, copy: number): TrailAppend {
  return {
    ...entry,
    stream: `${stream}-${copy}`,
    body: handedTo(`第${1 + (copy % units)}${replayUnit}`, body) as JsonObject,
  };
}

function handedTo(unit: string, value: Json): Json {
  if (value === replayUnit) return unit;
  if (Array.isArray(value)) return value.map((one: Json) => handedTo(unit, one));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, handedTo(unit, one ?? null)]));
}

/** The facts that following the copies would have stored. */
async function copyRows(url: string, copies: number): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    await owner.query('SET search_path = hotline');
    await owner.query(
      `INSERT INTO process_case (business_key, realm, variables, standing, instances, started_at, ended_at)
       SELECT business_key || '-' || n, realm, '{}', '[[],[],[],null]', instances, started_at, ended_at
         FROM process_case, generate_series(1, $1::int) AS n`,
      [copies],
    );
    await owner.query(
      `INSERT INTO assessment_fact
       SELECT c.* FROM assessment_fact f, generate_series(1, $1::int) AS n,
              LATERAL jsonb_populate_record(f, jsonb_build_object('stream', f.stream || '-' || n, 'unit',
                CASE f.unit WHEN $2 THEN '第' || 1 + n % $3::int || $2 ELSE f.unit END)) AS c`,
      [copies, replayUnit, units],
    );
    await owner.query('DELETE FROM assessment_tally');
    await owner.query(
      `INSERT INTO assessment_tally (realm, period, unit, measure, kind, met, "of")
       SELECT realm, period, unit, measure, kind, count(*) FILTER (WHERE met), count(*) FROM assessment_fact
        WHERE NOT excluded GROUP BY realm, period, unit, measure, kind`,
    );
    await owner.query('UPDATE assessment_spread SET met = met * $1, "of" = "of" * $1', [copies + 1]);
    await owner.query('UPDATE assessment_cursor SET place = (SELECT size FROM trail_log)');
    await owner.query('VACUUM ANALYZE');
  } finally {
    await owner.end();
  }
}
