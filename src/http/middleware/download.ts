/** A file that is given once and then dropped. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

export interface Download {
  readonly file: string;
  /** What the browser saves it as. */
  readonly name: string;
  readonly drop: () => Promise<void>;
}

export async function sendFile(response: Response, { file, name, drop }: Download): Promise<void> {
  try {
    response.status(200).set({
      'Cache-Control': 'no-store',
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${name}"`,
      'Content-Length': String((await stat(file)).size),
    });
    await pipeline(createReadStream(file), response);
  } catch (error) {
    // Whoever fetched it has gone away: nobody is left to be told.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  } finally {
    await drop();
  }
}
