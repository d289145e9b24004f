/** `hotline regulation why`: the reasons of a sheet's duties on the command line. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseLine } from '../../src/cases/replay/message.js';
import { useDatabase } from '../support/database.js';
import { hotline } from './hotline.js';

const message = JSON.stringify({
  ...{ no: '2', title: '工地夜间施工', text: '凌晨两点还在打桩。', reply: '已责令停工。' },
  ...{ receivedAt: '2026-03-02T09:00:00+08:00', repliedAt: '2026-03-11T11:00:00+08:00' },
});

describe('hotline regulation why', () => {
  const database = useDatabase();
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-why-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('第二十四条：逐项写明由哪一条引起、期限、本应由谁做什么；--json 同样的内容；没有的一项说到哪里查', async () => {
    const run = (...words: string[]) => hotline(database().url, ...words);
    await writeFile(join(folder, '诉求.jsonl'), `${message}\n`);
    const replayed = await run('replay', join(folder, '诉求.jsonl'));
    expect(replayed.code, replayed.error).to.equal(0);
    const parsed = parseLine(Buffer.from(message));
    const no = `回放-2-${parsed.ok ? parsed.digest : ''}`;
    const all = await run('regulation', 'why', no);
    expect(all.code, all.error).to.equal(0);
    expect(all.out).to.include('J27（第二十四条第一款）').and.include('J26c（第二十二条第一款）');
    expect(all.out).to.include('  本应：在 2026-03-09 24:00 以前由承办单位（承办单位）做“办理并写明情形”');
    const one = await run('regulation', 'why', no, 'J26e', '--json');
    const { items } = JSON.parse(one.out) as {
      items: { norm: string; absent: unknown[]; duties: unknown[] }[];
    };
    expect(items.map(({ norm, duties }) => [norm, duties])).to.deep.equal([['J26e', []]]);
    expect(items[0]?.absent).to.have.length.greaterThan(1);
    const none = await run('regulation', 'why', no, 'J99');
    expect(none.code).to.not.equal(0);
    expect(none.error).to.include('没有“J99”这一项义务').and.include('hotline regulation coverage');
  });
});
