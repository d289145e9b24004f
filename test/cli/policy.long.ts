import { expect } from 'chai';
import { proposePolicy, rulePolicy } from '../../src/cases/index.js';
import { civilDateOfDay, dayNumberOf, civilDateOf } from '../../src/kernel/civil-date.js';
import { systemClock } from '../../src/kernel/index.js';
import { plainTrails } from '../support/entries.js';
import { useSystem } from '../support/system.js';
import { hotline } from './hotline.js';

describe('hotline policy', () => {
  const system = useSystem({ at: 'now', shipped: false });
  const policy = (...words: string[]) => hotline(system().database.url, 'policy', ...words);
  const later = civilDateOfDay(dayNumberOf(civilDateOf(systemClock.now())) + 30);
  const propose = (...more: string[]) =>
    policy('propose', ...more, '--author', 'jia', '--reason', '督办从快', '--json');

  it('没有帐号的，提不出来，说出怎么办', async () => {
    const { code, error } = await propose('supervisionLimit', 'P2D', '--effective', later);
    expect(code).to.equal(1);
    expect(error).to.contain('没有登录名为“jia”的在用帐号').and.contain('hotline setup');
  });

  it('propose, approve and show, as JSON and in words', async () => {
    const { people } = system().identity;
    const unit = '市热线工作机构';
    await people.addUnit({ name: unit, kind: 'hotline' }, '测试');
    for (const [login, name, role] of [
      ['jia', '甲', 'compliance-editor'],
      ['yi', '乙', 'compliance-approver'],
      ['bing', '丙', 'assessor'],
    ] as const)
      await people.add({ login, name, unit, roles: [role], oidcSubject: `test ${login}` }, '测试');
    const proposed = await propose('supervisionLimit', 'P2D', '--effective', later);
    expect({ ...proposed, out: JSON.parse(proposed.out) as unknown }).to.deep.include({ code: 0, error: '' });
    const { id } = JSON.parse(proposed.out) as { id: number };
    const approved = await policy('approve', String(id), '--actor', 'yi', '--reason', '同意');
    expect(approved.code).to.equal(2);
    expect(approved.error).to.contain('没有命令').and.not.contain('    at ');
    for (const [actor, said] of [
      ['甲', '没有登录名为“甲”的在用帐号'],
      ['yi', '他人不得撤回'],
    ] as const) {
      const { code, out, error } = await policy('withdraw', String(id), '--actor', actor, '--reason', '误');
      expect({ code, out }, actor).to.deep.equal({ code: 1, out: '' });
      expect(error).to.contain(said).and.not.contain('    at ');
    }
    const decision = { decision: 'approve', reason: '同意' } as const;
    await rulePolicy(system(), id, decision, await people.named('yi'));
    const { out } = await policy('show', 'supervisionLimit');
    expect(out).to.contain('现行：P3D（3 个工作日）').and.contain('已批准，乙（yi）：同意');
    const { version, items } = JSON.parse((await policy('list', '--json')).out) as {
      version: number;
      items: { key: string; scheduled: unknown[] }[];
    };
    expect(version).to.equal(1);
    expect(items.find(({ key }) => key === 'supervisionLimit')?.scheduled).to.have.length(1);
  });

  it('在命令行上撤回：条目另记是谁坐在机器前', async () => {
    const { identity, database } = system();
    const request = {
      key: 'dispatchLimit',
      value: 'PT20H',
      effectiveOn: later,
      reason: '从快',
      document: null,
    };
    const { id } = await proposePolicy(system(), request, await identity.people.named('jia'));
    const { out } = await policy('withdraw', String(id), '--actor', 'jia', '--reason', '写错了');
    expect(out).to.contain('已撤回');
    const said = await database.transaction((transaction) =>
      plainTrails(system().trail, transaction, ['policies']),
    );
    const { body } = said.get('policies')?.at(-1) ?? {};
    expect(body).to.include({ actor: '甲（jia）', login: 'jia' });
    expect(body).to.have.property('machine').that.is.not.equal('');
  });

  it('says in Chinese what is wrong', async () => {
    const past = await propose('supervisionLimit', 'P2D', '--effective', '2026-01-01');
    expect(past.error).to.contain('政策不溯及既往');
    expect((await propose('supervisionLimit', '两天', '--effective', later)).error).to.contain('P1D 至 P60D');
    expect((await policy('show', 'lunch')).error).to.contain('没有名为“lunch”的政策');
    expect((await policy('withdraw', '一', '--actor', 'jia', '--reason', '否')).code).to.equal(2);
    expect((await policy('list')).out)
      .to.contain('政策版本 1')
      .and.contain('五个工作日自何时起算');
  });
});
