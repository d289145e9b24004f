import { expect } from 'chai';
import { totpCode } from '../../src/identity/index.js';
import { newcomer } from '../support/people.js';
import { answered, completeOnly, accept, post, problemIn, registered, send, useServer } from './serving.js';
import { settled } from '../support/entries.js';

interface Journal {
  items: { seq: number; type: string; title: string; actor: string | null; of: string | null }[];
  next: number | null;
}

interface Sessions {
  items: { id: string; current: boolean }[];
}

describe('http accounts', () => {
  const served = useServer();
  const journal = async (query = '') =>
    answered('readAccountJournal', await send(served().url, `/api/account-journal${query}`)) as Journal;

  it('审计管理员看得到谁授了什么角色，谁被拒绝了什么；只读，新的在前', async () => {
    const { system, url } = served();
    await newcomer(system, { login: 'editor', roles: ['compliance-editor'] });
    const exclusive = await send(url, '/api/persons/editor/roles/compliance-approver', { method: 'PUT' });
    expect(problemIn(exclusive).code).to.equal('role.exclusive');
    await send(url, '/api/persons/editor/roles/compliance-editor', { method: 'DELETE' });
    const granted = await send(url, '/api/persons/editor/roles/compliance-approver', { method: 'PUT' });
    expect(granted.status).to.equal(200);
    const { items } = await journal('?about=editor');
    expect(items.map(({ title, of }) => [title, of])).to.deep.equal([
      ['授予角色：合规审批', 'editor'],
      ['收回角色：合规编辑', 'editor'],
      ['授予角色：合规编辑', 'editor'],
      ['开帐号', 'editor'],
    ]);
    expect(items[0]?.actor).to.match(/^security-admin（/);
    const nosy = await newcomer(system, { login: 'nosy', roles: ['security-admin'] });
    expect(problemIn(await send(url, '/api/account-journal', { as: nosy })).code).to.equal('access.denied');
    await settled(system);
    const refused = await journal('?stream=refusals&limit=1');
    expect(refused.items).to.have.length(1);
    expect(refused.items[0]).to.include({
      type: 'access.refused',
      title: '没有权限：帐号的记录（登录、开户、授权）或者被拒绝的请求，新的在前',
      actor: nosy.actor,
    });
  });

  it('一页接一页，每条恰好一次', async () => {
    const { system } = served();
    for (const n of [1, 2, 3]) await newcomer(system, { login: `reihe${n}`, roles: ['intake'] });
    const all = (await journal('?limit=200')).items.map(({ seq }) => seq);
    const walked: number[] = [];
    for (let before: number | null | undefined; before !== null;) {
      const page = await journal(`?limit=2${before === undefined ? '' : `&before=${before}`}`);
      walked.push(...page.items.map(({ seq }) => seq));
      before = page.next;
    }
    const held = walked.filter((seq) => all.includes(seq));
    expect(held).to.deep.equal(all);
    expect(walked).to.deep.equal([...walked].sort((a, b) => b - a));
  });

  it('自己的会话看得见、可以结束；别人的结束不了', async () => {
    const { system, url } = served();
    const here = await newcomer(system, { login: 'hier', roles: ['intake'] });
    const person = (await system.identity.people.list()).find(({ login }) => login === 'hier');
    if (!person) expect.fail('hier is not there');
    const there = await system.database.transaction((transaction) =>
      system.identity.sessions.openIn(transaction, person),
    );
    const list = async () =>
      answered('listSessions', await send(url, '/api/account/sessions', { as: here })) as Sessions;
    const { items } = await list();
    expect(items.map(({ current }) => current).sort()).to.deep.equal([false, true]);
    const other = items.find(({ current }) => !current)?.id ?? '';
    const stranger = await newcomer(system, { login: 'fremd', roles: ['intake'] });
    await send(url, `/api/account/sessions/${other}`, { method: 'DELETE', as: stranger });
    expect(await system.identity.sessions.stands(there)).to.equal(true);
    await send(url, `/api/account/sessions/${other}`, { method: 'DELETE', as: here });
    expect(await system.identity.sessions.stands(there)).to.equal(false);
    expect((await list()).items).to.have.length(1);
    expect((await journal('?about=hier')).items[0]?.title).to.equal('结束一个会话');
    const wrong = await send(url, '/api/account/sessions/x', { method: 'DELETE', as: here });
    expect(problemIn(wrong).code).to.equal('input.invalid');
  });

  it('手机丢了：安全管理员取消动态口令，口令不变', async () => {
    const { system, url } = served();
    const { identity, clock } = system;
    await newcomer(system, { login: 'lost', roles: ['intake'] });
    const found = async () => (await identity.people.list()).find(({ login }) => login === 'lost');
    const person = await found();
    if (!person) expect.fail('lost is not there');
    const { secret } = identity.offerSecondFactor(person);
    await identity.confirmSecondFactor(person, secret, totpCode(secret, clock.now()));
    expect((await found())?.secondFactor).to.equal(true);
    const reply = await post(url, '/api/persons/lost/second-factor-reset', {});
    expect(answered('resetSecondFactor', reply)).to.include({ secondFactor: false });
    expect((await journal('?about=lost')).items[0]?.title).to.equal('取消动态口令');
  });

  it('表单里的单位须在单位名册里；空格不论，回避的单位也一样', async () => {
    const { url } = served();
    await registered(url, { unit: '某水务局', supportingUnits: '某城管局' });
    const order = await completeOnly(
      url,
      await completeOnly(url, await accept(url), { conduct: 'orderly' }),
      { wayOut: 'dispatch' },
    );
    const [task] = order.tasks;
    const dispatch = (answers: object) =>
      post(url, `/api/tasks/${encodeURIComponent(task?.id ?? '')}/completion`, {
        answers: { dispatchBasis: 'duty', ...answers },
      });
    const wrong = problemIn(await dispatch({ unit: '某水物局' }));
    expect(wrong).to.include({ status: 422, code: 'unit.not-found', where: 'unit' });
    expect(wrong.detail).to.include('某水物局');
    const supporting = problemIn(
      await dispatch({ unit: '某水务局', supportingUnits: '某城管局、没有这个局' }),
    );
    expect(supporting).to.include({ code: 'unit.not-found', where: 'supportingUnits' });
    expect((await dispatch({ unit: '某 水务局' })).status).to.equal(200);
    const accused = await post(url, '/api/work-orders', {
      channel: 'phone',
      kind: 'complaint',
      title: '投诉',
      content: '投诉某局',
      answers: { conduct: 'orderly', accusedUnit: '没有这个局' },
    });
    expect(problemIn(accused)).to.include({ code: 'unit.not-found', where: 'accusedUnit' });
  });
});
