import { expect } from 'chai';
import { createVault, newKeyRing } from '../../src/identity/index.js';
import { contactKey, keepValue, masked, matchOf, openValue } from '../../src/sheet/index.js';
import { refusalOf } from '../support/refusal.js';

const ring = newKeyRing();
const vault = createVault(ring);

describe('保险库：一条密文', () => {
  const { box, seal } = keepValue(vault, '20260302-000001', 'contact', '13800001234');

  it('打得开的只有原来的工单、原来的一栏', () => {
    expect(openValue(vault, '20260302-000001', 'contact', box)).to.deep.equal({
      salt: seal.salt,
      value: '13800001234',
    });
    for (const [no, field] of [
      ['20260302-000002', 'contact'],
      ['20260302-000001', 'name'],
    ] as const) {
      expect(refusalOf(() => openValue(vault, no, field, box))?.code, `${no} ${field}`).to.equal(
        'vault.locked',
      );
    }
  });

  it('改动任何一个字节都打不开', () => {
    for (let place = 0; place < box.length; place += 1) {
      const changed = Buffer.from(box);
      changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
      const refused = refusalOf(() => openValue(vault, '20260302-000001', 'contact', changed));
      expect(refused?.code, `byte ${place}`).to.equal('vault.locked');
    }
    for (let length = 0; length < box.length; length += 1) {
      expect(
        refusalOf(() => openValue(vault, '20260302-000001', 'contact', box.subarray(0, length)))?.code,
      ).to.equal('vault.locked');
    }
  });

  it('同样的内容两次，密文、摘要都不同', () => {
    const again = keepValue(vault, '20260302-000001', 'contact', '13800001234');
    expect(again.box.equals(box)).to.equal(false);
    expect(again.seal.digest).not.to.equal(seal.digest);
  });

  it('一千条密文的一次性随机数没有两个相同，条条打得开', () => {
    const boxes = Array.from({ length: 1000 }, (_, place) => vault.seal('停水', `第 ${place} 条`));
    const start = vault.current.length;
    const nonces = new Set(boxes.map((one) => one.toString('hex', start, start + 12)));
    expect(nonces.size).to.equal(boxes.length);
    boxes.forEach((one, place) => expect(vault.open(one, `第 ${place} 条`)).to.equal('停水'));
  });

  it('长的文字先压缩，打开来一字不差', () => {
    const reply = '网友您好：您反映的停水问题，我局高度重视，立即组织人员抢修，现已恢复供水。'.repeat(12);
    const closed = vault.seal(reply, '某处');
    expect(closed.length).to.be.lessThan(Buffer.byteLength(reply) / 2);
    for (const text of [reply, '', '短', 'x'.repeat(199), 'x'.repeat(200)])
      expect(vault.open(vault.seal(text, '某处'), '某处')).to.equal(text);
  });

  it('换了现用的密钥，旧的照样打得开；没有那把密钥的打不开', () => {
    const next = newKeyRing().keys['k1'] ?? '';
    const newer = createVault({ ...ring, current: 'k2', keys: { ...ring.keys, k2: next } });
    expect(openValue(newer, '20260302-000001', 'contact', box).value).to.equal('13800001234');
    const closed = newer.seal('新', '某处');
    expect(closed.subarray(0, newer.current.length).equals(newer.current)).to.equal(true);
    expect(refusalOf(() => vault.open(closed, '某处'))?.message).to.match(/k2/);
    expect(newer.match('x').equals(vault.match('x')), '比对用的密钥不随之改变').to.equal(true);
  });
});

describe('来电人：比对与遮盖', () => {
  it('同一个号码怎样写都是同一个人', () => {
    const written = [
      '13800001234',
      ' 138 0000 1234',
      '138-0000-1234',
      '+86 13800001234',
      '008613800001234',
      '１３８００００１２３４',
    ];
    expect(new Set(written.map(contactKey))).to.deep.equal(new Set(['13800001234']));
    expect(contactKey('(0531) 8666-1234')).to.equal('053186661234');
    expect(contactKey('Wang@Example.com ')).to.equal('wang@example.com');
  });

  it('短得说明不了是谁的不比对', () => {
    for (const short of ['', '12345', '不详', ' - '])
      expect(matchOf(vault, short), short).to.equal(undefined);
  });

  it('换了密钥环，比对的值就不同：库里的值离了密钥说明不了什么', () => {
    const other = createVault(newKeyRing());
    expect(matchOf(vault, '13800001234')).not.to.deep.equal(matchOf(other, '13800001234'));
  });

  it('只露姓、末四位，地址不露', () => {
    expect(masked({ name: '王小明', contact: '13800001234', address: '历下区某路 1 号' })).to.deep.equal({
      name: '王*',
      contact: '****1234',
      address: '****',
    });
    expect(masked({ name: null, contact: '12345', address: null })).to.deep.equal({
      name: null,
      contact: '****',
      address: null,
    });
  });
});
