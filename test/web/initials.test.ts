import { expect } from 'chai';
import { initialsOf } from '../../src/web/components/initials.js';

describe('拼音首字母', () => {
  for (const [name, initials] of [
    ['市水务局', 'sswj'],
    ['历下区人民政府', 'lxqrmzf'],
    ['城市管理局', 'csglj'],
    ['A区办公室', 'aqbgs'],
  ] as const) {
    it(`${name}:${initials}`, () => expect(initialsOf(name)).to.equal(initials));
  }
});
