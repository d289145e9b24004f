import { expect } from 'chai';
import { civilDateOfDay, dayNumberOf, civilDateOf } from '../../src/kernel/civil-date.js';
import { systemClock } from '../../src/kernel/index.js';
import { useDatabase } from '../support/database.js';
import { hotline } from './hotline.js';

describe('hotline policy', () => {
  const database = useDatabase();
  const policy = (...words: string[]) => hotline(database().url, 'policy', ...words);
  const later = civilDateOfDay(dayNumberOf(civilDateOf(systemClock.now())) + 30);
  const propose = (...more: string[]) =>
    policy('propose', ...more, '--author', '甲', '--reason', '督办从快', '--json');

  it('propose, approve and show, as JSON and in words', async () => {
    const proposed = await propose('supervisionLimit', 'P2D', '--effective', later);
    expect({ ...proposed, out: JSON.parse(proposed.out) as unknown }).to.deep.include({ code: 0, error: '' });
    const { id } = JSON.parse(proposed.out) as { id: number };
    const own = await policy('approve', String(id), '--actor', '甲', '--reason', '同意');
    expect(own).to.include({ code: 1, out: '' });
    expect(own.error).to.contain('不得由本人批准').and.not.contain('    at ');
    const approved = await policy('approve', String(id), '--actor', '乙', '--reason', '同意');
    expect(approved.out).to.contain(`自 ${later} 起改为 P2D(2 个工作日)`).and.contain('已批准');
    const { out } = await policy('show', 'supervisionLimit');
    expect(out).to.contain('现行:P3D(3 个工作日)').and.contain('已批准,乙:同意');
    const { version, items } = JSON.parse((await policy('list', '--json')).out) as {
      version: number;
      items: { key: string; scheduled: unknown[] }[];
    };
    expect(version).to.equal(1);
    expect(items.find(({ key }) => key === 'supervisionLimit')?.scheduled).to.have.length(1);
  });

  it('says in Chinese what is wrong', async () => {
    const past = await propose('supervisionLimit', 'P2D', '--effective', '2026-01-01');
    expect(past.error).to.contain('政策不溯及既往');
    expect((await propose('supervisionLimit', '两天', '--effective', later)).error).to.contain('P1D 至 P60D');
    expect((await policy('show', 'lunch')).error).to.contain('没有名为“lunch”的政策');
    expect((await policy('reject', '一', '--actor', '乙', '--reason', '否')).code).to.equal(2);
    expect((await policy('list')).out)
      .to.contain('政策版本 1')
      .and.contain('五个工作日自何时起算');
  });
});
