import pg from 'pg';
import { expect } from 'chai';
import { openDatabase } from '../../src/platform/database/index.js';
import { similarSheets, trigramsKnowChinese } from '../../src/sheet/index.js';
import { emptyDatabase, useDatabase } from '../support/database.js';

describe('相近的工单', () => {
  const database = useDatabase();

  const seed = async (sql: string) => {
    const owner = new pg.Client({ connectionString: database().url });
    await owner.connect();
    await owner.query(sql);
    await owner.end();
  };

  it('自带的数据库识汉字；字符类型为纯 C 的数据库不识，查得出来', async () => {
    expect(await database().transaction(trigramsKnowChinese)).to.equal(true);
    const url = new URL(await emptyDatabase());
    const name = `${url.pathname.slice(1)}_c`;
    const admin = new pg.Client({ connectionString: url.href });
    await admin.connect();
    await admin.query(
      `CREATE DATABASE ${name} ENCODING 'UTF8' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`,
    );
    url.pathname = name;
    const plain = await openDatabase({ applicationName: 'test', url: url.href });
    try {
      expect(await plain.transaction(trigramsKnowChinese)).to.equal(false);
    } finally {
      await plain.close();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    }
  });

  it('近两三个月里相近的够了，不翻旧账；不够，再往前找', async () => {
    await seed(`
      INSERT INTO hotline.work_order (no, realm, channel, kind, title, content, reply_wanted, confidential, received_at)
      SELECT '近' || n, 'live', 'phone', 'help', '西湖路口信号灯不亮' || n, '', true, false, now() - n * interval '10 days'
        FROM generate_series(1, 4) AS n;
      INSERT INTO hotline.work_order (no, realm, channel, kind, title, content, reply_wanted, confidential, received_at)
      VALUES ('旧', 'live', 'phone', 'help', '西湖路口信号灯不亮', '', true, false, now() - interval '2 years')`);
    const found = async (most: number) =>
      (
        await database().transaction((transaction) => similarSheets(transaction, '西湖路口信号灯不亮', most))
      ).map(({ no }) => no);
    expect(await found(4)).to.have.members(['近1', '近2', '近3', '近4']);
    expect(await found(5)).to.have.members(['近1', '近2', '近3', '近4', '旧']);
  });
});
