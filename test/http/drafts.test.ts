import { expect } from 'chai';
import type { z } from 'zod';
import { packageText } from '../../src/kernel/package-content.js';
import type { draft, draftList, thread } from '../../src/http/contract/draft.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { asOwner } from '../support/owner.js';
import { shippedTable } from '../support/shipped-tables.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { answered, post, problemIn, send, useServer, type Reply } from './serving.js';
import { plainTrails } from '../support/entries.js';

type DraftView = z.input<typeof draft>;

const shipped = packageText('processes/handling.bpmn', packageRoot);
const changed = (text: string): string =>
  shipped.replace('</bpmn:definitions>', `<!-- ${text} --></bpmn:definitions>`);

describe('流程的修改：起草', () => {
  const served = useServer();
  let one: SignedIn;
  let other: SignedIn;
  let approver: SignedIn;

  before(async () => {
    const { system } = served();
    one = await newcomer(system, { login: 'bianji1', name: '编辑甲', roles: ['compliance-editor'] });
    other = await newcomer(system, { login: 'bianji2', name: '编辑乙', roles: ['compliance-editor'] });
    approver = await newcomer(system, { login: 'shenpi1', name: '审批甲', roles: ['compliance-approver'] });
  });

  const put = (id: number, body: object, as: SignedIn): Promise<Reply> =>
    send(served().url, `/api/drafts/${id}`, {
      method: 'PUT',
      as,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const create = async (body: object = {}, as = one): Promise<DraftView> =>
    answered(
      'createDraft',
      await post(
        served().url,
        '/api/drafts',
        { key: 'handling', title: '回复期限改为四个工作日', reason: '从快', ...body },
        {},
        as,
      ),
    ) as DraftView;

  it('从现行的一版逐字节改起，说得出改自哪一版、谁写的', async () => {
    const made = await create();
    expect(made).to.include({
      state: 'draft',
      revision: 1,
      baseVersion: 1,
      origin: 'edited',
      source: shipped,
    });
    expect(made.authors).to.deep.equal([one.actor]);
    const bytes = await send(served().url, `/api/drafts/${made.id}/revisions/1/diagram`, { as: approver });
    expect(answered('readDraftDiagram', bytes)).to.equal(shipped);
    const list = answered(
      'listDrafts',
      await send(served().url, '/api/drafts?key=handling&state=draft', { as: approver }),
    ) as z.input<typeof draftList>;
    expect(list.items.map(({ id }) => id)).to.include(made.id);
  });

  it('每存一次是新的一稿；旧稿还在', async () => {
    const { id } = await create();
    const saved = answered(
      'saveDraft',
      await put(id, { basedOn: 1, source: changed('二'), note: '第二稿' }, other),
    ) as DraftView;
    expect(saved).to.include({ revision: 2, source: changed('二') });
    expect(saved.authors).to.have.members([one.actor, other.actor]);
    expect(saved.revisions.map(({ number, author }) => [number, author])).to.deep.equal([
      [2, other.actor],
      [1, one.actor],
    ]);
    const first = await send(served().url, `/api/drafts/${id}/revisions/1/diagram`, { as: one });
    expect(first.text).to.equal(shipped);
    // A title may be corrected by itself, which the trail records.
    const retitled = await put(id, { basedOn: 2, source: changed('二'), title: '改正的标题' }, one);
    expect(answered('saveDraft', retitled)).to.include({ revision: 3, title: '改正的标题' });
    const { database, trail } = served().system;
    const trails = await database.transaction((transaction) =>
      plainTrails(trail, transaction, ['definition:handling']),
    );
    expect(trails.get('definition:handling')?.at(-1)?.body['title']).to.equal('改正的标题');
  });

  it('两人同时改：后存的被告知其间谁存了什么，自己的没有盖掉别人的', async () => {
    const { id } = await create();
    const replies = await Promise.all([
      put(id, { basedOn: 1, source: changed('甲的'), note: '甲改期限' }, one),
      put(id, { basedOn: 1, source: changed('乙的'), note: '乙改出口' }, other),
    ]);
    const refused = replies.filter(({ status }) => status !== 200);
    expect(refused).to.have.length(1);
    const problem = problemIn(refused[0] as Reply);
    expect(problem.code).to.equal('draft.stale');
    const [winner, note] = replies[0]?.status === 200 ? [one, '甲改期限'] : [other, '乙改出口'];
    expect(problem.changes?.join()).to.include(note).and.to.include(winner.actor);
    const now = (await send(served().url, `/api/drafts/${id}`, { as: one })).json as DraftView;
    expect(now).to.include({ revision: 2, source: changed(winner === one ? '甲的' : '乙的') });
  });

  it('存不下的：不是 BPMN、改了流程标识、一字不差、没有的稿次、没有的基准', async () => {
    const { id } = await create();
    const code = async (body: object) => problemIn(await put(id, { basedOn: 1, ...body }, one)).code;
    expect(await code({ source: '不是图' })).to.equal('definition.not-bpmn');
    expect(await code({ source: shipped.replaceAll('"handling"', '"other"') })).to.equal('draft.invalid');
    expect(await code({ source: shipped })).to.equal('draft.invalid');
    expect(await code({ basedOn: 9, source: changed('九') })).to.equal('draft.invalid');
    expect(await code({ source: changed('基'), baseVersion: 7 })).to.equal('draft.outdated');
    expect(problemIn(await put(999_999, { basedOn: 1, source: shipped }, one)).code).to.equal(
      'draft.not-found',
    );
    expect((await put(id, { basedOn: 1, source: changed('批') }, approver)).status).to.equal(403);
    const unknown = { key: 'nothing', title: '无', reason: '试' };
    expect(problemIn(await post(served().url, '/api/drafts', unknown, {}, one)).code).to.equal(
      'definition.not-found',
    );
  });

  it('决策表同样起草、存稿、核查、比较；别的版本的 DMN 存成 1.3；流程图和决策表不能互换', async () => {
    const table = shippedTable('return-grounds');
    const made = await create({ key: 'return-grounds', title: '退单的条件' });
    expect(made).to.include({ kind: 'decision', baseVersion: 1, source: table });
    const code = async (body: object) => problemIn(await put(made.id, { basedOn: 1, ...body }, one)).code;
    expect(await code({ source: shipped })).to.equal('draft.invalid');
    expect(await code({ source: table.replace('id="return-grounds"', 'id="other"') })).to.equal(
      'draft.invalid',
    );
    expect(await code({ source: table.replace('"FIRST"', '"ANY"') })).to.equal('definition.not-dmn');
    // The second rule no longer covers values that are neither true nor empty.
    const gap = table.replace(/(<inputEntry id="Test_2_1">\s*<text>)-/, '$1null');
    const foreign = gap.replace('20191111/MODEL/', '20230324/MODEL/');
    const saved = (await put(made.id, { basedOn: 1, source: foreign }, one)).json as DraftView;
    expect(saved.source).to.equal(gap);
    const checks = (await send(served().url, `/api/drafts/${made.id}/checks`, { as: approver })).json as {
      findings: readonly { rule: string; message: string }[];
    };
    expect(checks.findings.find(({ rule }) => rule === 'table-gaps')?.message).to.include(
      '已经指定、不得再退 = 否 时没有一行适用',
    );
    const compared = (await send(served().url, `/api/drafts/${made.id}/difference`, { as: approver }))
      .json as {
      approvers: number;
      changes: readonly { sentence: string }[];
    };
    expect(compared.approvers).to.equal(2);
    expect(compared.changes.map(({ sentence }) => sentence)).to.deep.equal([
      '第 2 行的“已经指定、不得再退”由 - 改为 null',
    ]);
  });

  it('新的流程、新的决策表由上传的文件起草，没有基准；标识写得不对、有人用了的，当场说', async () => {
    const table = shippedTable('return-grounds').replaceAll('return-grounds', 'new-grounds');
    const process = shipped.replaceAll('"handling"', '"follow-up"');
    const begin = (key: string, source: string, by = one) =>
      post(served().url, '/api/drafts', { key, title: `新建${key}`, reason: '试', source }, {}, by);
    const refused = async (key: string, source: string) => {
      const { code, where, detail } = problemIn(await begin(key, source, other));
      expect([code, where]).to.deep.equal(['draft.invalid', 'key']);
      return detail;
    };
    const made = await create({ key: 'new-grounds', title: '新表', source: table });
    expect(made).to.include({ kind: 'decision', baseVersion: null });
    const both = await Promise.all([begin('follow-up', process), begin('follow-up', process, other)]);
    expect(both.map(({ status }) => status).sort()).to.deep.equal([201, 422]);
    const [first] = both.filter(({ status }) => status === 201).map(({ json }) => json as DraftView);
    expect(first).to.include({ kind: 'process', baseVersion: null });
    expect(await refused('new-grounds', table)).to.include(`第 ${made.id} 号草案“新表”（起草中）`);
    expect(await refused('回访', process.replaceAll('follow-up', '回访'))).to.include('不能有汉字');
    const capitals = shipped.replaceAll('"handling"', '"Handling"');
    expect(await refused('Handling', capitals)).to.include('现有的“handling”只差大小写');
    // A withdrawn draft does not occupy its key.
    const back = { reason: '不要了' };
    const gone = await post(served().url, `/api/drafts/${made.id}/withdrawal`, back, {}, one);
    expect(answered('withdrawDraft', gone)).to.include({ state: 'withdrawn' });
    expect((await begin('new-grounds', table, other)).status).to.equal(201);
  });

  it('意见只增不改：程序的角色和表的所有者都删不掉、改不了；每个行为都在轨迹里', async () => {
    const { system, url } = served();
    const { id } = await create();
    const said = answered(
      'commentDraft',
      await post(
        url,
        `/api/drafts/${id}/comments`,
        { text: '期限是否够？', element: 'Timer_Reply' },
        {},
        approver,
      ),
    ) as z.input<typeof thread>;
    expect(said.items.map(({ act, actor, text }) => [act, actor, text])).to.deep.equal([
      ['created', one.actor, '从快'],
      ['commented', approver.actor, '期限是否够？'],
    ]);
    for (const sql of [
      `UPDATE hotline.draft_act SET text = '没有意见' WHERE draft = ${id}`,
      `DELETE FROM hotline.draft_act WHERE draft = ${id}`,
      'TRUNCATE hotline.draft_act',
      `UPDATE hotline.draft_revision SET source = '' WHERE draft = ${id}`,
      `DELETE FROM hotline.draft WHERE id = ${id}`,
    ]) {
      const byOwner = await asOwner(system.database.url, sql).catch((error: unknown) => error);
      expect(byOwner, sql).to.have.property('code', '42501');
      const byProgram = await system.database
        .transaction((transaction) => transaction.query(sql))
        .catch((error: unknown) => error);
      expect(byProgram, sql).to.be.instanceOf(Error);
    }
    const trail = await system.database.transaction((transaction) =>
      plainTrails(system.trail, transaction, ['definition:handling']),
    );
    const own = trail.get('definition:handling')?.filter(({ body }) => body['draft'] === id);
    expect(own?.map(({ type, body }) => [type, body['actor']])).to.deep.equal([
      ['draft.created', one.actor],
      ['draft.commented', approver.actor],
    ]);
  });
});
