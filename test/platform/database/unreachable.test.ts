import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { expect } from 'chai';
import pg from 'pg';
import { Refusal } from '../../../src/kernel/index.js';
import { databaseRefusal, databaseSettings, openDatabase } from '../../../src/platform/database/index.js';
import { parseTarget } from '../../../src/platform/database/target.js';
import { emptyDatabase } from '../../support/database.js';

const secret = 'Geheim-4711';

describe('DATABASE_URL 指的数据库不能用，一句话说清，口令不外泄', () => {
  let url: string;
  before(async () => (url = await emptyDatabase()));

  const cases: [
    what: string,
    code: string,
    saying: RegExp,
    change: (url: URL) => string | Promise<string>,
  ][] = [
    [
      '没有程序在听',
      'database.unreachable',
      /没有程序在监听.*端口 \d+/,
      async (from) => withParts(from, { port: await freePort() }),
    ],
    [
      '找不到主机',
      'database.unreachable',
      /主机.*no-such-host\.invalid/,
      (from) => withParts(from, { hostname: 'no-such-host.invalid' }),
    ],
    [
      '没有这个套接字',
      'database.unreachable',
      /没有这个套接字文件.*\/no\/such\/socket/,
      () => 'postgres://u@/d?host=/no/such/socket',
    ],
    ['口令不对', 'database.unreachable', /用户或口令不对/, (from) => withParts(from, { password: secret })],
    [
      '没有这个用户',
      'database.unreachable',
      /用户.*nobody_at_all/,
      (from) => withParts(from, { username: 'nobody_at_all', password: secret }),
    ],
    [
      '没有这个数据库',
      'database.unreachable',
      /没有这个数据库.*数据库 no_such_database/,
      (from) => withParts(from, { pathname: '/no_such_database' }),
    ],
    [
      '要加密而服务器不支持',
      'database.unreachable',
      /加密连接没有建立起来/,
      (from) => withParts(from, { search: '?sslmode=verify-full' }),
    ],
    ['不是地址', 'database.unusable', /不是有效的 PostgreSQL 地址/, () => `server=db;password=${secret}`],
    [
      '是别的地址',
      'database.unusable',
      /不是有效的 PostgreSQL 地址/,
      () => `mysql://u:${secret}@localhost/x`,
    ],
    [
      '转义写坏',
      'database.unusable',
      /不是有效的 PostgreSQL 地址/,
      () => `postgres://u:%zz${secret}@localhost/x`,
    ],
  ];
  for (const [what, code, saying, change] of cases) {
    it(what, async function () {
      const given = await change(new URL(url));
      if (what === '口令不对' && (await accepts(given))) {
        console.log('      DATABASE_URL 的服务器不问口令（trust），这一项无从测起');
        this.skip();
      }
      const refusal = await refusalOf(given);
      expect(refusal.code).to.equal(code);
      expect(`${refusal.message}${refusal.place}`).to.match(saying);
      expect(refusal.remedy).to.be.a('string');
      expect(`${refusal.message}${refusal.place}${refusal.remedy}`).to.not.contain(secret);
    });
  }

  it('按代码分辨，不按文字里的字：别的错误提到超时、证书，不说是数据库', () => {
    for (const message of [
      'the timeout of the mail server',
      'SSL of the webhook',
      'a certificate has expired',
    ])
      expect(databaseRefusal(new Error(message)), message).to.equal(undefined);
    const codes = [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'CERT_HAS_EXPIRED',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      '57014',
    ];
    for (const code of codes)
      expect(databaseRefusal(Object.assign(new Error(), { code }))?.code, code).to.equal(
        'database.unreachable',
      );
    for (const message of ['timeout expired', 'Connection terminated due to connection timeout'])
      expect(databaseRefusal(new Error(message))?.message, message).to.include('没有回应');
  });

  it('缺了别的文件，不说是数据库连接不上', async () => {
    const missing = await readFile('/no/such/file').catch((error: unknown) => error);
    expect(missing).to.include({ code: 'ENOENT' });
    expect(databaseRefusal(missing)).to.equal(undefined);
    expect(
      databaseRefusal(Object.assign(new Error(), { code: 'ENOENT', syscall: 'connect' }))?.code,
    ).to.equal('database.unreachable');
  });

  it('那里是一个别的服务', async () => {
    const other = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    });
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const refusal = await refusalOf(`postgres://u:${secret}@127.0.0.1:${port}/x?sslmode=disable`);
    expect(refusal.code).to.equal('database.unreachable');
    other.close();
  });

  it('字符编码不是 UTF8', async () => {
    await withAdmin(url, async (admin) => {
      await admin.query("CREATE DATABASE hotline_test_latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
      try {
        const refusal = await refusalOf(withParts(new URL(url), { pathname: '/hotline_test_latin' }));
        expect(refusal.code).to.equal('database.unusable');
        expect(refusal.message).to.contain('LATIN1');
      } finally {
        await admin.query('DROP DATABASE hotline_test_latin WITH (FORCE)');
      }
    });
  });

  it('用户无权建模式和角色；授权以后不是超级用户也能用', async () => {
    const name = 'hotline_test_plain';
    await withAdmin(url, async (admin) => {
      const database = (await admin.query<{ name: string }>('SELECT current_database() AS name')).rows[0]
        ?.name;
      await admin.query(`DROP ROLE IF EXISTS ${name}`);
      await admin.query(`CREATE ROLE ${name} LOGIN PASSWORD '${secret}'`);
      const plain = withParts(new URL(url), { username: name, password: secret });
      try {
        const refusal = await refusalOf(plain);
        expect(refusal.code).to.equal('database.unusable');
        expect(refusal.message).to.contain('权限不够');
        expect(`${refusal.message}${refusal.remedy}`).to.not.contain(secret);
        await admin.query(`GRANT CREATE ON DATABASE "${database}" TO ${name}`);
        await admin.query(`GRANT hotline_app TO ${name}`);
        expect((await refusalOf(plain)).remedy).to.contain('hotline_viewer');
        await admin.query(`GRANT hotline_viewer TO ${name}`);
        const opened = await openDatabase({ url: plain, applicationName: 'plain' });
        expect((await opened.pool.query('SELECT current_user AS role')).rows).to.deep.equal([
          { role: 'hotline_app' },
        ]);
        await opened.close();
      } finally {
        await admin.query(`DROP OWNED BY ${name} CASCADE`);
        await admin.query(`REVOKE CREATE ON DATABASE "${database}" FROM ${name}`);
        await admin.query(`DROP ROLE ${name}`);
      }
    });
  });

  it('地址里自带的 options 有效，但改不了角色、模式和时区', async () => {
    const own = new URL(await emptyDatabase());
    own.searchParams.set(
      'options',
      '-c statement_timeout=5s -c role=none -c timezone=Asia/Shanghai -c search_path=public',
    );
    const opened = await openDatabase({ url: own.href, applicationName: 'own options' });
    const { rows } = await opened.pool.query(
      `SELECT current_user AS role, current_setting('statement_timeout') AS timeout,
              current_setting('timezone') AS zone, current_setting('search_path') AS path`,
    );
    expect(rows).to.deep.equal([
      { role: 'hotline_app', timeout: '5s', zone: 'UTC', path: 'hotline,hotline_jobs' },
    ]);
    await opened.close();
  });
});

describe('DATABASE_URL 里的主机', () => {
  const hostsIn = (url: string): string[] =>
    parseTarget(url).hosts.map(({ host, port }) => `${host} ${port}`);

  it('一台、几台、IPv6、套接字，端口不写的是 5432；参数里的也算', () => {
    expect(hostsIn('postgres://u@h/d')).to.deep.equal(['h 5432']);
    expect(hostsIn('postgres://u:p@h1:5433,h2/d?target_session_attrs=read-write')).to.deep.equal([
      'h1 5433',
      'h2 5432',
    ]);
    expect(hostsIn('postgres://u@[::1]:6000,[fe80::2]:6001/d')).to.deep.equal(['::1 6000', 'fe80::2 6001']);
    expect(hostsIn('postgres://u@/d?host=/run/postgresql')).to.deep.equal(['/run/postgresql 5432']);
    expect(hostsIn('postgres://u@/d?host=a,b&port=1,2')).to.deep.equal(['a 1', 'b 2']);
    expect(hostsIn('postgres://u@/d?host=a,b&port=7')).to.deep.equal(['a 7', 'b 7']);
    expect(parseTarget('postgres://u:p@h1,h2:6/d').description).to.equal(
      '主机 h1:5432,h2:6、数据库 d、用户 u',
    );
  });

  it('只要备库的 target_session_attrs 拒绝：程序要写', () => {
    expect(() => parseTarget('postgres://u@h1,h2/d?target_session_attrs=standby')).to.throw(
      Refusal,
      '不能是 standby',
    );
  });
});

describe('数据库设置', () => {
  it('DATABASE_URL 优先；空的当作没有；HOTLINE_DATA 指定数据目录，缺省为项目的 .data', () => {
    expect(databaseSettings({ DATABASE_URL: 'postgres://x/y' }).url).to.equal('postgres://x/y');
    expect(databaseSettings({ DATABASE_URL: ' ' })).to.not.have.property('url');
    expect(databaseSettings({ HOTLINE_DATA: '/srv/hotline' }).directory).to.equal('/srv/hotline');
    expect(databaseSettings({}).directory).to.match(/[/\\]\.data$/);
  });
});

function withParts(
  url: URL,
  parts: Partial<Record<'port' | 'hostname' | 'username' | 'password' | 'pathname' | 'search', string>>,
) {
  return Object.assign(url, parts).href;
}

async function refusalOf(url: string): Promise<Refusal> {
  const outcome = await openDatabase({ url, applicationName: 'test' }).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(outcome).to.be.instanceOf(Refusal);
  return outcome as Refusal;
}

/** Whether the server accepts connections to this name. */
async function accepts(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
}

async function withAdmin(url: string, work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return String(port);
}
