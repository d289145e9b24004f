/** Sends a file. */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

export type Download = ({ readonly file: string; readonly bytes: number } | { readonly content: Buffer }) & {
  /** Suggested file name. */
  readonly name: string;
};

export async function sendFile(response: Response, download: Download): Promise<void> {
  response.status(200).set({
    'Cache-Control': 'no-store',
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename="${download.name}"`,
    'Content-Length': String('content' in download ? download.content.length : download.bytes),
  });
  if ('content' in download) {
    response.end(download.content);
    return;
  }
  try {
    await pipeline(createReadStream(download.file), response);
  } catch (error) {
    // Client disconnected; nothing to report.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
