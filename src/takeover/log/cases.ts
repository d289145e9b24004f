/**
 * Puts a log in order by case with bounded memory: lines go to one of some files by their case's name, then each file is
 * read as a whole. A log may list its lines by time, so that a case's lines lie anywhere.
 */
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogEvent } from './event.js';

export interface LoggedCase {
  readonly name: string;
  /** By instant; those of one instant as the file has them. */
  readonly events: readonly LogEvent[];
}

export interface CaseSorter {
  add(event: LogEvent): Promise<void>;
  /** Each case once; after all have been added. */
  cases(): AsyncIterable<LoggedCase>;
  /** Removes the files. */
  close(): Promise<void>;
}

/** 100,000 cases with 10 lines each: about 1,600 a file. */
const files = 64;

export async function sortCases(): Promise<CaseSorter> {
  const folder = await mkdtemp(join(tmpdir(), 'hotline-takeover-'));
  const path = (index: number): string => join(folder, String(index));
  const streams = new Map<number, WriteStream>();
  const streamOf = (index: number): WriteStream => {
    const known = streams.get(index) ?? createWriteStream(path(index));
    streams.set(index, known);
    return known;
  };
  const ended = async (): Promise<void> => {
    for (const stream of streams.values()) {
      if (stream.closed) continue;
      stream.end();
      await once(stream, 'close');
    }
  };
  return {
    add: async (event) => {
      const stream = streamOf(placeOf(event.case));
      if (!stream.write(`${JSON.stringify(event)}\n`)) await once(stream, 'drain');
    },
    cases: async function* () {
      await ended();
      for (const index of streams.keys()) yield* casesIn(await readFile(path(index), 'utf8'));
    },
    close: async () => {
      await ended();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function* casesIn(text: string): Generator<LoggedCase> {
  const byName = new Map<string, LogEvent[]>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const event = JSON.parse(line) as LogEvent;
    const known = byName.get(event.case);
    if (known) known.push(event);
    else byName.set(event.case, [event]);
  }
  for (const [name, events] of byName) {
    yield { name, events: events.sort((one, other) => one.at - other.at || one.line - other.line) };
  }
}

function placeOf(name: string): number {
  let hash = 0;
  for (let index = 0; index < name.length; index++) hash = (hash * 31 + name.charCodeAt(index)) >>> 0;
  return hash % files;
}
