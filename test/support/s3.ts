/**
 * An S3-compatible store with the features we use; it refuses requests without the key's signature
 * (AWS Signature Version 4).
 */
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface S3Store {
  readonly url: string;
  readonly objects: Map<string, Buffer>;
  /** Answers with this status as long as it is set. */
  failing: number | undefined;
  close(): void;
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

export async function openS3(secret: string): Promise<S3Store> {
  const objects = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const answer = (status: number, content?: Buffer): void => void response.writeHead(status).end(content);
      if (store.failing !== undefined) return answer(store.failing);
      if (!isSigned(request, body, secret)) return answer(403);
      const key = request.url ?? '';
      const known = objects.get(key);
      const [path = '', query = ''] = key.split('?');
      if (request.method === 'GET' && query !== '') return answer(200, listed(objects, path, query));
      // As Amazon's conditional writes: never over what is there.
      if (request.method === 'PUT' && request.headers['if-none-match'] === '*' && known) return answer(412);
      if (request.method === 'PUT') objects.set(key, body);
      else if (request.method === 'DELETE') objects.delete(key);
      else return known ? answer(200, known) : answer(404);
      return answer(request.method === 'PUT' ? 200 : 204);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const store: S3Store = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    failing: undefined,
    close: () => void server.close().closeAllConnections(),
  };
  return store;
}

/** ListObjectsV2, two a page. */
function listed(objects: ReadonlyMap<string, Buffer>, bucket: string, query: string): Buffer {
  const asked = new URLSearchParams(query);
  const keys = [...objects.keys()]
    .map((one) => one.slice(bucket.length + 1))
    .filter((one) => one.startsWith(asked.get('prefix') ?? ''))
    .sort();
  const from = Number(asked.get('continuation-token') ?? 0);
  const more = from + 2 < keys.length ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : '';
  const contents = keys.slice(from, from + 2).map((key) => `<Contents><Key>${key}</Key></Contents>`);
  return Buffer.from(`<ListBucketResult>${contents.join('')}${more}</ListBucketResult>`);
}

/** As Amazon's documentation describes it. */
function isSigned(request: IncomingMessage, body: Buffer, secret: string): boolean {
  const { authorization = '', 'x-amz-content-sha256': said = '', 'x-amz-date': at = '' } = request.headers;
  const [, day = '', region = '', names = '', signature = ''] =
    /Credential=[^/]+\/(\d+)\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)/.exec(
      authorization,
    ) ?? [];
  if (said !== 'UNSIGNED-PAYLOAD' && said !== sha256(body)) return false;
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name])}\n`);
  const [path, query = ''] = (request.url ?? '').split('?');
  const canonical = [
    request.method,
    path,
    query.split('&').sort().join('&'),
    headers.join(''),
    names,
    said,
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n');
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), 's3'), 'aws4_request');
  return hmac(key, toSign).toString('hex') === signature;
}
