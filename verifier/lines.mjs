/** Reads the lines of a file that may exceed memory. */
import { Buffer } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { linesIn } from './entries.mjs';

/** Lines without their ends, of a file that may exceed memory. @param {string} file */
export function* linesOf(file) {
  const handle = openSync(file, 'r');
  try {
    yield* linesIn(piecesOf(handle));
  } finally {
    closeSync(handle);
  }
}

function* piecesOf(handle) {
  for (;;) {
    const piece = Buffer.allocUnsafe(1 << 20);
    const length = readSync(handle, piece, 0, piece.length, null);
    if (length === 0) return;
    yield piece.subarray(0, length);
  }
}
