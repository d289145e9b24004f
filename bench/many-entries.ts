/**
 * A trail as after a year: cases run on the real engine, then copied under other numbers. The
 * program's own writer chains each copy anew. All entries have their places in the tree, are
 * signed, and can be searched.
 */
import { isSound } from '#src/accountability/events/index.js';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  indexTrail,
  sequence,
  signCheckpoint,
  signerSource,
  writeManifest,
  type TrailAppend,
} from '#src/accountability/index.js';
import { deployShipped } from '#src/cases/index.js';
import { replay } from '#src/cases/replay/index.js';
import { systemClock } from '#src/kernel/index.js';
import { openSystem, type System } from '#src/main.js';
import { madeUpMessages } from '../test/support/messages.js';

const livedCases = 500;

/** @returns number of entries in the trail */
export async function fillTrail(url: string, directory: string, atLeast: number): Promise<number> {
  const system = await openSystem({ clock: systemClock, applicationName: 'bench fill', url, directory });
  try {
    await deployShipped(system);
    const file = join(directory, 'messages.jsonl');
    await writeFile(file, [...madeUpMessages(livedCases)].join('\n'));
    await replay(system, file, { onLine: () => undefined, onBad: () => undefined });
    const lived = await livedTrails(system);
    const entries = lived.flat().length;
    for (let copy = 1; copy * entries < atLeast; copy += 1) await append(system, lived, copy);
    await sequence(system.database);
    await writeManifest(system);
    await sequence(system.database);
    const checkpoint = await signCheckpoint({ ...system, signer: await signerSource(directory)() });
    await indexTrail(system.database);
    return checkpoint?.size ?? 0;
  } finally {
    await system.close();
  }
}

export async function livedTrails({ database, trail }: System): Promise<readonly (readonly TrailAppend[])[]> {
  return database.transaction(async (transaction) => {
    const streams = await transaction.query<{ stream: string }>(
      'SELECT business_key AS stream FROM hotline.process_case ORDER BY id',
    );
    const trails = await trail.read(
      transaction,
      streams.map(({ stream }) => stream),
    );
    return [...trails.values()].map((entries) =>
      entries.filter(isSound).map(({ stream, type, at, body }) => ({ stream, type, at, body })),
    );
  });
}

async function append(
  { database, trail }: System,
  trails: readonly (readonly TrailAppend[])[],
  copy: number,
): Promise<void> {
  for (let first = 0; first < trails.length; first += 100) {
    const some = trails.slice(first, first + 100).flat();
    const entries = some.map((entry) => ({ ...entry, stream: `${entry.stream}-${copy}` }));
    await database.transaction((transaction) => trail.append(transaction, entries));
  }
}
