/**
 * Writes ended process instances of Camunda 7 into the trail. Each gets a stream: the first entry
 * says what it is and where it came from, then there is one entry per record, with sealed content.
 * Nobody works on it again. Archiving twice writes it once.
 */
import { actorName } from '../../kernel/actor.js';
import type { Trail, TrailAppend } from '../../accountability/index.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { seal, type Clock, type JsonObject } from '../../kernel/index.js';
import type { Database, Transaction } from '../../platform/database/index.js';

import { lockArchive } from '../store/lock.js';
import type { OldInstance } from './old-instance.js';
import type { ExportFile, OldRecord } from './read-export.js';

export interface ArchiveDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly trail: Pick<Trail, 'append' | 'between' | 'history'>;
}

export interface Archived {
  readonly written: number;
  /** Number of instances that were archived before with the same content. */
  readonly known: number;
  readonly entries: number;
  /** Instances that exist with other content; nothing was written for them. */
  readonly differing: readonly string[];
  /** Instances that are still running; nothing was written for them. */
  readonly running: readonly RunningInstance[];
}

export interface RunningInstance {
  readonly id: string;
  readonly businessKey: string | null;
  readonly definition: string;
  readonly startedAt: Date;
  /** Where it waits, and for whom. */
  readonly waits: readonly { readonly name: string; readonly who: string | null }[];
  readonly incidents: number;
}

export const archiveStream = (id: string): string => `archive:camunda-7:${id}`;

const atOnce = 20;

/** @param actor the person who imports it */
export async function archive(
  deps: ArchiveDeps,
  instances: AsyncIterable<OldInstance>,
  sources: readonly ExportFile[],
  actor: string,
): Promise<Archived> {
  const differing: string[] = [];
  const running: RunningInstance[] = [];
  let [written, known, entries] = [0, 0, 0];
  let batch: OldInstance[] = [];
  const flush = async (): Promise<void> => {
    const mine = batch;
    batch = [];
    const done = await deps.database.transaction(async (transaction) => {
      await lockArchive(transaction);
      const fresh: TrailAppend[] = [];
      const counts = { written: 0, known: 0, differing: [] as string[] };
      for (const instance of mine) {
        const there = await digestOf(deps, transaction, archiveStream(instance.id));
        if (there === undefined) {
          counts.written += 1;
          fresh.push(...entriesOf(instance, sources, actor, deps.clock.now()));
        } else if (there === instance.digest) counts.known += 1;
        else counts.differing.push(instance.id);
      }
      await deps.trail.append(transaction, fresh);
      return { ...counts, entries: fresh.length };
    });
    written += done.written;
    known += done.known;
    entries += done.entries;
    differing.push(...done.differing);
  };
  for await (const instance of instances) {
    if (instance.endedAt === null) {
      running.push(runningOf(instance));
      continue;
    }
    batch.push(instance);
    if (batch.length === atOnce) await flush();
  }
  await flush();
  return { written, known, entries, differing, running };
}

/**
 * Digest of the instance in the stream; undefined if the stream does not exist.
 *
 * @throws {Refusal} `trail.broken`
 */
async function digestOf(
  { trail }: ArchiveDeps,
  transaction: Transaction,
  stream: string,
): Promise<string | undefined> {
  const [first] = await trail.history(transaction, stream);
  return first?.type === 'archive.opened' ? first.body.digest : undefined;
}

function* entriesOf(
  instance: OldInstance,
  sources: readonly ExportFile[],
  actor: string,
  now: Date,
): Generator<TrailAppend> {
  const { id, definition, version, businessKey, startedAt, endedAt, startedBy, outcome, records, digest } =
    instance;
  const stream = archiveStream(id);
  const body: JsonObject = {
    actor,
    system: 'camunda-7',
    oldInstance: id,
    definition,
    ...(version === null ? {} : { version }),
    ...(businessKey === null ? {} : { businessKey }),
    startedAt: toShanghaiIso(startedAt),
    endedAt: toShanghaiIso(endedAt ?? startedAt),
    ...(startedBy === null ? {} : { startedBy }),
    outcome,
    records: records.length,
    digest,
    sources: sources.map(({ file, sha256 }) => ({ file, sha256 })),
  };
  yield { stream, type: 'archive.opened', at: now, body };
  for (const record of records) yield recordEntry(stream, record, now);
}

function recordEntry(stream: string, record: OldRecord, now: Date): TrailAppend {
  const { kind, id, at, ended, who, element, name, row } = record;
  const body: JsonObject = {
    kind,
    id,
    ...(at === null ? {} : { happenedAt: toShanghaiIso(new Date(at)) }),
    ...(ended === null ? {} : { endedAt: toShanghaiIso(new Date(ended)) }),
    // In the trail's notation for persons, so that they can be found by their old log-in name.
    ...(who === null ? {} : { actor: actorName({ name: 'Camunda', login: who }) }),
    ...(element === null ? {} : { of: element }),
    ...(name === null ? {} : { name: oneLine(name) }),
  };
  const sealed = [seal('record', JSON.stringify(row))];
  return { stream, type: 'archive.recorded', at: now, body, sealed };
}

/** One stream for all records of the old system that belong to no process instance. */
export const looseStream = 'archive:camunda-7-system';
const looseAtOnce = 500;
const lastNumber = 2_147_483_647;

/**
 * The old system never changes such records, so a record is identified by its kind and id.
 *
 * @returns how many were written, and how many existed
 */
export async function archiveLoose(
  { database, clock, trail }: ArchiveDeps,
  records: AsyncIterable<OldRecord>,
): Promise<{ readonly written: number; readonly known: number }> {
  const there = new Set<string>();
  let [written, known, readTo] = [0, 0, 0];
  let batch: OldRecord[] = [];
  /** Reads and verifies the whole stream once, and later only added entries. */
  const readOn = async (transaction: Transaction): Promise<void> => {
    const entries =
      readTo === 0
        ? await trail.history(transaction, looseStream)
        : await trail.between(transaction, [[looseStream, readTo + 1, lastNumber]]);
    for (const entry of entries)
      if (entry.type === 'archive.recorded') there.add(`${entry.body.kind} ${entry.body.id}`);
    readTo = entries.at(-1)?.seq ?? readTo;
  };
  const flush = async (): Promise<void> => {
    const mine = batch;
    batch = [];
    const fresh = await database.transaction(async (transaction) => {
      await lockArchive(transaction);
      await readOn(transaction);
      const missing = mine.filter(({ kind, id }) => !there.has(`${kind} ${id}`));
      const now = clock.now();
      await trail.append(
        transaction,
        missing.map((record) => recordEntry(looseStream, record, now)),
      );
      return missing.length;
    });
    written += fresh;
    known += mine.length - fresh;
  };
  for await (const record of records) {
    batch.push(record);
    if (batch.length === looseAtOnce) await flush();
  }
  if (batch.length > 0) await flush();
  return { written, known };
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

function runningOf({ id, businessKey, definition, startedAt, records }: OldInstance): RunningInstance {
  const open = records.filter(({ ended, id: own }) => ended === null && own !== id);
  const of = (kind: OldRecord['kind']) => open.filter((record) => record.kind === kind);
  // A failed job waits before its activity: only the incident says where.
  const waiting = [of('task'), of('activity'), of('incident')].find((found) => found.length > 0) ?? [];
  return {
    id,
    businessKey,
    definition,
    startedAt,
    waits: waiting.map(({ kind, name, element, who }) => ({
      name: oneLine((kind === 'incident' ? element : name) ?? element ?? ''),
      who,
    })),
    incidents: of('incident').length,
  };
}
