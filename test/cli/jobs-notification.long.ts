import { expect } from 'chai';
import { useDatabase } from '../support/database.js';
import { hotline } from './hotline.js';

describe('hotline jobs、hotline notification', () => {
  const database = useDatabase();
  const run = (...words: string[]) => hotline(database().url, ...words);

  it('设渠道、列出、停用：密钥只显示一次，轨迹记下是谁', async () => {
    const added = await run(
      'notification',
      'add',
      'unit:某水务局',
      'webhook',
      'https://a.example/x',
      '--actor',
      '甲',
    );
    expect(added).to.include({ code: 0, error: '' });
    const [, secret = ''] = /密钥（只显示这一次）：(\S+)/.exec(added.out) ?? [];
    expect(secret).to.match(/^whsec_/);
    const listed = await run('notification', 'channels', '--json');
    expect(listed.out).to.contain('某水务局').and.not.contain(secret);
    const [{ id } = { id: 0 }] = JSON.parse(listed.out) as { id: number }[];
    expect((await run('notification', 'end', String(id), '--actor', '乙')).out).to.contain('已停用渠道');
    expect((await run('notification', 'channels')).out).to.contain('已停用');
    const { rows } = await database().pool.query<{ body: string }>(
      "SELECT convert_from(body, 'UTF8') AS body FROM hotline.trail_entry WHERE stream = 'notifications' ORDER BY seq",
    );
    expect(rows.map(({ body }) => (JSON.parse(body) as { actor: string }).actor)).to.deep.equal(['甲', '乙']);
  });

  it('种类、编号写错，一句话说明，什么都没有变', async () => {
    const fax = await run('notification', 'add', 'unit:某水务局', 'fax', '123');
    expect(fax.code).to.equal(2);
    expect(fax.error).to.contain('渠道种类“fax”不认识').and.not.contain('    at ');
    expect((await run('notification', 'end', '一')).code).to.equal(1);
    expect((await run('jobs', 'retry')).error).to.contain('没有写明白');
    expect((await run('jobs', 'retry', '99')).error).to.contain('没有编号为 99 的失败任务');
  });

  it('试满次数的任务列得出，放回队列后清单为空', async () => {
    expect((await run('jobs', 'failed')).out).to.contain('没有失败的任务');
    await database().pool.query(
      `SELECT hotline_jobs.add_job('notification.announce', '{"entries":[]}', max_attempts => 12)`,
    );
    const { rows } = await database().pool.query<{ id: string }>(
      `UPDATE hotline_jobs._private_jobs SET attempts = 12, last_error = '对方没有答复' RETURNING id::text`,
    );
    const [{ id } = { id: '' }] = rows;
    expect((await run('jobs', 'failed')).out)
      .to.contain('写入收件箱')
      .and.contain('试过 12 次：对方没有答复');
    expect((await run('jobs', 'retry', id)).out).to.contain('已放回 1 件');
    expect((await run('jobs', 'failed', '--json')).out.trim()).to.equal('[]');
  });
});
