/** Sends a file. */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

type Content =
  | { readonly file: string; readonly bytes: number }
  | { readonly content: Buffer }
  /** `bytes` is missing if the length is not known before sending. */
  | { readonly content: AsyncIterable<Buffer>; readonly bytes?: number };

export type Download = Content & {
  /** Suggested file name. */
  readonly name: string;
  /** Default: `application/octet-stream`. */
  readonly mediaType?: string;
  /** True: browsers may show it; otherwise they save it. */
  readonly isShown?: boolean;
};

export async function sendFile(response: Response, download: Download): Promise<void> {
  const { name, mediaType = 'application/octet-stream', isShown = false } = download;
  response.status(200).set({
    'Cache-Control': 'no-store',
    'Content-Type': mediaType,
    'Content-Disposition': `${isShown ? 'inline' : 'attachment'}; ${nameParameters(name)}`,
    ...lengthOf(download),
    // A file from outside must run nothing, even if a browser treats it as a page.
    'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  });
  if ('content' in download && Buffer.isBuffer(download.content)) {
    response.end(download.content);
    return;
  }
  try {
    await pipeline('file' in download ? createReadStream(download.file) : download.content, response);
  } catch (error) {
    // The client disconnected, so there is nothing to report.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

function lengthOf(download: Content): { readonly 'Content-Length'?: string } {
  const bytes =
    'content' in download && Buffer.isBuffer(download.content)
      ? download.content.length
      : (download as { readonly bytes?: number }).bytes;
  return bytes === undefined ? {} : { 'Content-Length': String(bytes) };
}

/** RFC 6266: an ASCII name for old programs, and a UTF-8 name. */
function nameParameters(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  if (plain === name) return `filename="${name}"`;
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16)}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${encoded}`;
}
