/** A file as the answer. */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

export interface Download {
  readonly file: string;
  readonly bytes: number;
  /** What the browser saves it as. */
  readonly name: string;
}

export async function sendFile(response: Response, { file, bytes, name }: Download): Promise<void> {
  response.status(200).set({
    'Cache-Control': 'no-store',
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename="${name}"`,
    'Content-Length': String(bytes),
  });
  try {
    await pipeline(createReadStream(file), response);
  } catch (error) {
    // Whoever fetched it has gone away: nobody is left to be told.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
