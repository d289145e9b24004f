import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Application } from 'express';
import { Refusal, systemClock } from '../kernel/index.js';
import { problemOf } from './middleware/problems.js';

export interface Listening {
  /** URL without a trailing slash: `http://127.0.0.1:12345`. */
  readonly url: string;
  /** Stops accepting connections; running requests may finish within the grace period. Idempotent. */
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly host: string;
  /** 0 selects any free port. */
  readonly port: number;
}

/** Grace period of running requests at shutdown, in milliseconds. */
const gracePeriod = 5000;

/** @throws {Refusal} `port.in-use`; `usage.invalid` for a port or address that cannot be used */
export async function listen(app: Application, { host, port }: ListenOptions): Promise<Listening> {
  const server = createServer(app);
  server.on('clientError', refuseUnreadable);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenRefusal(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    close: () => {
      app.emit('stopping');
      return (closed ??= drain(server));
    },
  };
}

async function drain(server: Server): Promise<void> {
  const gone = new AbortController();
  const done = new Promise<void>((resolve) => server.close(() => resolve())).then(() => gone.abort());
  for (let waited = 0; waited < gracePeriod && !gone.signal.aborted; waited += 50) {
    // A connection becomes idle only when its request is answered, so repeat until none is left.
    server.closeIdleConnections();
    await systemClock.sleep(50, gone.signal);
  }
  server.closeAllConnections();
  await done;
}

function listenRefusal(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Refusal('port.in-use', `端口 ${port} 已被别的程序占用（${host}）`, {
        remedy: `停掉占用它的程序，或换一个端口，例如 HOTLINE_PORT=${port < 65535 ? port + 1 : 12345} npm start`,
        cause: error,
      });
    case 'EACCES':
      return new Refusal('usage.invalid', `没有权限使用端口 ${port}`, {
        remedy: '换一个 1024 以上的端口，例如 HOTLINE_PORT=12345 npm start',
        cause: error,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Refusal('usage.invalid', `本机没有“${host}”这个地址`, {
        remedy: '改用 127.0.0.1',
        cause: error,
      });
    default:
      return error;
  }
}

/** Answers input that is not HTTP, which never reaches express. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const refusal =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? new Refusal('input.too-large', '请求头过大', { remedy: '缩短地址和请求头' })
      : new Refusal('input.invalid', '请求不是合格的 HTTP', { remedy: '核对请求的方法、地址和请求头' });
  const body = JSON.stringify(problemOf(refusal, '/', ''));
  socket.end(
    [
      `HTTP/1.1 ${refusal.status} ${refusal.status === 413 ? 'Content Too Large' : 'Bad Request'}`,
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
