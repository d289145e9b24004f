/**
 * Puts items in order by a key with bounded memory: they go to one of some files by their key, then each file is read as a
 * whole. An export may list them by time, so that what belongs together lies anywhere.
 */
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Grouper<Item> {
  /** @param item plain JSON */
  add(key: string, item: Item): Promise<void>;
  /** Each key once, its items as they were added; after all have been. */
  groups(): AsyncIterable<readonly [key: string, items: Item[]]>;
  /** Removes the files. */
  close(): Promise<void>;
}

/** 100,000 cases with 10 lines each: about 1,600 cases a file. */
const files = 64;

export async function groupOnDisk<Item>(): Promise<Grouper<Item>> {
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
    add: async (key, item) => {
      const stream = streamOf(placeOf(key));
      if (!stream.write(`${JSON.stringify([key, item])}\n`)) await once(stream, 'drain');
    },
    groups: async function* () {
      await ended();
      for (const index of streams.keys()) yield* groupsIn<Item>(await readFile(path(index), 'utf8'));
    },
    close: async () => {
      await ended();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function groupsIn<Item>(text: string): Map<string, Item[]> {
  const byKey = new Map<string, Item[]>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [key, item] = JSON.parse(line) as [string, Item];
    const known = byKey.get(key);
    if (known) known.push(item);
    else byKey.set(key, [item]);
  }
  return byKey;
}

function placeOf(key: string): number {
  let hash = 0;
  for (let index = 0; index < key.length; index++) hash = (hash * 31 + key.charCodeAt(index)) >>> 0;
  return hash % files;
}
