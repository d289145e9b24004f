/** The verifier's SM3 and SM2, against the standards' examples, sm-crypto-v2 and OpenSSL. */
import { expect } from 'chai';
import { sm3 as librarySm3 } from 'sm-crypto-v2';
import { sm2Signer } from '../../src/accountability/log/sm2-signer.js';
import { isSignedBy, parseKey } from '../../src/accountability/log/vkey.js';
import { sm2 as libraryCurve } from 'sm-crypto-v2';
import { sm3 } from '../../verifier/sm3.mjs';
import { verifySm2 } from '../../verifier/sm2.mjs';
import { knowsSm, opensslSign, opensslSm3, opensslVerifies } from '../support/openssl-sm.js';
import { flip } from '../support/tamper.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('国密：SM3(GM/T 0004)', () => {
  it('标准附录 A 的两个示例', () => {
    expect(hex(sm3(Buffer.from('abc')))).to.equal(
      '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
    );
    expect(hex(sm3(Buffer.from('abcd'.repeat(16))))).to.equal(
      'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732',
    );
  });

  it('0 到 200 字节的每一种长度、分几段给出，都与 sm-crypto-v2 相同', () => {
    for (let length = 0; length <= 200; length += 1) {
      const message = Buffer.from(Array.from({ length }, (_, at) => (at * 31 + length) % 256));
      const halves = [message.subarray(0, length >> 1), message.subarray(length >> 1)];
      expect(hex(sm3(...halves)), `${length} bytes`).to.equal(librarySm3(message));
    }
  });

  it('与本机的 OpenSSL 相同', function () {
    if (!knowsSm()) return this.skip();
    for (const length of [0, 3, 55, 56, 64, 1000]) {
      const message = Buffer.alloc(length, 'é');
      expect(hex(sm3(message)), `${length} bytes`).to.equal(opensslSm3(message));
    }
  });
});

describe('国密：SM2 签名（GM/T 0003.2，用户标识按 GM/T 0009）', () => {
  const message = Buffer.from('第二十二条\n12\nroot\n', 'utf8');
  const secret = Buffer.from('3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8', 'hex');
  const signer = sm2Signer('test.example/trail/sm', secret);
  const key = parseKey(signer.vkey, 'sm2')?.key ?? Buffer.alloc(0);

  it('标准（GM/T 0003.5）的示例：公钥和签名', () => {
    expect(hex(key)).to.equal(
      '09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
    );
    const signature = Buffer.from(
      'F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA',
      'hex',
    );
    expect(verifySm2(Buffer.from('message digest'), key, signature)).to.equal(true);
    expect(verifySm2(Buffer.from('message digesT'), key, signature)).to.equal(false);
  });

  it('系统签的，核验程序认；翻转签名、公钥、内容的任何一位，换一个用户标识，都不认', async () => {
    const signature = await signer.sign(message);
    expect(verifySm2(message, key, signature)).to.equal(true);
    for (let bit = 0; bit < 512; bit += 7) {
      expect(verifySm2(message, key, flip(signature, bit)), `bit ${bit} of the signature`).to.equal(false);
      expect(verifySm2(message, flip(key, bit), signature), `bit ${bit} of the key`).to.equal(false);
    }
    for (let bit = 0; bit < message.length * 8; bit += 13)
      expect(verifySm2(flip(message, bit), key, signature), `bit ${bit} of the text`).to.equal(false);
    expect(verifySm2(message, key, signature, Buffer.from('8765432187654321'))).to.equal(false);
  });

  it('不是签名、不是公钥的，答“不成立”，不抛错', async () => {
    const signature = await signer.sign(message);
    const order = Buffer.from('FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123', 'hex');
    for (const wrong of [
      Buffer.alloc(0),
      Buffer.alloc(64),
      signature.subarray(1),
      Buffer.concat([signature, Buffer.alloc(1)]),
      Buffer.concat([order, signature.subarray(32)]),
      // r + s = n: the sum of the two points is meaningless.
      Buffer.concat([signature.subarray(0, 32), lessOf(order, signature.subarray(0, 32))]),
    ]) {
      expect(verifySm2(message, key, wrong)).to.equal(false);
      expect(isSignedBy({ ...parsed(), key }, message.toString(), wrong)).to.equal(false);
    }
    for (const point of [Buffer.alloc(0), Buffer.alloc(64), Buffer.alloc(64, 0xff)])
      expect(verifySm2(message, point, signature)).to.equal(false);
  });

  it('与 sm-crypto-v2 互认', async () => {
    expect(isSignedBy(parsed(), message.toString(), await signer.sign(message))).to.equal(true);
    const { privateKey, publicKey } = libraryCurve.generateKeyPairHex();
    const signature = Buffer.from(libraryCurve.doSignature(message, privateKey, { hash: true }), 'hex');
    expect(verifySm2(message, Buffer.from(publicKey, 'hex').subarray(1), signature)).to.equal(true);
  });

  it('与本机的 OpenSSL 互认：它签的我们认，我们签的它认，改过的都不认', async function () {
    if (!knowsSm()) return this.skip();
    const theirs = opensslSign(message, secret, key);
    expect(verifySm2(message, key, theirs)).to.equal(true);
    expect(isSignedBy(parsed(), message.toString(), theirs)).to.equal(true);
    const ours = await signer.sign(message);
    expect(opensslVerifies(message, key, ours)).to.equal(true);
    expect(opensslVerifies(message, key, flip(ours, 100))).to.equal(false);
  });

  const parsed = () => {
    const read = parseKey(signer.vkey, 'sm2');
    if (!read) throw new Error('the key can be read');
    return read;
  };
});

function lessOf(order: Buffer, taken: Buffer): Buffer {
  const left = BigInt(`0x${order.toString('hex')}`) - BigInt(`0x${taken.toString('hex')}`);
  return Buffer.from(left.toString(16).padStart(64, '0'), 'hex');
}
