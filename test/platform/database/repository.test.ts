import { expect } from 'chai';
import pg from 'pg';
import {
  asViewer,
  column,
  insert,
  insertIfAbsent,
  type Entity,
} from '../../../src/platform/database/index.js';
import { useDatabase } from '../../support/database.js';

interface Note {
  readonly id: number;
  readonly wordCount: number;
  readonly at: Date;
  readonly day: string | null;
  readonly large: number;
  readonly box: Buffer | null;
  readonly tags: readonly string[];
  readonly body: { readonly parts: readonly number[] } | null;
}

const noteEntity: Entity<Note> = {
  name: 'note',
  columns: {
    id: column.key.integer,
    wordCount: column.integer,
    at: column.instant,
    day: column.nullable.day,
    large: column.bigint,
    box: column.nullable.bytes,
    tags: column.texts,
    body: column.nullable.json,
  },
};

const note: Note = {
  id: 1,
  wordCount: 3,
  at: new Date('2026-03-02T02:00:00.123Z'),
  day: '2026-03-02',
  large: 2 ** 40,
  box: Buffer.from([0, 255]),
  tags: ['甲', 'b,"c'],
  body: { parts: [1, 2] },
};

describe('实体的存取与手写的语句同在一个事务里', () => {
  let owner: pg.Client;
  // Registered first, because the next hook drops the database even if somebody is connected.
  after(() => owner.end());
  const database = useDatabase({ entities: [noteEntity] });

  before(async () => {
    owner = new pg.Client({ connectionString: database().url });
    await owner.connect();
    const { rows } = await database().pool.query<{ path: string }>('SELECT current_schema() AS path');
    await owner.query(`SET search_path = ${rows[0]?.path ?? ''}`);
    await owner.query(`
      CREATE TABLE note (
        id integer PRIMARY KEY, word_count integer NOT NULL, at timestamptz NOT NULL, day date,
        large bigint NOT NULL, box bytea, tags text[] NOT NULL, body json);
      GRANT SELECT, INSERT, UPDATE, DELETE ON note TO hotline_app;
      GRANT SELECT ON note TO hotline_viewer`);
  });
  beforeEach(() => owner.query('TRUNCATE note'));

  const count = async () => (await owner.query('SELECT id FROM note')).rowCount;

  it('写进去的，读出来还是原样', async () => {
    await database().transaction((tx) => insert(tx, noteEntity, note));
    const read = await database().transaction((tx) => tx.repository(noteEntity).findOneBy({ id: 1 }));
    expect(read).to.deep.equal(note);
    const { day, box, body } = await database().transaction(async (tx) => {
      await tx.repository(noteEntity).update(1, { day: null, box: null, body: null });
      return tx.repository(noteEntity).findOneByOrFail({ id: 1 });
    });
    expect({ day, box, body }).to.deep.equal({ day: null, box: null, body: null });
  });

  it('互相看得见，一起提交，一起撤销', async () => {
    const work = database().transaction(async (tx) => {
      await tx.query('INSERT INTO note SELECT 7, 0, now(), NULL, 0, NULL, ARRAY[]::text[], NULL');
      expect(await tx.repository(noteEntity).existsBy({ id: 7 })).to.equal(true);
      await insert(tx, noteEntity, note);
      expect(await tx.query('SELECT id FROM note ORDER BY id')).to.deep.equal([{ id: 1 }, { id: 7 }]);
      expect(await count()).to.equal(0);
      throw new Error('stop');
    });
    await work.then(
      () => expect.fail('it was committed'),
      () => undefined,
    );
    expect(await count()).to.equal(0);
  });

  it('撞上已有的行：如实说没有加进去；出错的事务不提交', async () => {
    const twice = await database().transaction(async (tx) => [
      await insertIfAbsent(tx, noteEntity, note),
      await insertIfAbsent(tx, noteEntity, { ...note, wordCount: 9 }),
    ]);
    expect(twice).to.deep.equal([note, undefined]);
    const code = await database()
      .transaction(async (tx) => {
        await insert(tx, noteEntity, { ...note, id: 2 });
        await insert(tx, noteEntity, note);
      })
      .catch((error: unknown) => (error as { code: string }).code);
    expect(code).to.equal('23505');
    expect(await count()).to.equal(1);
  });

  it('输了竞争的重做，一个也不少', async () => {
    await database().transaction((tx) => insert(tx, noteEntity, { ...note, wordCount: 0 }));
    let runs = 0;
    let meet: () => void = () => undefined;
    const bothHaveRead = new Promise<void>((resolve) => (meet = resolve));
    const add = () =>
      database().transaction(async (tx) => {
        await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
        const notes = tx.repository(noteEntity);
        const { wordCount } = await notes.findOneByOrFail({ id: 1 });
        if (++runs === 2) meet();
        await bothHaveRead;
        await notes.update(1, { wordCount: wordCount + 1 });
      });
    await Promise.all([add(), add()]);
    const { rows } = await owner.query<{ word_count: number }>('SELECT word_count FROM note');
    expect(rows).to.deep.equal([{ word_count: 2 }]);
    expect(runs).to.equal(3);
  });

  it('锁住的行，别人等到提交', async () => {
    await database().transaction((tx) => insert(tx, noteEntity, note));
    await database().transaction(async (tx) => {
      const notes = tx.repository(noteEntity);
      await notes.findOne({ where: { id: 1 }, lock: { mode: 'pessimistic_write' } });
      const { rowCount } = await owner.query('SELECT FROM note FOR UPDATE SKIP LOCKED');
      expect(rowCount).to.equal(0);
    });
  });

  it('以查看人的身份只能读', async () => {
    const viewing = asViewer(database(), []);
    expect(await viewing.transaction((tx) => tx.repository(noteEntity).count())).to.equal(0);
    const code = await viewing
      .transaction((tx) => insert(tx, noteEntity, note))
      .catch((error: unknown) => (error as { code: string }).code);
    expect(code).to.be.oneOf(['25006', '42501']);
  });

  it('语句里不写模式名，连接也不多占', async () => {
    const sql: string[] = [];
    await database().transaction(async (tx) => {
      const notes = tx.repository(noteEntity);
      sql.push(
        notes.createQueryBuilder().getQuery(),
        notes.createQueryBuilder().insert().values(note).getQuery(),
      );
      await Promise.all([notes.count(), notes.find(), tx.query('SELECT 1')]);
      expect(database().pool.totalCount - database().pool.idleCount).to.equal(1);
    });
    expect(sql[0]).to.include('FROM "note"');
    expect(sql[1]).to.include('INSERT INTO "note"');
  });
});
