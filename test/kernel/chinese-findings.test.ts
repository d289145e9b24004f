import { expect } from 'chai';
import { parseLine } from '../../src/cases/replay/message.js';
import { findingsInChinese } from '../../src/kernel/chinese-findings.js';

const complaint = (line: object): string => {
  const parsed = parseLine(Buffer.from(JSON.stringify(line)));
  return parsed.ok ? '' : parsed.reason;
};

describe('输入的毛病用中文说', () => {
  before(findingsInChinese);

  const message = {
    no: '1',
    title: '停水',
    text: '没有水',
    receivedAt: '2026-03-02T09:00:00+08:00',
    repliedAt: '2026-03-03T09:00:00+08:00',
  };

  it('没有填写的、类型不对的，逐项说', () => {
    expect(complaint({ ...message, title: undefined, text: 5 })).to.equal(
      'title：没有填写；text：应当是文字',
    );
  });

  it('没有时区的时刻不收，并举例', () => {
    expect(complaint({ ...message, receivedAt: '2026-03-02 09:00' })).to.equal(
      'receivedAt：应当是带时区的时刻，例如 2026-03-02T09:00:00+08:00',
    );
  });

  it('合格的没有话说', () => {
    expect(complaint(message)).to.equal('');
  });
});
