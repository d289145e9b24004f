import { expect } from 'chai';
import { recordLaterVersion } from '../support/later-version.js';
import { useSystem } from '../support/system.js';
import { hotline } from './hotline.js';

// Reads only the shipped diagrams, without a database.
const regulation = (...words: string[]) => hotline('', 'regulation', ...words, '--shipped');

describe('hotline regulation', () => {
  it('show art24：条文、义务、期限、环节、政策', async () => {
    const { code, out } = await regulation('show', 'art24');
    expect(code).to.equal(0);
    expect(out.split('\n')[0]).to.equal('济南市12345市民服务热线条例 2018 版，自 2018-09-01 起施行');
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

  it('show --json：一项的义务只有它自己的', async () => {
    const { out } = await regulation('show', 'art23.p1.i1', '--json');
    const { norms } = JSON.parse(out) as { norms: { id: string }[] };
    expect(norms.map(({ id }) => id)).to.deep.equal(['J26e']);
  });

  it('没有的条文，说明写法，以 2 退出', async () => {
    const { code, error } = await regulation('show', 'art99');
    expect(code).to.equal(2);
    expect(error).to.contain('条例里没有“art99”这一处').and.contain('artN.pM.iK');
  });

  it('coverage --json：七十四项义务，没有空白，以 0 退出', async () => {
    const { code, out } = await regulation('coverage', '--json');
    const { norms, holes, withoutNorm } = JSON.parse(out) as Record<string, unknown[]>;
    expect([norms?.length, holes, code]).to.deep.equal([74, [], 0]);
    expect(withoutNorm).to.deep.equal([{ id: 'art1', reason: '立法目的，没有规定义务' }]);
  });
});

describe('hotline regulation，新版已经知道、还没有施行', () => {
  const system = useSystem();

  it('show、coverage：写明是哪一版、自何日起、至何日止；--on 看那一天的一版', async () => {
    await recordLaterVersion(system(), '2098-01-01');
    const run = (...words: string[]) => hotline(system().database.url, 'regulation', ...words);
    const { out, code } = await run('show', 'art24');
    expect(code).to.equal(0);
    expect(out.split('\n')[0]).to.equal(
      '济南市12345市民服务热线条例 2018 版，自 2018-09-01 起施行，至 2098-01-01 止（这一天起由另一版取代，或者不再施行）',
    );
    expect(out).to.contain('5 个工作日').and.not.contain('四个工作日内答复');
    const later = await run('show', 'art24', '--on', '2098-01-01');
    expect(later.out.split('\n')[0]).to.equal('济南市12345市民服务热线条例 2098 版，自 2098-01-01 起施行');
    expect(later.out).to.contain('四个工作日内答复');
    const regulationIn = async (...words: string[]): Promise<unknown> =>
      (JSON.parse((await run(...words, '--json')).out) as { regulation: unknown }).regulation;
    expect(await regulationIn('coverage')).to.include({ version: '2018', inForceTo: '2098-01-01' });
    expect(await regulationIn('coverage', '--on', '2098-05-01')).to.include({
      version: '2098',
      inForceTo: null,
    });
    const wrong = await run('coverage', '--on', '2026-02-30');
    expect(wrong.code).to.equal(1);
    expect(wrong.error).to.contain('2026-02-30');
  });
});
