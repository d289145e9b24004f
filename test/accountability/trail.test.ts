import { createHash } from 'node:crypto';
import { expect } from 'chai';
import pg from 'pg';
import { createTrail, sequence, verifyChain, type TrailAppend } from '../../src/accountability/index.js';
import { createVault, newKeyRing } from '../../src/identity/index.js';
import { seal, sealDigest, type Json, type JsonObject } from '../../src/kernel/index.js';
import { leafHash, link, origin, type Head } from '../../src/accountability/trail/chain.js';
import { onlyLaw } from '../../src/kernel/law.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { useDatabase } from '../support/database.js';
import { asSuperuser } from '../support/tamper.js';
import { plainTrails } from '../support/entries.js';
import { note } from '../support/note.js';

const at = new Date('2026-03-02T10:00:00+08:00');
const entry = (stream: string, of?: string): TrailAppend => note(stream, at, of);
const linked = (content: JsonObject, head: Head = origin) => link(head, 'S', 'person.closed', at, content);

describe('trail: a chain per stream', () => {
  it('hashes RFC 8785 canonical JSON: neither the order of keys nor the form of an accent makes a difference', () => {
    const one = linked({ b: 1, a: 'é' });
    const two = linked({ a: 'e\u0301', b: 1 });
    expect(one.leaf.toString('hex')).to.equal(two.leaf.toString('hex'));
    expect(leafHash(one.body).equals(one.leaf)).to.equal(true);
  });

  it('hashes a body of any length as RFC 6962 hashes a leaf', () => {
    for (const length of [0, 1, 8190, 8191, 8192, 70_000]) {
      const body = Buffer.alloc(length, 'x');
      const expected = createHash('sha256').update('\0').update(body).digest('hex');
      expect(leafHash(body).toString('hex'), `${length} bytes`).to.equal(expected);
    }
  });

  it('refuses what two readers could read differently: fractions, unsafe integers, lone surrogates', () => {
    for (const value of [0.5, 2 ** 53, '\ud800']) {
      expect(() => linked({ value })).to.throw();
    }
  });

  it('names what was done to a chain: changed, dropped, moved, cut', () => {
    const chain = ['一', '二', '三'].reduce<ReturnType<typeof link>[]>(
      (links, text) => [...links, linked({ text }, links.at(-1))],
      [],
    );
    const [first, second, third] = chain;
    if (!first || !second || !third) throw new Error('three links expected');
    expect(verifyChain('S', chain, third)).to.deep.equal({ holds: true, entries: 3 });
    const changed = { ...second, body: Buffer.from(second.body.toString().replace('二', '贰')) };
    expect(verifyChain('S', [first, changed, third])).to.deep.include({ holds: false, seq: 2 });
    const rehashed = { ...changed, leaf: leafHash(changed.body) };
    expect(verifyChain('S', [first, rehashed, third])).to.deep.include({ holds: false, seq: 3 });
    expect(verifyChain('S', [first, third])).to.deep.include({ holds: false, seq: 3 });
    expect(verifyChain('S', [first, second], third)).to.deep.include({ holds: false, seq: 2 });
    expect(verifyChain('T', chain)).to.deep.include({ holds: false, seq: 1 });
    expect(verifyChain('S', chain, second)).to.deep.equal({ holds: true, entries: 3 });
    expect(verifyChain('S', chain, { ...second, leaf: third.leaf })).to.deep.include({
      holds: false,
      seq: 2,
    });
    expect(verifyChain('S', [], first)).to.deep.include({ holds: false, seq: 0 });
  });

  it('seals a text so that only its salted digest is for ever', () => {
    const one = seal('reply', '已恢复供水');
    expect(one.digest).to.equal(sealDigest(one.salt, one.value));
    expect(seal('reply', '已恢复供水').digest).not.to.equal(one.digest);
  });
});

describe('trail: in the database', () => {
  const database = useDatabase();
  const trail = createTrail(createVault(newKeyRing()), onlyLaw(shippedLaw('2026-03-02')));
  const append = (...entries: TrailAppend[]) =>
    database().transaction((transaction) => trail.append(transaction, entries));

  it('numbers entries without holes when many write to one new stream at once', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => append(entry('busy', String(index)), entry('busy'))),
    );
    const verdict = await database().transaction((transaction) => trail.verify(transaction, 'busy'));
    expect(verdict).to.deep.equal({ holds: true, entries: 40 });
  });

  describe('heads of streams whose writer knows the last entry', () => {
    const following = (stream: string, bookmark: Json) =>
      database()
        .transaction((transaction) =>
          trail.append(transaction, [entry(stream)], new Map([[stream, bookmark]])),
        )
        .then((after) => after.get(stream) ?? null);
    const headOf = async (stream: string) => {
      const { rows } = await database().pool.query<{ seq: number }>(
        'SELECT seq FROM hotline.trail_head WHERE stream = $1',
        [stream],
      );
      return rows[0]?.seq;
    };
    const verdictOf = (stream: string) =>
      database().transaction((transaction) => trail.verify(transaction, stream));

    it('stand on the first entry, and follow when the entries get their places', async () => {
      const second = await following('steps', await following('steps', null));
      expect(await headOf('steps')).to.equal(1);
      expect(await verdictOf('steps')).to.deep.equal({ holds: true, entries: 2 });
      await sequence(database());
      expect(await headOf('steps')).to.equal(2);
      await following('steps', second);
      await sequence(database());
      expect(await headOf('steps')).to.equal(3);
    });

    it('may lie behind for whoever appends without knowing: no fork, no hole, and the head catches up', async () => {
      let bookmark: Json = null;
      for (let step = 0; step < 3; step++) bookmark = await following('both', bookmark);
      await Promise.all(Array.from({ length: 8 }, () => append(entry('both'))));
      expect(await headOf('both')).to.equal(11);
      expect(await verdictOf('both')).to.deep.equal({ holds: true, entries: 11 });
    });

    it('do not let two follow the same entry', async () => {
      const first = await following('fork', null);
      await following('fork', first);
      const second = await following('fork', first).then(
        () => 'done',
        (error: { code?: string }) => error.code,
      );
      expect(second).to.equal('23505');
    });

    it('show that entries beyond them were taken away as soon as one follows', async () => {
      const second = await following('taken', await following('taken', null));
      await sequence(database());
      const third = await following('taken', second);
      await asSuperuser(database().url, ["DELETE FROM trail_entry WHERE stream = 'taken' AND seq = 3"]);
      await following('taken', third);
      expect(await verdictOf('taken')).to.deep.include({ holds: false, seq: 4 });
    });

    it('show at once that an entry with a place was taken away', async () => {
      await following('placed', await following('placed', null));
      await sequence(database());
      await asSuperuser(database().url, ["DELETE FROM trail_entry WHERE stream = 'placed' AND seq = 2"]);
      expect(await verdictOf('placed')).to.deep.include({ holds: false, seq: 1 });
    });

    it('show that all entries were taken away; a stream that never was, holds', async () => {
      await following('emptied', null);
      await asSuperuser(database().url, ["DELETE FROM trail_entry WHERE stream = 'emptied'"]);
      expect(await verdictOf('emptied')).to.deep.include({ holds: false, seq: 0 });
      expect(await verdictOf('never written')).to.deep.equal({ holds: true, entries: 0 });
    });
  });

  it('writes nothing when the business transaction fails', async () => {
    const failing = database().transaction(async (transaction) => {
      await trail.append(transaction, [entry('undone')]);
      throw new Error('business failed');
    });
    await failing.then(
      () => expect.fail('it should have failed'),
      (error: Error) => expect(error.message).to.equal('business failed'),
    );
    const read = await database().transaction((transaction) => plainTrails(trail, transaction, ['undone']));
    expect(read.get('undone')).to.deep.equal([]);
  });

  it('keeps the digest of a sealed text whatever its name', async () => {
    const odd = seal('__proto__', '张三');
    await append({ ...entry('named'), sealed: [odd] });
    const [row] = await database().transaction((transaction) =>
      transaction.query<{ body: string }>(
        "SELECT convert_from(body, 'UTF8') AS body FROM hotline.trail_entry WHERE stream = 'named'",
      ),
    );
    expect(row?.body).to.include(`"sealed":{"__proto__":"${odd.digest}"}`);
  });

  it('reads back what was written, with sealed texts beside it', async () => {
    const closed = seal('reply', '张三的电话是 123');
    const other = seal('measure', '周五以前修好');
    await append({ ...entry('sealed'), sealed: [closed, other] });
    const read = await database().transaction((transaction) => trail.read(transaction, ['sealed']));
    const [first] = read.get('sealed') ?? [];
    expect(first?.sealed).to.deep.equal({ reply: '张三的电话是 123', measure: '周五以前修好' });
    expect(first).to.deep.include({ digests: { reply: closed.digest, measure: other.digest } });
    expect(first?.bytes.toString('utf8')).not.to.contain('张三');
  });

  it('writes alike however many entries and texts a step has, in a new stream and after a known entry', async () => {
    for (const entries of [1, 2, 3, 4]) {
      for (const texts of [0, 1, 2, 5]) {
        const stream = `step of ${entries} and ${texts}`;
        const write = (bookmarks?: ReadonlyMap<string, Json>) =>
          database().transaction((transaction) =>
            trail.append(
              transaction,
              Array.from({ length: entries }, (_, one) => ({
                ...entry(stream, String(one)),
                sealed: Array.from({ length: texts }, (_, text) => seal(`text${text}`, `${one}-${text}`)),
              })),
              bookmarks,
            ),
          );
        await write(await write(new Map([[stream, null]])));
        await database().transaction(async (transaction) => {
          const read = (await plainTrails(trail, transaction, [stream])).get(stream) ?? [];
          expect(read.map(({ body, sealed }) => [body.of, Object.values(sealed)])).to.deep.equal(
            Array.from({ length: 2 * entries }, (_, index) => [
              String(index % entries),
              Array.from({ length: texts }, (_, text) => `${index % entries}-${text}`),
            ]),
          );
          expect(await trail.verify(transaction, stream)).to.deep.equal({
            holds: true,
            entries: 2 * entries,
          });
        });
      }
    }
  });

  it('names the entry whose hash is no longer as long as it was, not the next one', async () => {
    for (let at = 0; at < 3; at += 1) await append(entry('long'));
    const owner = new pg.Client({ connectionString: database().url });
    await owner.connect();
    try {
      // Without the table's check: all three hashes joined are still the same bytes.
      await owner.query(`
        CREATE TEMPORARY TABLE kept AS SELECT seq, leaf FROM hotline.trail_entry WHERE stream = 'long';
        ALTER TABLE hotline.trail_entry DISABLE TRIGGER USER, DROP CONSTRAINT trail_entry_leaf_check;
        UPDATE hotline.trail_entry e
           SET leaf = CASE e.seq WHEN 2 THEN leaf || substr((SELECT leaf FROM kept WHERE seq = 3), 1, 1) ELSE substr(leaf, 2) END
         WHERE stream = 'long' AND seq > 1`);
      const verdict = await database().transaction((transaction) => trail.verify(transaction, 'long'));
      expect(verdict).to.deep.include({ holds: false, seq: 2 });
    } finally {
      await owner.query(`
        UPDATE hotline.trail_entry e SET leaf = kept.leaf FROM kept WHERE e.stream = 'long' AND e.seq = kept.seq;
        ALTER TABLE hotline.trail_entry ADD CONSTRAINT trail_entry_leaf_check CHECK (octet_length(leaf) = 32),
          ENABLE ALWAYS TRIGGER trail_entry_append_only, ENABLE ALWAYS TRIGGER trail_entry_no_truncate`);
      await owner.end();
    }
  });

  const attempts = {
    'UPDATE an entry': "UPDATE hotline.trail_entry SET type = 'forged' WHERE stream = 'kept'",
    'DELETE an entry': "DELETE FROM hotline.trail_entry WHERE stream = 'kept'",
    'TRUNCATE the trail': 'TRUNCATE hotline.trail_entry CASCADE',
    'DELETE a head': "DELETE FROM hotline.trail_head WHERE stream = 'kept'",
    'put a head back': "UPDATE hotline.trail_head SET seq = 0 WHERE stream = 'kept'",
    'replace the trigger function':
      'CREATE OR REPLACE FUNCTION hotline.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$',
  };

  for (const [what, sql] of Object.entries(attempts)) {
    it(`does not let the program's role ${what}`, async () => {
      await append(entry('kept'));
      const outcome = await database()
        .transaction((transaction) => transaction.query(sql))
        .then(
          () => 'done',
          (error: { code?: string }) => error.code,
        );
      expect(outcome).to.equal('42501');
    });
  }

  for (const what of ['UPDATE an entry', 'DELETE an entry', 'TRUNCATE the trail', 'DELETE a head'] as const) {
    it(`stops even the owner who would ${what}, also as a replication session`, async () => {
      await append(entry('kept'));
      const owner = new pg.Client({ connectionString: database().url });
      await owner.connect();
      try {
        await owner.query("SET session_replication_role = 'replica'");
        const outcome = await owner.query(attempts[what]).then(
          () => 'done',
          (error: { code?: string }) => error.code,
        );
        expect(outcome).to.equal('42501');
      } finally {
        await owner.end();
      }
    });
  }
});
