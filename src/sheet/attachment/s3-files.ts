/** Stores encrypted contents in an S3-compatible store, for several machines without a shared disk. */
import { createHash, randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';
import { Refusal, s3SettingsOf, type S3Settings } from '../../kernel/index.js';
import type { AttachmentFiles } from './files.js';

/** @throws {Refusal} `usage.invalid`; undefined without an address */
export const s3Settings = (environment: NodeJS.ProcessEnv = process.env): S3Settings | undefined =>
  s3SettingsOf('HOTLINE_ATTACHMENT_S3', environment);

/** @param aside folder for files being sent: S3 needs length and hash first, and memory must not grow with a file */
export function s3Files({ url, region, keyId, secret }: S3Settings, aside: string): AttachmentFiles {
  const client = new AwsClient({
    accessKeyId: keyId,
    secretAccessKey: secret,
    region,
    service: 's3',
    retries: 2,
  });
  const ask = async (method: string, name: string, init: RequestInit = {}): Promise<Response> => {
    const answer = await client
      .fetch(`${url}/${name.slice(0, 2)}/${name}`, { ...init, method })
      .catch((cause: unknown) => {
        throw unreachable('没有答复', cause);
      });
    if (answer.ok || (answer.status === 404 && method !== 'PUT')) return answer;
    throw unreachable(`答复 ${answer.status}`, new Error((await answer.text()).slice(0, 500)));
  };
  return {
    kind: 's3',
    put: async (name, content) => {
      await mkdir(aside, { recursive: true, mode: 0o700 });
      const path = join(aside, randomUUID());
      try {
        const sha256 = await spool(path, content);
        await ask('PUT', name, {
          body: await openAsBlob(path),
          headers: { 'content-type': 'application/octet-stream', 'x-amz-content-sha256': sha256 },
        });
      } finally {
        await rm(path, { force: true });
      }
    },
    get: async (name) => {
      const answer = await ask('GET', name);
      if (answer.status === 404 || !answer.body) {
        await answer.body?.cancel();
        return undefined;
      }
      return buffers(answer.body);
    },
    drop: async (name) => {
      await (await ask('DELETE', name)).body?.cancel();
    },
  };
}

async function spool(path: string, content: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const piece of content) {
      hash.update(piece);
      await file.write(piece);
    }
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

async function* buffers(body: ReadableStream<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const piece of body) yield Buffer.from(piece.buffer, piece.byteOffset, piece.length);
}

const unreachable = (what: string, cause: unknown): Refusal =>
  new Refusal('attachment.store-failed', `附件的存储${what}`, {
    remedy: '过一会儿再试；一直不行的，请系统管理员看 HOTLINE_ATTACHMENT_S3 的地址、权限、空间',
    cause,
  });
