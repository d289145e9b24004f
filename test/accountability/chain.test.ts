/** What the chain itself says of an entry, no content may say otherwise. */
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { leafHash, link, origin } from '../../src/accountability/trail/chain.js';
import type { JsonObject } from '../../src/kernel/index.js';

const noon = new Date('2026-03-04T04:00:00.000Z');
const said = ({ body }: { readonly body: Buffer }): unknown => JSON.parse(body.toString());

describe('一条流的链', () => {
  it('第一条接在 32 个零字节上；下一条的序号加一，接着前一条的叶子 SHA-256（0x00 ‖ 正文）', () => {
    const first = link(origin, '20260304-000001', 'note', noon, { text: '一' });
    expect(said(first)).to.deep.equal({
      ...{ v: 1, stream: '20260304-000001', seq: 1, prev: '0'.repeat(64), type: 'note' },
      ...{ at: noon.toISOString(), text: '一' },
    });
    const leaf = createHash('sha256')
      .update(Buffer.from([0]))
      .update(first.body)
      .digest();
    expect([first.leaf, leafHash(first.body)]).to.deep.equal([leaf, leaf]);
    const next = link(first, '20260304-000001', 'note', noon, {}, {}, 2);
    expect(next).to.include({ seq: 2, at: noon.toISOString() });
    expect(said(next)).to.include({ v: 2, seq: 2, prev: leaf.toString('hex') });
  });

  it('内容里自称的版本、流、序号、前一条、种类、时刻都不算数；另存的摘要以链所得的为准', () => {
    const forged: JsonObject = {
      ...{ v: 9, stream: '别的', seq: 7, prev: 'ff', type: 'other', at: '1999-01-01T00:00:00.000Z' },
      ...{ state: '自称的', text: '一' },
    };
    const entry = link(origin, '20260304-000001', 'note', noon, forged, { state: 'ab' });
    const honest = link(origin, '20260304-000001', 'note', noon, { text: '一' }, { state: 'ab' });
    expect(entry.body.toString()).to.equal(honest.body.toString());
    expect(entry.leaf.equals(honest.leaf)).to.equal(true);
  });
});
