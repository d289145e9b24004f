import { expect } from 'chai';
import { before } from 'mocha';
import pg from 'pg';
import { createTrail, sequence, type TrailAppend } from '../../src/accountability/index.js';
import { rootOf } from '../../src/accountability/log/tree.js';
import { logState, tileReader } from '../../src/accountability/store/log-store.js';
import { createVault, newKeyRing } from '../../src/identity/index.js';
import { growingTree } from '../../verifier/verify.mjs';
import { useDatabase, type TestDatabase } from '../support/database.js';

const at = new Date('2026-03-02T10:00:00+08:00');
const entry = (stream: string, body: TrailAppend['body'] = {}): TrailAppend => ({
  stream,
  type: 'note',
  at,
  body,
});
const trail = createTrail(createVault(newKeyRing()));

/** Something that a transaction waits for until the test lets it go on. */
function gate(): { readonly passed: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}

/** What the tree holds, in its order; fails where a number is missing, or the tiles are not those of the entries. */
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

/** The migrations' own entries are there from the start: they get their places before the test's do. */
function useTree(): () => TestDatabase {
  const database = useDatabase();
  before(() => sequence(database()));
  return database;
}

describe('轨迹排号:已提交的条目进同一棵树', () => {
  const database = useTree();
  const append = (...entries: TrailAppend[]) =>
    database().transaction((transaction) => trail.append(transaction, entries));

  it('事务开得再久,它的条目不会漏,也不会抢在别人前面', async () => {
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

  it('事务号小的后写同一条链,树里仍按链的次序', async () => {
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

  it('许多程序同时写、同时排号,号连续,树与条目相符', async () => {
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

  it('恢复到另一台服务器(事务号从头开始)之后接着排,不漏不重', async () => {
    const before = await tree(database());
    await asOwner(database(), "UPDATE hotline.trail_log SET horizon = '9000000000'");
    await append(entry('restored'));
    expect(await sequence(database())).to.equal(1);
    await append(entry('restored'));
    expect(await sequence(database())).to.equal(1);
    expect(await tree(database())).to.deep.equal([...before, 'restored 1', 'restored 2']);
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

async function asOwner(database: TestDatabase, sql: string): Promise<void> {
  const owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  try {
    await owner.query(sql);
  } finally {
    await owner.end();
  }
}
