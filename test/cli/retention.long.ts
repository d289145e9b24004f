/** `hotline retention` for its user, on a database with cases that ended years ago. */
import { expect } from 'chai';
import { before } from 'mocha';
import { verifyTrail } from '../../src/accountability/index.js';
import { parseLine } from '../../src/cases/replay/message.js';
import { simulate } from '../../src/cases/replay/simulate.js';
import { systemClock } from '../../src/kernel/index.js';
import { useSystem } from '../support/system.js';
import { hotline } from './hotline.js';

/** Received, answered and closed in 2019. */
function message(no: string) {
  const said = {
    no,
    citizen: '欧阳来电',
    title: '停水',
    text: '小区停水，没有通知。',
    receivedAt: '2019-03-04T09:00:00+08:00',
    repliedAt: '2019-03-06T09:00:00+08:00',
    reply: '已恢复供水。',
  };
  const parsed = parseLine(Buffer.from(JSON.stringify(said)));
  return parsed.ok ? { message: parsed.message, key: no } : expect.fail(parsed.reason);
}

describe('hotline retention（第十条）', () => {
  const system = useSystem({ at: '2019-01-04T10:00:00+08:00' });
  const retention = async (...words: string[]) => hotline(system().database.url, 'retention', ...words);
  const said = async (...words: string[]): Promise<string> => {
    const { code, out, error } = await retention(...words);
    expect(code, error).to.equal(0);
    return out;
  };
  const counts = async (...words: string[]): Promise<Record<string, number>> => {
    const classes = JSON.parse(await said('run', '--json', ...words)) as { class: string; count: number }[];
    return Object.fromEntries(classes.map(({ class: key, count }) => [key, count]));
  };
  const callers = async (): Promise<number> =>
    (await system().database.pool.query('SELECT FROM hotline.caller WHERE erased_at IS NULL')).rowCount ?? 0;

  before(() => simulate(system(), [message('旧-1'), message('旧-2')]));

  it('--dry 只数，写明各类到哪一天、怎样清除，一样也不动', async () => {
    const out = await said('run', '--dry');
    expect(out).to.match(
      /^已到期、还没有清除：\n {2}来电人的姓名、联系方式、地址，查询码：2 件工单（\d{4}-\d\d-\d\d 以前办结的）\n/,
    );
    expect(out).to.include('现在就清除：hotline retention run');
    expect(await callers()).to.equal(2);
    expect(await said('show')).to.match(/还没有清除过\n$/);
  });

  it('没有写谁做的，不做，说明白', async () => {
    const { code, error } = await retention('run', '--actor', ' ');
    expect(code).not.to.equal(0);
    expect(error).to.include('--actor 是空的').and.include('办法：写姓名');
    expect(await callers()).to.equal(2);
  });

  it('清除：说出各类几件、记在哪里，show 说上次清除多少、谁做的；轨迹照样成立', async () => {
    const out = await said('run', '--actor', '王某');
    expect(out).to.match(/^已清除：\n {2}来电人的姓名、联系方式、地址，查询码：2 件工单/);
    expect(out).to.include('记在轨迹的 retention 链里');
    expect(await callers()).to.equal(0);
    const rules = await said('show');
    expect(rules).to.match(/来电人的姓名、联系方式、地址，查询码：自办结起 36 个月.*，上次清除 2 件工单；/);
    expect(rules).to.match(/上次清除：\d{4}-\d\d-\d\d \d\d:\d\d，王某\n$/);
    const { findings } = await verifyTrail({ ...system(), clock: systemClock });
    expect(findings).to.deep.equal([]);
  });

  it('再做一次，没有到期的；--json 给程序读', async () => {
    expect(await said('run', '--dry')).to.match(/^没有到期的。/);
    expect(await said('run')).to.match(/^没有到期的，什么也没有清除。/);
    const nothing = {
      callers: 0,
      attachments: 0,
      texts: 0,
      reasons: 0,
      reads: 0,
      inboxes: 0,
      requests: 0,
      sessions: 0,
      jobs: 0,
    };
    expect(await counts('--dry')).to.deep.equal(nothing);
    expect(await counts()).to.deep.equal(nothing);
  });
});
