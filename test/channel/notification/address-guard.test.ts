import { expect } from 'chai';
import { assertPublicHost } from '../../../src/channel/outbox/address-guard.js';

describe('webhook 的地址', () => {
  const allowed = (host: string): boolean => {
    try {
      assertPublicHost(new URL(`http://${host}/`));
      return true;
    } catch {
      return false;
    }
  };

  for (const host of [
    ...[
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f.1',
      '0.0.0.0',
      '10.0.0.1',
      '169.254.169.254',
      '192.168.1.1',
    ],
    ...['[::1]', '[::]', '[::127.0.0.1]', '[::ffff:127.0.0.1]', '[::10.0.0.1]', '[fe80::1]', '[fd00::1]'],
    ...['[64:ff9b::7f00:1]', '[2002:7f00:1::]', '[2001:0:1::]', '[ff02::1]', '[4000::1]', '[2001:db8::1]'],
  ])
    it(`${host} 在内部网络里，不发`, () => expect(allowed(host)).to.equal(false));

  for (const host of ['1.1.1.1', '[2606:4700::1111]', '[2400:3200::1]', 'hook.example.gov.cn'])
    it(`${host} 可以`, () => expect(allowed(host)).to.equal(true));
});
