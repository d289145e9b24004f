/** A real receiver of webhooks on a free port: stores requests, and answers as the test specifies. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before } from 'mocha';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** Status of the next answers; default 200. A redirect names a Location. */
  answer: number;
}

export function useReceiver(): () => Receiver {
  let receiver: Receiver | undefined;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { answer = 200, received } = receiver ?? {};
      received?.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(answer, answer >= 300 && answer < 400 ? { location: '/elsewhere' } : {}).end('收到');
    });
  });
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    receiver = { url: `http://127.0.0.1:${port}/hook`, received: [], answer: 200 };
  });
  after(() => new Promise((resolve) => server.close(resolve)));
  return () => {
    if (!receiver) throw new Error('the receiver is there only while the tests of this describe run');
    return receiver;
  };
}
