import { expect } from 'chai';
import pg from 'pg';
import { createApp, listen } from '../../src/http/index.js';
import { refusals } from '../../src/kernel/index.js';
import type { LogFacts } from '../../src/kernel/log.js';
import { openDatabase } from '../../src/platform/database/index.js';
import { createLog } from '../../src/platform/telemetry/log/index.js';
import { post, problemIn, send, useServer, waterCut } from './serving.js';

const json = { 'content-type': 'application/json' };

describe('http refusals', () => {
  const served = useServer();
  const path = '/api/work-orders';
  const body = JSON.stringify(waterCut);
  const sheets = async (): Promise<unknown> => {
    const { rows } = await served().system.database.pool.query('SELECT count(*) FROM hotline.work_order');
    return rows;
  };

  it('refuses a body that is no JSON, is empty, or is not UTF-8', async () => {
    const before = await sheets();
    for (const wrong of [
      '',
      '{',
      '{"a":1,}',
      'undefined',
      "{'a':1}",
      '\uFEFF{',
      Buffer.from([0x22, 0xff, 0xfe, 0x22]),
    ]) {
      const reply = await send(served().url, path, { method: 'POST', headers: json, body: wrong });
      expect(problemIn(reply), String(wrong)).to.include({
        status: 400,
        code: 'input.invalid',
        where: '正文',
      });
    }
    expect(await sheets()).to.deep.equal(before);
  });

  it('refuses a body that names a field twice, at any depth, however it is written; alike values are no names', async () => {
    const as = await served().people.allowed(['intake']);
    const suggest = (text: string) =>
      send(served().url, '/api/intake/suggestions', { method: 'POST', headers: json, body: text, as });
    for (const wrong of [
      '{"text":"停水","text":"停电"}',
      '{"text":"停水", "te\\u0078t" : "停电"}',
      '{"text":"停水","more":[{"a":1,"a":1}]}',
    ])
      expect(problemIn(await suggest(wrong)), wrong).to.include({
        status: 400,
        code: 'input.invalid',
        detail: '同一个字段写了两次',
      });
    const quoting = JSON.stringify({ text: '"text":"停水","text":1 \\"text\\": \\\\' });
    expect((await suggest(quoting)).status).to.equal(200);
  });

  it('reads a body with a byte order mark, and one that is compressed', async () => {
    const { gzipSync } = await import('node:zlib');
    const marked = await send(served().url, path, { method: 'POST', headers: json, body: `\uFEFF${body}` });
    expect(marked.status).to.equal(201);
    const headers = { ...json, 'content-encoding': 'gzip' };
    expect(
      (await send(served().url, path, { method: 'POST', headers, body: gzipSync(body) })).status,
    ).to.equal(201);
  });

  it('refuses other content types, character sets and encodings with 415', async () => {
    for (const headers of [
      {},
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/xml' },
      { 'content-type': 'multipart/form-data; boundary=x' },
      { 'content-type': 'application/json; charset=gbk' },
      { 'content-type': '???' },
      { ...json, 'content-encoding': 'zip' },
    ] as { [name: string]: string }[]) {
      const reply = await send(served().url, path, { method: 'POST', headers, body });
      expect(problemIn(reply), JSON.stringify(headers)).to.include({
        status: 415,
        code: 'media-type.unsupported',
      });
    }
  });

  it('refuses a body over 1 MiB with 413: a variable of 10 MB, and a small one that unpacks to more', async () => {
    const { gzipSync } = await import('node:zlib');
    const large = JSON.stringify({ ...waterCut, content: '水'.repeat(3_500_000) });
    expect(
      problemIn(await send(served().url, path, { method: 'POST', headers: json, body: large })),
    ).to.include({
      status: 413,
      code: 'input.too-large',
    });
    const answers = JSON.stringify({ answers: { x: 'x'.repeat(10_000_000) } });
    const task = await send(served().url, '/api/tasks/1~1~1~a~T/completion', {
      method: 'POST',
      headers: json,
      body: answers,
    });
    expect(problemIn(task)).to.include({ status: 413 });
    const headers = { ...json, 'content-encoding': 'gzip' };
    const packed = await send(served().url, path, { method: 'POST', headers, body: gzipSync(large) });
    expect(problemIn(packed)).to.include({ status: 413 });
  });

  it('refuses what neither PostgreSQL nor the trail can keep', async () => {
    const before = await sheets();
    for (const content of ['"a\\u0000b"', '"a\\ud800"', '"\\udc00a"']) {
      const text = body.replace(/"content":"[^"]*"/, `"content":${content}`);
      const reply = await send(served().url, path, { method: 'POST', headers: json, body: text });
      expect(problemIn(reply), content).to.include({ status: 400, where: 'content' });
    }
    for (const address of [`${path}/a%00b`, `/api/tasks?role=%00`, `/api/definitions/%00`]) {
      expect(problemIn(await send(served().url, address)).detail).to.include('空字符');
    }
    const deep = `{"answers":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const reply = await send(served().url, '/api/tasks/1~1~1~a~T/completion', {
      method: 'POST',
      headers: json,
      body: deep,
    });
    expect(problemIn(reply).status).to.equal(400);
    expect(await sheets()).to.deep.equal(before);
  });

  it('keeps characters outside the basic plane, and the keys that objects inherit, as they are', async () => {
    const reply = await post(served().url, path, { ...waterCut, title: '𠮷野家门口积水😀' });
    expect(reply.json).to.have.nested.property('sheet.title', '𠮷野家门口积水😀');
    const odd = await send(served().url, path, {
      method: 'POST',
      headers: json,
      body: body.replace('{', '{"__proto__":{"x":1},'),
    });
    expect(odd.status).to.be.oneOf([201, 400]);
    const { detail } = problemIn(await post(served().url, path, { ...waterCut, constructor: 'x' }));
    expect(detail).to.include('constructor');
  });

  it('refuses a percent sign that stands for nothing', async () => {
    for (const address of [
      '/%',
      '/api/tasks/%E0%A4%A',
      '/api/tasks?role=%zz',
      '/problems/%ff',
      '/problem.css%',
    ]) {
      expect(problemIn(await send(served().url, address)), address).to.include({ status: 400, where: 'URL' });
    }
  });

  it('answers an unknown address with 404 and a method it does not know with 405 and Allow', async () => {
    for (const address of [
      '/api',
      '/api/',
      '/api/nothing',
      '/api/tasks/',
      '/API/tasks',
      '/nothing',
      '/docs/package.json',
      '/..%2fapp.ts',
      '/problems/no-such',
    ]) {
      expect(problemIn(await send(served().url, address)), address).to.include({ code: 'route.not-found' });
    }
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const reply = await send(served().url, path, { method });
      expect(problemIn(reply)).to.include({ status: 405, code: 'method.not-allowed' });
      expect(reply.headers['allow']).to.equal('POST, GET, HEAD, OPTIONS');
    }
    const wrongly = await send(served().url, '/api/tasks/1~1~1~a~T/completion');
    expect(wrongly.headers['allow']).to.equal('POST, OPTIONS');
  });

  it('answers HEAD like GET without a body, and OPTIONS with what is allowed', async () => {
    const [get, head] = [
      await send(served().url, '/api/definitions'),
      await send(served().url, '/api/definitions', { method: 'HEAD' }),
    ];
    expect(head).to.include({ status: 200, text: '' });
    expect(head.headers['content-length']).to.equal(get.headers['content-length']);
    const options = await send(served().url, '/api/tasks', { method: 'OPTIONS' });
    expect(options).to.include({ status: 204, text: '' });
    expect(options.headers['allow']).to.equal('GET, HEAD, OPTIONS');
  });

  it('gives every answer a request number and headers that keep browsers careful', async () => {
    for (const address of ['/', '/api/tasks', '/nothing', '/docs']) {
      const { headers } = await send(served().url, address);
      expect(headers['x-request-id']).to.match(/^[\w-]{8,64}$/);
      expect(headers['content-security-policy']).to.include("default-src 'none'").and.not.include('unsafe');
      expect(headers['x-content-type-options']).to.equal('nosniff');
      expect(headers).not.to.have.property('x-powered-by');
    }
    const given = await send(served().url, '/nothing', { headers: { 'x-request-id': 'proxy-0001' } });
    expect(given.json).to.have.property('requestId', 'proxy-0001');
    const odd = await send(served().url, '/nothing', { headers: { 'x-request-id': '<script>' } });
    expect(odd.headers['x-request-id']).not.to.include('<');
    expect((await send(served().url, '/api/tasks')).headers['cache-control']).to.equal('no-store');
  });

  it('has a page for every code of the table', async () => {
    for (const [code, { title }] of Object.entries(refusals)) {
      const reply = await send(served().url, `/problems/${code}`);
      expect(reply.status).to.equal(200);
      expect(reply.text).to.include(title).and.to.include(code);
    }
  });

  it('says nothing of the inside when something unexpected fails, but reports it', async () => {
    const { url, system, reported } = served();
    const owner = new pg.Client({ connectionString: system.database.url });
    await owner.connect();
    try {
      await owner.query('ALTER TABLE hotline.task RENAME TO task_away');
      const problem = problemIn(await send(url, '/api/tasks'));
      expect(problem).to.include({ status: 500, code: 'internal.error' });
      expect(JSON.stringify(problem)).not.to.match(/relation|task_away|SELECT/);
      expect(reported).to.have.length(1);
    } finally {
      await owner.query('ALTER TABLE hotline.task_away RENAME TO task');
      await owner.end();
    }
    expect((await send(url, '/api/tasks')).status).to.equal(200);
  });

  it('says with 503 that the database is gone, and goes on when it is back; which database, only the log says', async () => {
    const facts: LogFacts[] = [];
    const log = createLog(
      { form: 'json', level: 'error' },
      { write: (line) => facts.push(JSON.parse(line) as LogFacts) },
    );
    const { system } = served();
    const server = await listen(createApp({ ...system, log }), { host: '127.0.0.1', port: 0 });
    const { url } = server;
    const as = await served().people.allowed(['intake']);
    const own = new URL(system.database.url);
    const name = own.pathname.slice(1);
    own.pathname = '/postgres';
    const admin = new pg.Client({ connectionString: own.href });
    await admin.connect();
    try {
      // The statement ends the others' connections and prevents new ones, because the name is gone.
      await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
      await admin.query(`ALTER DATABASE ${name} RENAME TO ${name}_away`);
      for (const address of ['/readyz', '/api/tasks', '/api/work-orders', '/api/status']) {
        const problem = problemIn(await send(url, address, { as }));
        expect(problem, address).to.include({ status: 503, code: 'database.unreachable' });
        for (const secret of [own.hostname, own.port, own.username, name])
          expect(`${problem.detail}${problem.remedy}`, address).not.to.include(secret);
        expect(facts.at(-1)?.['place'], address).to.include(name).and.to.include(own.username);
      }
      expect((await send(url, '/healthz')).status).to.equal(200);
    } finally {
      await admin.query(`ALTER DATABASE ${name}_away RENAME TO ${name}`);
      await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
      await admin.end();
      await server.close();
    }
    expect((await send(served().url, '/readyz')).status).to.equal(200);
  });

  it('survives a database that goes between the log-in and the work: no rejection is left that nobody hears', async () => {
    const { system, people } = served();
    const { headers } = await people.allowed(['intake']);
    const gone = await openDatabase({ url: system.database.url, applicationName: 'gone' });
    await gone.close();
    const server = await listen(createApp({ ...system, database: gone }), { host: '127.0.0.1', port: 0 });
    // The program would end at the first one.
    const unheard: unknown[] = [];
    const hear = (reason: unknown): void => void unheard.push(reason);
    process.on('unhandledRejection', hear);
    try {
      // Whoever is logged in is read from the other, which is there.
      const reply = await post(server.url, '/api/intake/suggestions', { text: '停水' }, headers, 'nobody');
      expect(problemIn(reply).status).to.be.at.least(500);
      expect(unheard).to.deep.equal([]);
    } finally {
      process.off('unhandledRejection', hear);
      await server.close();
    }
  });
});
