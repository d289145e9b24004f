/** Subscriptions of other systems: who creates them, how they change, how they end. */
import { expect } from 'chai';
import { accept, answered, problemIn, send } from './serving.js';
import { full, type Subscribed, useSubscribers } from './subscribing.js';
import { plainTrails } from '../support/entries.js';

describe('其他系统的事件订阅', () => {
  const { served, receiver, query, officer, act, system, subscribe, work, again, verify } = useSubscribers();

  it('停用的订阅、停用的系统什么也收不到，等着重发的也不发', async () => {
    const { id } = await subscribe({ types: [full('sheet.accepted')] });
    const bySystem = await system();
    await subscribe({ system: bySystem, types: [full('sheet.accepted')] });
    await accept(served().url);
    receiver().answer = 500;
    await work();
    expect(receiver().received.length).to.equal(2);
    answered('closeSubscription', await act(`/api/subscriptions/${id}/closure`));
    answered('closeSystem', await act(`/api/systems/${bySystem}/closure`));
    receiver().answer = 200;
    await again();
    await accept(served().url);
    await work();
    expect(receiver().received.length).to.equal(2);
    expect((await query('SELECT 1 FROM hotline_jobs._private_jobs')).rows).to.deep.equal([]);
    expect(problemIn(await act(`/api/subscriptions/${id}/closure`)).code).to.equal('subscription.not-found');
  });

  it('换密钥：一天之内新旧都验得过，之后只有新的', async () => {
    const { clock } = served().system;
    const from = clock.now();
    const { id, secret } = await subscribe({ types: [full('sheet.accepted')] });
    const reply = await act(`/api/subscriptions/${id}/secret-rotation`);
    const renewed = answered('rotateSubscriptionSecret', reply) as Subscribed;
    expect(renewed.secret).not.to.equal(secret);
    await accept(served().url);
    await work();
    for (const one of [secret, renewed.secret]) expect(verify(one)).to.have.property('subject');
    await query(
      "UPDATE hotline.event_subscription SET previous_until = now() - interval '1 day' WHERE previous_secret IS NOT NULL",
    );
    await accept(served().url);
    await work();
    expect(verify(renewed.secret, 1)).to.have.property('subject');
    expect(() => verify(secret, 1)).to.throw();
    clock.moveTo(from);
  });

  it('改订阅：类型、网址改了，密钥不变，照样验得过；同一系统的两个订阅不能发往一处', async () => {
    const owner = await system();
    const { id, secret } = await subscribe({ system: owner, types: [full('sheet.closed')] });
    const elsewhere = { address: `${receiver().url}/other`, types: [full('sheet.accepted')] };
    const change = async (one: number, body: object) =>
      send(served().url, `/api/subscriptions/${one}`, {
        as: await officer(),
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect(answered('changeSubscription', await change(id, elsewhere))).to.include({
      address: elsewhere.address,
    });
    await accept(served().url);
    await work();
    expect(verify(secret)).to.include({ type: full('sheet.accepted') });
    const second = await subscribe({ system: owner, types: [full('sheet.closed')] });
    const clash = problemIn(await change(second.id, elsewhere));
    expect(clash.code).to.equal('subscription.exists');
    expect(problemIn(await change(987_654, elsewhere)).code).to.equal('subscription.not-found');
  });

  it('测试事件立即发出，验得过签名；送不到的写明为什么', async () => {
    const { id, secret } = await subscribe({ types: [full('sheet.closed')] });
    const test = async () => answered('testSubscription', await act(`/api/subscriptions/${id}/test`));
    expect(await test()).to.deep.equal({ arrived: true, failure: null });
    expect(verify(secret)).to.include({ type: 'cn.hotline12345.subscription.tested' });
    receiver().answer = 410;
    expect(await test()).to.deep.equal({ arrived: false, failure: '对方答复 HTTP 410' });
  });

  it('一直送不到的写明从何时起、为什么，送到即清；满七天自动停用，记入轨迹', async () => {
    const { clock } = served().system;
    const from = clock.now();
    const { id } = await subscribe({ types: [full('sheet.accepted')] });
    const state = async () =>
      (
        answered(
          'listSubscriptions',
          await send(served().url, '/api/subscriptions', { as: await officer() }),
        ) as {
          items: {
            id: number;
            failingSince: string | null;
            failure: string | null;
            closedBy: string | null;
          }[];
        }
      ).items.find((one) => one.id === id);
    receiver().answer = 503;
    await accept(served().url);
    await work();
    expect(await state()).to.include({ failure: '对方答复 HTTP 503', closedBy: null });
    expect((await state())?.failingSince).to.be.a('string');
    receiver().answer = 200;
    await again();
    await work();
    expect(await state()).to.include({ failingSince: null, failure: null });

    receiver().answer = 503;
    await accept(served().url);
    await work();
    clock.moveTo(new Date(from.getTime() + 8 * 86_400_000));
    await again();
    await work();
    expect(await state()).to.include({ closedBy: '系统', failure: '对方答复 HTTP 503' });
    const { rows } = await query(
      "SELECT type FROM hotline.trail_entry WHERE stream = 'notifications' ORDER BY seq DESC LIMIT 1",
    );
    expect(rows).to.deep.equal([{ type: 'subscription.given-up' }]);
    const inbox = '/api/notifications?recipient=role:security-admin';
    const read = await send(served().url, inbox, { as: await officer() });
    const { items } = answered('readInbox', read) as {
      items: { title: string; text: string; workOrder: unknown }[];
    };
    expect(items).to.have.length(1);
    expect(items[0]).to.include({ workOrder: null });
    expect(items[0]?.text).to.include('满 7 天').and.include('其他系统').and.not.include('whsec_');
    clock.moveTo(from);
  });

  it('只由安全管理员设；密钥不再显示，库里是密文，轨迹里没有；写错的拒绝', async () => {
    const owner = await system('某水务局');
    const path = `/api/systems/${owner}/subscriptions`;
    const wanted = { address: 'https://example.com/hook?k=1', types: [full('sheet.closed')] };
    const added = answered('addSubscription', await act(path, wanted)) as Subscribed;
    expect(added).to.include({ unit: '某水务局' });
    const listed = await send(served().url, '/api/subscriptions', { as: await officer() });
    answered('listSubscriptions', listed);
    expect(listed.text).to.include('example.com').and.not.to.include('whsec_');
    const codes = [];
    for (const bad of [
      wanted,
      { ...wanted, address: 'ftp://example.com/' },
      { ...wanted, types: [] },
      { ...wanted, types: ['cn.hotline12345.caller.revealed'] },
      { ...wanted, unit: '某城管局' },
      { ...wanted, unit: '没有的单位' },
    ]) {
      codes.push(problemIn(await act(path, bad)).code);
    }
    expect(codes).to.deep.equal([
      'subscription.exists',
      ...Array<string>(4).fill('input.invalid'),
      'unit.not-found',
    ]);
    expect(problemIn(await act('/api/systems/999999/subscriptions', wanted)).code).to.equal(
      'system.not-found',
    );
    const { database, trail } = served().system;
    const entries = (await database.transaction((tx) => plainTrails(trail, tx, ['notifications']))).get(
      'notifications',
    );
    expect(entries?.at(-1)).to.containSubset({
      type: 'subscription.added',
      body: { subscription: added.id },
    });
    const { rows } = await query('SELECT secret FROM hotline.event_subscription');
    for (const { secret } of rows) expect(String(secret)).not.to.match(/whsec_/);
    expect(rows.length).to.be.greaterThan(0);
    expect(JSON.stringify(entries)).not.to.include('whsec_');
    expect(JSON.stringify(entries)).not.to.include('k=1');
  });
});
