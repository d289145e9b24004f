/**
 * The last checkpoint a witness has co-signed for a log: numbered files, the highest counts. Advancing creates the next
 * number by a hard link that must not exist yet, so the head never goes back, with several programs on one folder and
 * after any crash.
 */
import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
} from 'node:fs';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} folder the witness's @param {string} origin the log's name */
export function heads(folder, origin) {
  const place = join(folder, 'logs', createHash('sha256').update(origin).digest('hex').slice(0, 32));
  mkdirSync(place, { recursive: true });
  const numbers = () =>
    readdirSync(place)
      .filter((name) => /^\d+\.note$/.test(name))
      .map((name) => Number.parseInt(name, 10));
  const fileOf = (number) => join(place, `${number}.note`);

  const last = () => {
    // A file removed between the two steps has a successor.
    for (;;) {
      const number = Math.max(0, ...numbers());
      if (number === 0) return undefined;
      try {
        return { number, note: readFileSync(fileOf(number), 'utf8'), at: statSync(fileOf(number)).mtime };
      } catch (error) {
        if (error.code !== 'ENOENT') throw error;
      }
    }
  };

  /** @returns {boolean} false if another program has already advanced from `from` */
  const advance = (from, note) => {
    const number = (from?.number ?? 0) + 1;
    const temporary = join(place, `${randomUUID()}.tmp`);
    writeDurably(temporary, note);
    try {
      linkSync(temporary, fileOf(number));
    } catch (error) {
      if (error.code === 'EEXIST') return false;
      throw error;
    } finally {
      rmSync(temporary, { force: true });
    }
    // The number may have been used and removed long ago.
    if (Math.max(...numbers()) > number) {
      rmSync(fileOf(number), { force: true });
      return false;
    }
    flush(place);
    for (const old of numbers()) if (old < number - 1) rmSync(fileOf(old), { force: true });
    return true;
  };

  /** Keeps proof of a log's misbehaviour. */
  const keepEvidence = (note) => {
    const name = createHash('sha256').update(note).digest('hex').slice(0, 16);
    writeDurably(join(place, `evidence-${name}.txt`), note);
  };

  return { last, advance, keepEvidence };
}

function writeDurably(file, text) {
  const handle = openSync(file, 'w', 0o600);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A new file name is durable only once its folder is flushed. */
function flush(folder) {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
