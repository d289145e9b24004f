import { expect } from 'chai';
import { hotline } from './hotline.js';

// Reads the shipped diagrams only: no database is asked.
const regulation = (...words: string[]) => hotline('', 'regulation', ...words, '--shipped');

describe('hotline regulation', () => {
  it('show art24:条文、义务、期限、环节、政策', async () => {
    const { code, out } = await regulation('show', 'art24');
    expect(code).to.equal(0);
    for (const part of [
      '第二十四条第二款',
      'J27',
      '5 个工作日',
      'Task_ReplyCaller',
      'art24-in-time',
      'replyStart',
    ]) {
      expect(out).to.contain(part);
    }
  });

  it('show --json:一项的义务只有它自己的', async () => {
    const { out } = await regulation('show', 'art23.p1.i1', '--json');
    const { norms } = JSON.parse(out) as { norms: { id: string }[] };
    expect(norms.map(({ id }) => id)).to.deep.equal(['J26e']);
  });

  it('没有的条文,说明写法,以 2 退出', async () => {
    const { code, error } = await regulation('show', 'art99');
    expect(code).to.equal(2);
    expect(error).to.contain('条例里没有“art99”这一处').and.contain('art24.p1.i2');
  });

  it('coverage --json:六十七项义务,没有空白,以 0 退出', async () => {
    const { code, out } = await regulation('coverage', '--json');
    const { norms, holes, withoutNorm } = JSON.parse(out) as Record<string, unknown[]>;
    expect([norms?.length, holes, code]).to.deep.equal([67, [], 0]);
    expect(withoutNorm).to.deep.equal([{ id: 'art1', reason: '立法目的，没有规定义务' }]);
  });
});
