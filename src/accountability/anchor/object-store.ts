/**
 * Stores checkpoints in a bucket that others control, best with object lock. Each checkpoint is an
 * object, which is never overwritten and is read back after writing.
 */
import { AwsClient } from 'aws4fetch';
import type { S3Settings } from '../../kernel/index.js';
import { instantIn, keptName, keptSize, originOf, prefixOf, type Anchor } from './anchor.js';

/** Timeout in milliseconds. */
const patience = 10_000;

/** @param lockDays days of object lock requested for every object; 0 uses the bucket's default */
export function objectStoreAnchor(
  { url, region, keyId, secret }: S3Settings,
  lockDays: number,
  now: () => Date,
): Anchor {
  const client = new AwsClient({
    accessKeyId: keyId,
    secretAccessKey: secret,
    region,
    service: 's3',
    retries: 1,
  });
  const { host, pathname, origin: server } = new URL(url);
  const [, bucket = '', ...folders] = pathname.split('/');
  const under = folders.map((one) => `${one}/`).join('');
  const name = `对象存储 ${host}${pathname}`;
  const ask = async (address: string, init: RequestInit = {}): Promise<Response> =>
    client.fetch(address, { ...init, signal: AbortSignal.timeout(patience) }).catch((cause: unknown) => {
      throw new Error(`${name} 没有答复`, { cause });
    });
  const read = async (key: string) => {
    const answer = await ask(`${url}/${key}`);
    if (!answer.ok) throw await refusedBy(name, answer);
    return { text: await answer.text(), at: instantIn(answer.headers.get('last-modified')) };
  };
  const lock = (): Record<string, string> =>
    lockDays === 0
      ? {}
      : {
          'x-amz-object-lock-mode': 'COMPLIANCE',
          'x-amz-object-lock-retain-until-date': new Date(
            now().getTime() + lockDays * 86_400_000,
          ).toISOString(),
        };
  return {
    kind: 's3',
    name,
    every: 'hour',
    keep: async ({ note, size }) => {
      const key = keptName(originOf(note), size);
      const answer = await ask(`${url}/${key}`, {
        method: 'PUT',
        body: note,
        headers: { 'content-type': 'text/plain; charset=utf-8', 'if-none-match': '*', ...lock() },
      });
      // 412: the object exists already.
      if (!answer.ok && answer.status !== 412) throw await refusedBy(name, answer);
      if ((await read(key)).text !== note)
        throw new Error(`${name} 里 ${key} 是另一个检查点：同样 ${size} 条，内容不同`);
      return { words: '写下后读回来比过' };
    },
    newest: async (origin) => {
      let size = 0;
      let more: string | undefined = '';
      while (more !== undefined) {
        const query = new URLSearchParams({
          'list-type': '2',
          prefix: `${under}${prefixOf(origin)}`,
          ...(more === '' ? {} : { 'continuation-token': more }),
        });
        const answer = await ask(`${server}/${bucket}?${query.toString()}`);
        if (!answer.ok) throw await refusedBy(name, answer);
        const listed = await answer.text();
        for (const [, key = ''] of listed.matchAll(/<Key>([^<]*)<\/Key>/g))
          size = Math.max(size, keptSize(origin, key.slice(under.length)) ?? 0);
        more = /<NextContinuationToken>([^<]+)</.exec(listed)?.[1];
      }
      if (size === 0) return undefined;
      const { text, at } = await read(keptName(origin, size));
      return { note: text, size, at };
    },
  };
}

const refusedBy = async (name: string, answer: Response): Promise<Error> =>
  new Error(`${name} 答复 ${answer.status}：${(await answer.text()).slice(0, 200)}`);
