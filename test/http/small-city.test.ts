/** A city that has only what every city has: a case lives from the call to its end, and nothing names what it lacks. */
import { expect } from 'chai';
import { openApiDocument } from '../../src/http/openapi.js';
import { operations, type Operation } from '../../src/http/contract/operations.js';
import { usePackage } from '../../src/kernel/package-root.js';
import type { Role } from '../../src/identity/index.js';
import { newcomer } from '../support/people.js';
import { smallCity } from '../support/small-city.js';
import { accept, answered, post, problemIn, send, useServer, type WorkOrderView } from './serving.js';

const foreign = /考核|问责|督办|回访|黄牌|红牌|济南|第…条|条至|（）|（、|本市条例没有规定/;

const lamp = {
  ...{ channel: 'phone', kind: 'help', title: '路灯不亮', content: '东街的路灯三天不亮了。' },
  ...{ callerName: '来电人甲', callerContact: '13800001234' },
};

describe('只有各城市都有的一部条例', () => {
  const before_ = process.env['HOTLINE_PACKAGE'];
  const city = smallCity();
  before(() => usePackage(city.folder));
  after(() => {
    if (before_ === undefined) delete process.env['HOTLINE_PACKAGE'];
    else process.env['HOTLINE_PACKAGE'] = before_;
    city.remove();
  });
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const inUnit = (login: string, roles: readonly Role[], unit = '市水务局') =>
    newcomer(served().system, { login, unit, kind: 'department', roles });
  const head = 'head-of-unit' as Role;

  it('从来电到办结：登记只问渠道和类别；答复由本单位负责人审批，别的单位的、承办人自己的不行', async () => {
    const { url } = served();
    const [clerk, boss, other] = [
      await inUnit('chengban-a', ['handler']),
      await inUnit('fuzeren-a', [head]),
      await inUnit('fuzeren-b', [head], '市城管局'),
    ];
    const sheet = { ...lamp, answers: { wayOut: 'dispatch', unit: '市水务局' } };
    let order = await accept(url, sheet);
    const { no } = order.sheet;
    const complete = async (deed: string, answers: object, who: typeof clerk) => {
      const task = order.tasks.find(({ deeds }) => deeds.includes(deed));
      return post(url, `/api/tasks/${task?.id ?? ''}/completion`, { answers }, {}, who);
    };
    const done = async (deed: string, answers: object, who: typeof clerk) => {
      order = answered('completeTask', await complete(deed, answers, who)) as WorkOrderView;
    };
    await done('reply.drafted', { draftedReply: '三日内修好' }, clerk);
    expect(order.tasks.map(({ roleName }) => roleName)).to.deep.equal(['本单位负责人']);
    expect((await complete('reply.approved', { replyApproved: true }, clerk)).status).to.equal(403);
    expect((await complete('reply.approved', { replyApproved: true }, other)).status).to.equal(404);
    expect((await send(url, `/api/work-orders/${no}`, { as: other })).status).to.equal(404);
    await done('reply.approved', { replyApproved: true }, boss);
    await done('reply.given', { replySummary: '已修好', replyWay: 'phone' }, clerk);
    expect(order.tasks).to.deep.equal([]);
    expect(order.endedAt).to.not.equal(null);
    const mine = await send(url, '/api/session', { as: boss });
    expect(JSON.stringify(mine.json)).to.include('"title":"本单位负责人"').and.to.not.match(foreign);
    const { items } = (await send(url, '/api/tasks', { as: boss })).json as { items: unknown[] };
    expect(items).to.deep.equal([]);
    const trail = await send(url, `/api/work-orders/${no}/trail`, { as: boss });
    expect(trail.text).to.include('fuzeren-a').and.to.not.match(foreign);
  });

  it('本单位负责人办不了别的：不受理、不更正、不看统计、不管人', async () => {
    const { url } = served();
    const boss = await inUnit('fuzeren-c', [head]);
    for (const [path, method] of [
      ['/api/work-orders', 'POST'],
      ['/api/persons', 'GET'],
      ['/api/board', 'GET'],
      ['/api/radar', 'GET'],
      ['/api/incidents', 'GET'],
    ] as const) {
      const reply = await send(url, path, {
        ...{ as: boss, method, headers: { 'content-type': 'application/json' } },
        ...(method === 'POST' ? { body: JSON.stringify(lamp) } : {}),
      });
      expect([path, reply.status]).to.deep.equal([path, 403]);
      expect(reply.text).to.not.match(foreign);
    }
  });

  it('考核、问责、督办、知识库、预警的操作都没有：404，说明本市条例没有规定哪一项', async () => {
    const { url, people } = served();
    const auditor = await people.allowed(['auditor']);
    for (const [id, { method, path, part }] of Object.entries<Operation>(operations)) {
      if (part === undefined) continue;
      const [place, body] = [path.replaceAll(/\{\w+\}/g, '1'), method === 'get' ? {} : { body: '{}' }];
      const headers = { 'content-type': 'application/json' };
      const reply = await send(url, place, { as: auditor, method: method.toUpperCase(), headers, ...body });
      expect(problemIn(reply).code, id).to.equal('part.absent');
      expect(problemIn(reply).detail, id).to.include('《小城市热线办法》没有规定');
    }
  });

  it('接口说明里没有它们的操作，也没有一处说到它们', () => {
    const document = openApiDocument('0', served().system.laws.today());
    const said = JSON.stringify(document, null, 1);
    const at = said.split('\n').filter((line) => foreign.test(line));
    expect(at).to.deep.equal([]);
    expect(said).to.not.include('/api/assessments');
    expect(said).to.include('本单位负责人');
  });

  it('令牌的范围里没有知识库', async () => {
    const { url, people, system } = served();
    const { json } = await send(url, '/api/systems', { as: await people.allowed(['security-admin']) });
    const { scopes } = json as { scopes: { id: string }[] };
    expect(scopes.map(({ id }) => id))
      .to.include('work-orders:read')
      .and.to.not.include('knowledge:read');
    expect(JSON.stringify(openApiDocument('0', system.laws.today()))).to.not.include('查找知识库');
  });

  it('可以授予的角色：没有督办、审核、考核、监察；有本单位负责人，与承办互斥', async () => {
    const { url, system } = served();
    await newcomer(system, { login: 'anquan-a', roles: ['security-admin'] });
    const admin = await newcomer(system, { login: 'anquan-b', roles: ['security-admin'] });
    await inUnit('xin-ren', ['handler']);
    const grant = (role: string) =>
      send(url, `/api/persons/xin-ren/roles/${role}`, { as: admin, method: 'PUT' });
    expect(problemIn(await grant('supervisor')).detail).to.include('head-of-unit 本单位负责人');
    const refused = problemIn(await grant('head-of-unit'));
    expect([refused.code, refused.detail]).to.deep.equal([
      'role.exclusive',
      '“本单位负责人”与已有的“承办”不能由一人担任：拟答复的人不审批（第五条）',
    ]);
  });
});
