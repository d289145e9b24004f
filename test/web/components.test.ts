/** What a component must do has one home: nobody else does it, and what it makes of its data. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';
import { atMostTen, inWords } from '../../src/web/components/chart.js';
import { byDay, type Moment } from '../../src/web/components/moment.js';
import { dayInWords, type Day } from '../../src/web/time/day-kind.js';

const web = join(packageRoot, 'src', 'web');
const whoSays = (pattern: RegExp): readonly string[] =>
  readdirSync(web, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.(?:vue|ts)$/.test(file) && pattern.test(readFileSync(join(web, file), 'utf8')));

describe('部件各有一处', () => {
  it('日子只在 DateField 里填，图表只在 ChartPanel 里画', () => {
    const days = whoSays(/<input[^>]*type="(?:date|datetime-local)"|[?:] 'date(?:time-local)?'\s*:/);
    expect(days).to.deep.equal([]);
    expect(whoSays(/'datetime-local'/)).to.deep.equal(['components/date-field.vue']);
    expect(whoSays(/from 'echarts\/(?!core)/)).to.deep.equal(['components/line-drawing.ts']);
  });

  it('十二类画成十类和“其余 2 个”，各数是其余之和；十类不合并；没有可计的不是零', () => {
    const categories = Array.from({ length: 12 }, (_, at) => ({ key: `${at}`, name: `第${at}类` }));
    const values = [...Array.from({ length: 10 }, () => 5), 3, null];
    const drawn = atMostTen({ categories, series: [{ name: '件数', values }] });
    expect(drawn.categories).to.have.length(11);
    expect(drawn.categories.at(-1)).to.deep.equal({ key: '其余', name: '其余 2 个' });
    expect(inWords(drawn, 10)).to.equal('其余 2 个 件数 3');
    expect(atMostTen({ categories: categories.slice(0, 10), series: [] }).categories).to.have.length(10);
    expect(inWords({ categories, series: [{ name: '满意', values }] }, 11, '%')).to.equal('第11类 满意 —');
    expect(inWords({ categories, series: [{ name: '满意', values: [98.04] }] }, 0, '%')).to.equal(
      '第0类 满意 98%',
    );
  });

  it('时间线按日分组，次序照旧', () => {
    const instants = ['2026-03-18T10:00', '2026-03-18T08:00', '2026-03-17T23:59', '2026-03-18T07:00'];
    const tell = (at: string): Moment => ({ key: at, at: `${at}:00+08:00`, what: '办' });
    expect(
      byDay(instants, tell).map(({ day, entries }) => [day, entries.map(({ entry }) => entry)]),
    ).to.deep.equal([
      ['2026-03-18', instants.slice(0, 2)],
      ['2026-03-17', instants.slice(2, 3)],
      ['2026-03-18', instants.slice(3)],
    ]);
  });

  it('日历没有读到的日子只说周几：不在浏览器里推算工作日', () => {
    expect(dayInWords('2026-10-10', undefined)).to.equal('周六');
    const day: Day = {
      ...{ date: '2026-10-10', weekday: 6, working: true, reason: '', provisional: false },
      source: { name: '国庆节' },
    };
    expect(dayInWords('2026-10-10', day)).to.equal('周六 · 调休上班（国庆节）');
    expect(dayInWords('2026-10-12', { ...day, date: '2026-10-12', weekday: 1 })).to.equal('周一 · 工作日');
  });
});
