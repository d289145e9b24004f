/** If a tile does not match, verification blames the tile, because the entries still lead to the signed root. */
import { expect } from 'chai';
import { sequence, signCheckpoint, verifyTrail } from '../../src/accountability/index.js';
import { onlyLaw } from '../../src/kernel/law.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import type { TestDatabase } from '../support/database.js';
import { asSuperuser } from '../support/tamper.js';
import { note } from '../support/note.js';
import { clock, lived, signer, trail } from '../support/trail-attacks.js';

const laws = onlyLaw(shippedLaw('2026-03-02'));

const flipTile =
  'UPDATE trail_tile SET hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1) WHERE level = 0';

describe('哈希树的片坏了', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await lived();
  });
  afterEach(() => database.close());
  const named = async (): Promise<string[]> => {
    const { findings } = await verifyTrail({ database, clock, laws, projections: [] });
    return [...new Set(findings.map(({ attack }) => attack))].filter((attack) => attack !== 'unguarded');
  };

  it('一位翻转、一片不见：都怪片，不怪条目', async () => {
    await asSuperuser(database.url, [flipTile]);
    expect(await named()).to.deep.equal(['tile-damaged']);
    await asSuperuser(database.url, ['DELETE FROM trail_tile WHERE level = 0']);
    expect(await named()).to.deep.equal(['tile-damaged']);
  });

  it('第 0 层以上的片被改、不见：怪那一片', async () => {
    const texts = Array.from({ length: 260 }, (_, at) => note('丙', clock.now(), `丙${at}`));
    await database.transaction((transaction) => trail.append(transaction, texts));
    await sequence(database);
    await signCheckpoint({ database, clock, laws, signer });
    expect(await named()).to.deep.equal([]);
    await asSuperuser(database.url, [flipTile.replace('level = 0', 'level = 1').replaceAll('40', '4')]);
    const { findings, verdict } = await verifyTrail({ database, clock, laws, projections: [] });
    expect(findings.find(({ attack }) => attack === 'tile-damaged')?.detail).to.include('第 1 层第 0 片');
    expect(verdict.conclusion).not.to.include('成立，到');
    await asSuperuser(database.url, ['DELETE FROM trail_tile WHERE level = 1']);
    expect(await named()).to.deep.equal(['tile-damaged']);
  });

  it('片坏了，另有条目连哈希一起改过：条目照样点名', async () => {
    await asSuperuser(
      database.url,
      [flipTile],
      ["UPDATE trail_entry SET body = convert_to(replace(convert_from(body, 'UTF8'), '乙4', '乙9'), 'UTF8')"],
      ["UPDATE trail_entry SET leaf = sha256('\\x00'::bytea || body)"],
    );
    expect(await named())
      .to.include('tile-damaged')
      .and.include('edited');
  });
});
