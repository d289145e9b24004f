/**
 * Writers that run cases on the real executor, one transaction per step, with the trail or with a journal that discards
 * everything.
 */
import { tmpdir } from 'node:os';
import { createTrail, signerSource } from '#src/accountability/index.js';
import { createDueDates } from '#src/calendar/index.js';
import { diskFiles } from '#src/sheet/attachment/index.js';
import { deployShipped, exportFiles } from '#src/cases/index.js';
import { parseLine } from '#src/cases/replay/message.js';
import { simulate } from '#src/cases/replay/simulate.js';
import { createExecutor, tokenRuntime, type Journal, type PastEntry } from '#src/engine/index.js';
import { unitsOf } from '#src/handlers/index.js';
import { createVault, newKeyRing } from '#src/identity/index.js';
import { systemClock } from '#src/kernel/index.js';
import type { Laws } from '#src/kernel/law.js';
import { assemble, entities } from '#src/main.js';
import { openDatabase, type Database, type Transaction } from '#src/platform/database/index.js';
import { madeUpMessages } from '../test/support/messages.js';

export interface Writers {
  readonly database: Database;
  readonly laws: Laws;
  /** Runs this many cases to their end. @returns steps per second, each a transaction and, with a trail, an entry */
  live(cases: number, round: number): Promise<number>;
  /** Seconds from COMMIT to the first covering checkpoint, of every entry. */
  lags(signed: readonly { readonly size: number; readonly at: number }[]): Promise<readonly number[]>;
  close(): Promise<void>;
}

interface Committed {
  readonly stream: string;
  readonly seq: number;
  readonly at: number;
}

export async function openWriters(
  url: string,
  { writers, trail }: { readonly writers: number; readonly trail: boolean },
): Promise<Writers> {
  const poolSize = writers + 2;
  const database = await openDatabase({
    poolSize,
    url,
    applicationName: 'bench',
    entities,
  });
  const vault = createVault(newKeyRing());
  const premises = {
    signer: signerSource(tmpdir()),
    exportFiles: exportFiles(tmpdir()),
    attachmentFiles: diskFiles(tmpdir()),
    aside: tmpdir(),
  };
  const system = assemble(database, systemClock, vault, premises);
  await deployShipped(system);
  const committed: Committed[] = [];
  const journal = watching(trail ? createTrail(vault, system.laws) : inMemory(), committed);
  const { calendar, definitions, handlers, laws, policies } = system;
  const executor = createExecutor({
    database,
    definitions,
    dueDates: createDueDates({ calendar: calendar.current }),
    handlers,
    laws,
    policies,
    partiesOf: unitsOf,
    journal,
    runtime: tokenRuntime,
    clock: systemClock,
    refresh: async (transaction) => {
      await calendar.refresh(transaction);
      await policies.refresh(transaction);
    },
    hold: calendar.hold,
  });

  const live = async (cases: number, round: number): Promise<number> => {
    const waiting = [...madeUpMessages(cases, 1000 + round)].map((line, index) => {
      const parsed = parseLine(Buffer.from(line));
      if (!parsed.ok) throw new Error(parsed.reason);
      return { message: parsed.message, key: `bench-${round}-${index}` };
    });
    const before = committed.length;
    const from = performance.now();
    const writer = async (): Promise<void> => {
      for (let one = waiting.pop(); one; one = waiting.pop()) await simulate({ ...system, executor }, [one]);
    };
    await Promise.all(Array.from({ length: writers }, writer));
    return (1000 * (committed.length - before)) / (performance.now() - from);
  };

  const lags: Writers['lags'] = async (signed) => {
    const rows = await database.transaction((transaction) =>
      transaction.query<{ name: string; index: number }>(
        "SELECT stream || ' ' || seq AS name, index FROM hotline.trail_leaf",
      ),
    );
    const places = new Map(rows.map(({ name, index }) => [name, index]));
    return committed.flatMap(({ stream, seq, at }) => {
      const index = places.get(`${stream} ${seq}`) ?? Number.POSITIVE_INFINITY;
      const above = signed.find((one) => one.size > index && one.at >= at);
      return above ? [(above.at - at) / 1000] : [];
    });
  };

  return { database, laws, live, lags, close: () => database.close() };
}

/** The same journal, with recorded commit times. */
function watching(journal: Journal<Transaction>, committed: Committed[]): Journal<Transaction> {
  return {
    append: async (transaction, entries, bookmarks) => {
      const after = await journal.append(transaction, entries, bookmarks);
      transaction.afterCommit(() => {
        const at = performance.now();
        for (const [stream, bookmark] of after)
          committed.push({ stream, seq: Array.isArray(bookmark) ? Number(bookmark[0]) : 0, at });
      });
      return after;
    },
    history: (transaction, stream) => journal.history(transaction, stream),
    endOf: (stream, last, bookmark) => journal.endOf(stream, last, bookmark),
  };
}

/** No trail: entries are kept in memory, not hashed or written. */
function inMemory(): Journal<Transaction> {
  const streams = new Map<string, PastEntry[]>();
  return {
    append: (_transaction, entries) => {
      const after = new Map<string, [number]>();
      for (const { stream, type, body } of entries) {
        const past = streams.get(stream) ?? [];
        streams.set(stream, past);
        past.push({ seq: past.length + 1, type, body });
        after.set(stream, [past.length]);
      }
      return Promise.resolve(after);
    },
    history: (_transaction, stream) => Promise.resolve(streams.get(stream) ?? []),
    endOf: () => undefined,
  };
}
