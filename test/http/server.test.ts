import { connect } from 'node:net';
import { expect } from 'chai';
import pg from 'pg';
import { Refusal } from '../../src/kernel/index.js';
import { createApp, listen } from '../../src/http/index.js';
import { problemIn, send, useServer, type Reply } from './serving.js';

/** Sends bytes as they are; answers what comes until the other side closes. */
function raw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString('utf8')));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

function asReply(answer: string): Reply {
  const [head = '', text = ''] = answer.split('\r\n\r\n');
  const [line = '', ...fields] = head.split('\r\n');
  const headers: { [name: string]: string | undefined } = {};
  for (const field of fields) {
    const [name = '', value] = field.split(': ');
    headers[name.toLowerCase()] = value;
  }
  const json = JSON.parse(text) as unknown;
  return { status: Number(line.split(' ')[1]), headers, text, json, law: undefined };
}

describe('http server', () => {
  const served = useServer({ shipped: false });

  it('says which port is taken and how to choose another', async () => {
    const { url, system } = served();
    const port = Number(new URL(url).port);
    const refused = await listen(createApp(system), { host: '127.0.0.1', port }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refused).to.be.instanceOf(Refusal).and.include({ code: 'port.in-use' });
    expect((refused as Refusal).message).to.include(String(port));
    expect((refused as Refusal).remedy).to.include('HOTLINE_PORT=');
  });

  it('says that an address is not of this machine', async () => {
    const refused = await listen(createApp(served().system), { host: '192.0.2.1', port: 0 }).catch(
      (error: unknown) => error,
    );
    expect(refused).to.be.instanceOf(Refusal).and.include({ code: 'usage.invalid' });
  });

  it('answers what is no HTTP, and headers that are too large', async () => {
    const { url } = served();
    expect(problemIn(asReply(await raw(url, 'BREW /tea\r\n\r\n')))).to.include({ status: 400 });
    expect(problemIn(asReply(await raw(url, 'GET /a b HTTP/1.1\r\n\r\n')))).to.include({ status: 400 });
    const large = `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`;
    expect(problemIn(asReply(await raw(url, large)))).to.include({ code: 'input.too-large' });
  });

  it('lets a request that is under way finish before it closes, and takes no other', async () => {
    const { system } = served();
    const server = await listen(createApp(system), { host: '127.0.0.1', port: 0 });
    const as = await served().people.allowed('signed-in');
    // One connection that stays open and idle.
    const idle = await fetch(`${server.url}/healthz`);
    await idle.text();
    const owner = new pg.Client({ connectionString: system.database.url });
    await owner.connect();
    await owner.query('BEGIN');
    await owner.query('LOCK TABLE hotline.definition IN ACCESS EXCLUSIVE MODE');
    const slow = send(server.url, '/api/definitions', { as });
    for (let waits = 0; waits === 0;) {
      const { rowCount } = await owner.query(
        "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'hotline.definition'::regclass",
      );
      waits = rowCount ?? 0;
    }
    const closing = server.close();
    const late = await send(server.url, '/healthz').catch((error: NodeJS.ErrnoException) => error.code);
    expect(late).to.equal('ECONNREFUSED');
    await owner.query('ROLLBACK');
    await owner.end();
    expect((await slow).status).to.equal(200);
    await closing;
    await server.close();
  });
});
