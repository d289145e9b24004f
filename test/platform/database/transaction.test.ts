import { expect } from 'chai';
import pg from 'pg';
import type { Transaction } from '../../../src/platform/database/index.js';
import { useDatabase } from '../../support/database.js';

describe('事务', () => {
  let owner: pg.Client;
  // Registered first, because the next hook drops the database even if somebody is connected.
  after(() => owner.end());
  const database = useDatabase();

  before(async () => {
    owner = new pg.Client({ connectionString: database().url });
    await owner.connect();
    await owner.query(`
      CREATE TABLE hotline.counter (id int PRIMARY KEY, value int NOT NULL);
      GRANT SELECT, INSERT, UPDATE ON hotline.counter TO hotline_app`);
  });
  beforeEach(() =>
    owner.query('TRUNCATE hotline.counter; INSERT INTO hotline.counter VALUES (1, 0), (2, 0)'),
  );

  const values = async () =>
    (await owner.query('SELECT value FROM hotline.counter ORDER BY id')).rows.map(valueOf);
  const add = (tx: Transaction, id: number) =>
    tx.prepared('add', 'UPDATE counter SET value = value + 1 WHERE id = $1', [id]);
  const insertSql = 'INSERT INTO counter VALUES ($1, 0)';

  it('做完才提交，答复交给调用者', async () => {
    const answer = await database().transaction(async (tx) => {
      await add(tx, 1);
      expect(await values()).to.deep.equal([0, 0]);
      return tx.query<{ value: number }>('SELECT value FROM counter WHERE id = $1', [1]);
    });
    expect(answer).to.deep.equal([{ value: 1 }]);
    expect(await values()).to.deep.equal([1, 0]);
  });

  it('中途出错，前面做的全部撤销，错误原样交给调用者，连接还回去', async () => {
    const problem = new Error('stop');
    for (let n = 0; n < 15; n++) {
      const outcome = await failureOf(
        database().transaction(async (tx) => {
          await add(tx, 1);
          throw problem;
        }),
      );
      expect(outcome).to.equal(problem);
    }
    expect(await values()).to.deep.equal([0, 0]);
    expect(database().pool.waitingCount).to.equal(0);
  });

  it('语句出错又被吞掉，不能当作提交成功', async () => {
    const outcome = await failureOf(
      database().transaction(async (tx) => {
        await add(tx, 1);
        await tx.query('SELECT 1 / 0').catch(() => undefined);
      }),
    );
    expect(outcome).to.be.instanceOf(Error);
    expect(await values()).to.deep.equal([0, 0]);
  });

  it('两个事务互相等待（死锁），输的一方重做，两边都成', async () => {
    const bothLocked = meeting(2);
    let runs = 0;
    const work = (first: number, second: number) =>
      database().transaction(async (tx) => {
        runs++;
        await add(tx, first);
        await bothLocked();
        await add(tx, second);
      });
    await Promise.all([work(1, 2), work(2, 1)]);
    expect(await values()).to.deep.equal([2, 2]);
    // The loser may be back at the first row before the other wakes up, and lose again.
    expect(runs).to.be.at.least(3);
  });

  it('串行化冲突重做', async () => {
    const bothRead = meeting(2);
    const work = () =>
      database().transaction(async (tx) => {
        await tx.query('SET TRANSACTION ISOLATION LEVEL SERIALIZABLE');
        const [row] = await tx.query<{ sum: number }>('SELECT sum(value)::int AS sum FROM counter');
        await bothRead();
        await tx.query('INSERT INTO counter SELECT max(id) + 1, $1 FROM counter', [(row?.sum ?? 0) + 1]);
      });
    await Promise.all([work(), work()]);
    expect(await values()).to.deep.equal([0, 0, 1, 2]);
  });

  it('没有等答复的语句起了冲突，后面的语句才碰到，也重做', async () => {
    let runs = 0;
    await database().transaction(async (tx) => {
      runs++;
      if (runs === 1) {
        tx.write(
          'conflict',
          "DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = 'serialization_failure'; END $$",
        );
      }
      await add(tx, 1);
    });
    expect(runs).to.equal(2);
    expect(await values()).to.deep.equal([1, 0]);
  });

  it('没有等答复的语句出错，提交时报出它的错误，什么也不提交', async () => {
    const outcome = await failureOf(
      database().transaction((tx) => {
        tx.write('insert', insertSql, [3]);
        tx.write('insert', insertSql, [1]);
        tx.write('insert', insertSql, [4]);
        return Promise.resolve();
      }),
    );
    expect(outcome).to.have.property('code', '23505');
    expect(await values()).to.deep.equal([0, 0]);
  });

  it('没有等答复的语句，后面问的看得见它', async () => {
    await database().transaction(async (tx) => {
      tx.write('insert', insertSql, [3]);
      const rows = await tx.query<{ id: number }>('SELECT id FROM counter ORDER BY id');
      expect(rows.map(({ id }) => id)).to.deep.equal([1, 2, 3]);
    });
    expect(await values()).to.deep.equal([0, 0, 0]);
  });

  it('同一个名字，语句却是另一条：什么也不提交', async () => {
    const outcome = await failureOf(
      database().transaction((tx) => {
        tx.write('same', 'INSERT INTO counter VALUES ($1, 7)', [3]);
        tx.write('same', 'INSERT INTO counter VALUES ($1, 8)', [4]);
        return Promise.resolve();
      }),
    );
    expect(String(outcome)).to.match(/must be unique/);
    expect(await values()).to.deep.equal([0, 0]);
  });

  it('没有等答复的语句，参数送不出去的，什么也不提交', async () => {
    const circular: { itself?: unknown } = {};
    circular.itself = circular;
    const outcome = await failureOf(
      database().transaction((tx) => {
        tx.write('add', 'UPDATE counter SET value = value + 1 WHERE id = $1', [1]);
        tx.write('note', 'UPDATE counter SET value = $1', [circular]);
        return Promise.resolve();
      }),
    );
    expect(String(outcome)).to.match(/circular/);
    expect(await values()).to.deep.equal([0, 0]);
  });

  it('提交之前连接被掐断，换一条连接重做一次，不多做', async () => {
    let runs = 0;
    await database().transaction(async (tx) => {
      runs++;
      await add(tx, 1);
      const [row] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      if (runs === 1) await owner.query('SELECT pg_terminate_backend($1, 5000)', [row?.pid]);
      await add(tx, 2);
    });
    expect(runs).to.equal(2);
    expect(await values()).to.deep.equal([1, 1]);
  });
});

function valueOf(row: { value: number }): number {
  return row.value;
}

/** Lets everybody through once so many have come; latecomers pass. */
function meeting(size: number): () => Promise<void> {
  let come = 0;
  let open: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (open = resolve));
  return () => {
    if (++come >= size) open();
    return all;
  };
}

function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}
