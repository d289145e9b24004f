import { expect } from 'chai';
import { before } from 'mocha';
import pg from 'pg';
import { createTrail, sequence, verifyTrail, type TrailAppend } from '../../src/accountability/index.js';
import { rootOf } from '../../src/accountability/log/tree.js';
import { logState, tileReader } from '../../src/accountability/store/log-store.js';
import { createVault, newKeyRing } from '../../src/identity/index.js';
import { systemClock } from '../../src/kernel/index.js';
import { onlyLaw } from '../../src/kernel/law.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { growingTree } from '../../verifier/verify.mjs';
import { useDatabase, type TestDatabase } from '../support/database.js';
import { note } from '../support/note.js';

const at = new Date('2026-03-02T10:00:00+08:00');
const entry = (stream: string): TrailAppend => note(stream, at);
const laws = onlyLaw(shippedLaw('2026-03-02'));
const trail = createTrail(createVault(newKeyRing()), laws);

/** A barrier at which a transaction waits until the test opens it. */
function gate(): { readonly passed: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}

/** The tree's entries in order; fails if a number is missing, or the tiles differ from the entries. */
async function tree(database: TestDatabase): Promise<string[]> {
  return database.transaction(async (transaction) => {
    const rows = await transaction.query<{ index: number; name: string; leaf: Buffer }>(
      `SELECT index, stream || ' ' || seq AS name, leaf FROM hotline.trail_leaf
         JOIN hotline.trail_entry USING (stream, seq) ORDER BY index`,
    );
    expect(rows.map(({ index }) => index)).to.deep.equal(rows.map((_, index) => index));
    const { size } = await logState(transaction);
    expect(size).to.equal(rows.length);
    const expected = growingTree();
    for (const { leaf } of rows) expected.add(leaf);
    const root = await rootOf(tileReader(transaction), size);
    expect(root.equals(expected.root())).to.equal(true);
    return rows.map(({ name }) => name).filter((name) => !name.startsWith('schema '));
  });
}

/** The migrations' own entries exist from the start, and get their places before the test's entries do. */
function useTree(): () => TestDatabase {
  const database = useDatabase();
  before(() => sequence(database()));
  return database;
}

describe('轨迹排号：已提交的条目进同一棵树', () => {
  const database = useTree();
  const append = (...entries: TrailAppend[]) =>
    database().transaction((transaction) => trail.append(transaction, entries));
  const found = async () =>
    (await verifyTrail({ database: database(), clock: systemClock, laws, projections: [] })).findings;

  /** Result of setting the horizon: `done`, or the database's error. */
  const settled = 'pg_snapshot_xmin(pg_current_snapshot())';
  const moved = (to: string): Promise<string> =>
    saying(database().transaction((transaction) => transaction.query(horizonTo(to))));
  const movedByOwner = (to: string, ...before: (string | undefined)[]): Promise<string> =>
    saying(asOwner(database(), ...before.map((sql) => sql ?? ''), horizonTo(to)));

  it('事务开得再久，它的条目不会漏，也不会抢在别人前面', async () => {
    const hold = gate();
    const written = gate();
    const slow = database().transaction(async (transaction) => {
      await trail.append(transaction, [entry('slow')]);
      written.open();
      await hold.passed;
    });
    await written.passed;
    await append(entry('quick'), entry('quick'));
    expect(await sequence(database())).to.equal(0);
    expect(await tree(database())).to.deep.equal([]);
    hold.open();
    await slow;
    expect(await sequence(database())).to.equal(3);
    expect(await tree(database())).to.deep.equal(['slow 1', 'quick 1', 'quick 2']);
  });

  it('回滚的事务不占号', async () => {
    const before = await tree(database());
    await database()
      .transaction(async (transaction) => {
        await trail.append(transaction, [entry('undone')]);
        throw new Error('business failed');
      })
      .catch(() => undefined);
    await append(entry('done'));
    expect(await sequence(database())).to.equal(1);
    expect(await tree(database())).to.deep.equal([...before, 'done 1']);
  });

  it('事务号小的后写同一条链，树里仍按链的次序', async () => {
    await append(entry('one'));
    const began = gate();
    const first = gate();
    const late = database().transaction(async (transaction) => {
      await transaction.query('SELECT pg_current_xact_id()');
      began.open();
      await first.passed;
      await trail.append(transaction, [entry('one')]);
    });
    await began.passed;
    await append(entry('one'));
    first.open();
    await late;
    await sequence(database());
    expect((await tree(database())).slice(-3)).to.deep.equal(['one 1', 'one 2', 'one 3']);
  });

  it('许多程序同时写、同时排号，号连续，树与条目相符', async () => {
    let writing = true;
    const sequencers = Array.from({ length: 3 }, async () => {
      while (writing) await sequence(database());
    });
    await Promise.all(
      Array.from({ length: 40 }, (_, writer) =>
        append(...Array.from({ length: 20 }, () => entry(`many ${writer % 7}`))),
      ),
    );
    writing = false;
    await Promise.all(sequencers);
    await sequence(database());
    const names = await tree(database());
    expect(names.filter((name) => name.startsWith('many'))).to.have.length(800);
    for (let stream = 0; stream < 7; stream += 1) {
      const numbers = names
        .filter((name) => name.startsWith(`many ${stream} `))
        .map((name) => Number(name.split(' ')[2]));
      expect(numbers).to.deep.equal(numbers.map((_, index) => index + 1));
    }
  });

  it('积压很多的，一轮排完，树与条目相符', async () => {
    for (const count of [4096, 4097, 9000]) {
      await append(...Array.from({ length: count }, () => entry(`backlog of ${count}`)));
      expect(await sequence(database())).to.equal(count);
      expect((await tree(database())).slice(-count)).to.deep.equal(
        Array.from({ length: count }, (_, index) => `backlog of ${count} ${index + 1}`),
      );
    }
  });

  it('恢复到另一台服务器（事务号从头开始）之后接着排，不漏不重', async () => {
    const before = await tree(database());
    await append(entry('there'));
    // Rows loaded by a restore exist before the triggers do.
    await asOwner(
      database(),
      `ALTER TABLE hotline.trail_entry DISABLE TRIGGER trail_entry_append_only;
       ALTER TABLE hotline.trail_log DISABLE TRIGGER trail_log_changes;
       UPDATE hotline.trail_entry SET xact = '8999999999' WHERE stream = 'there';
       UPDATE hotline.trail_log SET horizon = '9000000000';
       ALTER TABLE hotline.trail_entry ENABLE ALWAYS TRIGGER trail_entry_append_only;
       ALTER TABLE hotline.trail_log ENABLE ALWAYS TRIGGER trail_log_changes`,
    );
    expect(await found()).to.deep.equal([]);
    expect(await moved(settled)).to.match(/排号的界不能越过没有入树的条目：(there 第 1|schema 第 \d+) 条/);
    await append(entry('restored'));
    await sequence(database());
    await append(entry('restored'));
    expect(await sequence(database())).to.equal(1);
    expect(await tree(database())).to.deep.equal([...before, 'restored 1', 'there 1', 'restored 2']);
    expect(await found()).to.deep.equal([]);
  });

  describe('排号的界', () => {
    it('越不过还没有入树的条目：程序的角色、所有者、复制方式都不行，排了号才行', async () => {
      await append(entry('skipped'));
      const said = '轨迹排号的界不能越过没有入树的条目：skipped 第 1 条';
      expect(await moved(settled)).to.equal(said);
      expect(await movedByOwner(settled)).to.equal(said);
      expect(await movedByOwner(settled, "SET session_replication_role = 'replica'")).to.equal(said);
      expect(await sequence(database())).to.equal(1);
      expect(await moved(settled)).to.equal('done');
    });

    it('到不了还没有结束的事务，也退不回去', async () => {
      const beyond = `(${settled}::text::bigint + 1000)::text::xid8`;
      expect(await moved(beyond)).to.match(/只能往前推到已结束的事务/);
      expect(await moved(`'1'`)).to.match(/只能往前推到已结束的事务：\d+ 不能改为 1$/);
    });

    it('停掉触发器推过去的，核验数据库时点出是哪一条', async () => {
      await append(entry('skipped'));
      const [off, on] = ['DISABLE', 'ENABLE ALWAYS'].map(
        (state) => `ALTER TABLE hotline.trail_log ${state} TRIGGER trail_log_changes`,
      );
      expect(await movedByOwner(settled, off)).to.equal('done');
      await asOwner(database(), on ?? '');
      await append(entry('skipped'));
      await sequence(database());
      expect((await tree(database())).at(-1)).to.equal('skipped 3');
      expect(await found()).to.deep.include({
        attack: 'passed-over',
        detail: 'skipped 第 2 条没有入树，排号的界已越过它',
        stream: 'skipped',
      });
    });
  });

  for (const [what, sql] of Object.entries({
    自报事务号:
      "INSERT INTO hotline.trail_entry (stream, seq, at, type, leaf, body, xact) VALUES ('x', 1, now(), 'x', sha256('x'), 'x', '1')",
    改号: 'UPDATE hotline.trail_leaf SET index = 1000000 WHERE index = 0',
    删号: 'DELETE FROM hotline.trail_leaf',
    改哈希: "UPDATE hotline.trail_tile SET hashes = sha256('x')",
    删哈希: 'DELETE FROM hotline.trail_tile',
    截短: 'UPDATE hotline.trail_log SET size = 0',
  })) {
    it(`程序的角色不能${what}`, async () => {
      const outcome = await database()
        .transaction((transaction) => transaction.query(sql))
        .then(
          () => 'done',
          (error: { code?: string }) => error.code,
        );
      expect(outcome).to.equal('42501');
    });
  }
});

const horizonTo = (to: string): string => `UPDATE hotline.trail_log SET horizon = ${to}`;
const saying = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: Error) => error.message,
  );

async function asOwner(database: TestDatabase, ...statements: string[]): Promise<void> {
  const owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  try {
    for (const sql of statements) await owner.query(sql);
  } finally {
    await owner.end();
  }
}
