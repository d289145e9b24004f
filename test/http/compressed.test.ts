/** Which answers are compressed, and which must not be. */
import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { newcomer } from '../support/people.js';
import { useServer } from './serving.js';

interface Answer {
  readonly encoding: string | undefined;
  readonly vary: string | undefined;
  readonly bytes: Buffer;
}

describe('压缩', () => {
  const served = useServer();

  const get = (path: string, accepted: string, session?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = { 'Accept-Encoding': accepted, ...(session && { Cookie: session }) };
      request(`${served().url}${path}`, { headers }, (response) => {
        const { 'content-encoding': encoding, vary } = response.headers;
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        const answer = () => resolve({ encoding, vary, bytes: Buffer.concat(parts) });
        // A stream of events does not end.
        if (response.headers['content-type']?.startsWith('text/event-stream'))
          response.once('data', () => (answer(), response.destroy()));
        else response.on('end', answer);
      })
        .on('error', reject)
        .end();
    });

  const agent = async (login: string): Promise<string> =>
    (await newcomer(served().system, { login, roles: ['intake'] })).headers.cookie;

  it('接口的答复按浏览器所说用 brotli 或 gzip，解开是同一份；说不压的不压', async () => {
    const plain = await get('/openapi.json', 'identity');
    expect(plain.encoding).to.equal(undefined);
    for (const [accepted, open] of [
      ['br, gzip', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const answer = await get('/openapi.json', accepted);
      expect(answer.encoding).to.equal(accepted.split(',')[0]);
      expect(answer.vary).to.include('Accept-Encoding');
      expect(answer.bytes.length).to.be.lessThan(plain.bytes.length / 4);
      expect(open(answer.bytes).equals(plain.bytes)).to.equal(true);
    }
  });

  it('带有 csrf 的会话答复不压，短的不压', async () => {
    const cookie = await agent('csrf');
    expect((await get('/api/session', 'br, gzip', cookie)).encoding).to.equal(undefined);
    expect((await get('/healthz', 'br, gzip')).encoding).to.equal(undefined);
  });

  it('事件一发生就到，不压', async () => {
    const cookie = await agent('events');
    const { encoding, bytes } = await get('/api/events', 'br, gzip', cookie);
    expect(encoding).to.equal(undefined);
    expect(bytes.toString()).to.include('event: clock');
  });
});
