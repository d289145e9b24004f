/**
 * A log, and the tables made of it, as encrypted pieces in the database: one piece at a time in
 * memory, none readable on disk.
 */
import type { Vault } from '../../kernel/index.js';
import type { Database } from '../../platform/database/index.js';
import { addPiece, readPiece, type LogPart } from '../store/uploaded-logs.js';

export interface PieceDeps {
  readonly database: Database;
  readonly vault: Vault;
}

const pieceLength = 192 * 1024;

interface PieceWriter {
  readonly bytes: number;
  write(content: Buffer): Promise<void>;
  /** Writes the buffered rest. */
  end(): Promise<void>;
}

export function writePieces({ database, vault }: PieceDeps, log: number, part: LogPart): PieceWriter {
  let [waiting, held, bytes, number] = [[] as Buffer[], 0, 0, 0];
  const flush = async (): Promise<void> => {
    const content = Buffer.concat(waiting);
    [waiting, held] = [[], 0];
    await database.transaction((transaction) => addPiece(transaction, vault, { log, part, number }, content));
    number += 1;
  };
  return {
    get bytes() {
      return bytes;
    },
    write: async (content) => {
      waiting.push(content);
      held += content.length;
      bytes += content.length;
      if (held >= pieceLength) await flush();
    },
    end: async () => {
      if (held > 0) await flush();
    },
  };
}

/** Ends after the last piece. @throws {Refusal} `vault.locked` during reading */
export async function* readPieces(
  { database, vault }: PieceDeps,
  log: number,
  part: LogPart,
): AsyncGenerator<Buffer> {
  for (let number = 0; ; number++) {
    const place = { log, part, number };
    const piece = await database.transaction((transaction) => readPiece(transaction, vault, place));
    if (!piece) return;
    yield piece;
  }
}
