/** A file as request body; it is passed on as a stream, never held as a whole. */
import type { RequestHandler } from 'express';
import { Refusal } from '../../kernel/index.js';

export const uploadType = 'application/octet-stream';

export interface Upload {
  readonly source: AsyncIterable<Buffer>;
  /** Size in bytes, if the sender declares it. */
  readonly declared: number | undefined;
}

/** Sets `request.body`. */
export const uploadBody: RequestHandler = (request, _response, next) => {
  const type = request.headers['content-type'] ?? '';
  if (request.is(uploadType) !== uploadType || request.headers['content-encoding'] !== undefined) {
    throw new Refusal('media-type.unsupported', `正文的类型是“${type.slice(0, 100) || '（未注明）'}”`, {
      where: 'Content-Type',
      remedy: `正文就是文件，不压缩，以 Content-Type: ${uploadType} 提交`,
    });
  }
  const declared = request.headers['content-length'];
  request.body = {
    source: request,
    declared: declared === undefined ? undefined : Number(declared),
  } satisfies Upload;
  next();
};
