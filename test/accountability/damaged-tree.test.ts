/** A tile of the tree that does not fit blames the tile: the entries still lead to the signed root. */
import { expect } from 'chai';
import { verifyTrail } from '../../src/accountability/index.js';
import type { TestDatabase } from '../support/database.js';
import { asSuperuser } from '../support/tamper.js';
import { clock, lived } from '../support/trail-attacks.js';

const flipTile =
  'UPDATE trail_tile SET hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1) WHERE level = 0';

describe('哈希树的片坏了', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await lived();
  });
  afterEach(() => database.close());
  const named = async (): Promise<string[]> => {
    const { findings } = await verifyTrail({ database, clock, comparisons: [] });
    return [...new Set(findings.map(({ attack }) => attack))].filter((attack) => attack !== 'unguarded');
  };

  it('一位翻转、一片不见:都怪片,不怪条目', async () => {
    await asSuperuser(database.url, [flipTile]);
    expect(await named()).to.deep.equal(['tile-damaged']);
    await asSuperuser(database.url, ['DELETE FROM trail_tile WHERE level = 0']);
    expect(await named()).to.deep.equal(['tile-damaged']);
  });

  it('片坏了,另有条目连哈希一起改过:条目照样点名', async () => {
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
