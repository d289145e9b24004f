import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { builtProgram } from '../support/built.js';
import { file, folder } from './laid.js';

const log = [
  '工单号,环节,时间,承办单位',
  'B1,登记工作流转单,2026-03-02 09:00,热线',
  'B1,交承办单位,2026-03-02 10:00,市水务局',
  'B1,回复来电人,2026-03-12 10:00,市水务局',
  'B2,回复来电人,2026-03-02 08:00,"=HYPERLINK(""http://x"")"',
  'B2,交承办单位,2026-03-02 10:00,<市水务局>',
].join('\n');

describe('hotline takeover：起草对照表，写报告', () => {
  const hotline = (...parameters: string[]) =>
    spawnSync(process.execPath, [builtProgram(), 'takeover', ...parameters], {
      encoding: 'utf8',
      cwd: folder,
    });
  let path: string;

  before(() => {
    path = file('b.csv', log);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('列名、字面相近的活动认得出；起草的改好就能用，报告里每一处都打得开那一件的各行', () => {
    const drafted = hotline('propose', path);
    expect(drafted.status, drafted.stderr).to.equal(0);
    const mapping = JSON.parse(drafted.stdout) as { activities: Record<string, unknown[]> };
    expect(mapping).to.deep.include({ case: '工单号', activity: '环节', unit: '承办单位' });
    expect(mapping.activities).to.deep.include({
      登记工作流转单: [{ deed: 'matter.registered', facts: {} }],
      交承办单位: [{ deed: 'matter.handed-over', facts: { to: { column: '承办单位' } } }],
    });
    mapping.activities['回复来电人'] = ['handling.stated', 'reply.given', 'hotline.informed'].map((deed) => ({
      deed,
    }));
    writeFileSync(join(folder, 'm.json'), JSON.stringify(mapping));
    const checked = hotline('check', path, '--mapping', 'm.json', '--out', 'report', '--json');
    expect(checked.status, checked.stderr).to.equal(0);
    const figures = JSON.parse(checked.stdout) as { cases: number; duties: { norm: string; late: number }[] };
    expect(figures.cases).to.equal(2);
    expect(figures.duties.find(({ norm }) => norm === 'J27')?.late).to.equal(1);

    const read = (name: string) => readFileSync(join(folder, 'report', name), 'utf8');
    const index = read('index.html');
    const links = [...index.matchAll(/href="([^"#]+)#?([^"]*)"/g)];
    expect(links.length).to.be.greaterThan(1);
    for (const [, page = '', anchor = ''] of links)
      expect(read(page), anchor).to.include(anchor === '' ? 'id="case-1"' : `id="${anchor}"`);
    expect(index).to.include('先于起算').and.not.include('<市水务局>');
    // No cell begins a formula.
    expect(read('findings.csv')).to.match(/先于起算,第二十四条第一款,"'=HYPERLINK/);
    expect(JSON.parse(read('figures.json'))).to.deep.equal(figures);
    expect(hotline('check', path, '--mapping', 'm.json', '--out', 'report').stderr).to.include('已经有内容');
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).to.deep.equal([]);
  });

  it('对照表没有、文件不是 JSON 的，说出来，不留下报告', () => {
    const { status, stderr } = hotline('check', path, '--mapping', 'none.json', '--out', 'other');
    expect(status).to.equal(1);
    expect(stderr).to.include('none.json');
    expect(existsSync(join(folder, 'other'))).to.equal(false);
  });
});
