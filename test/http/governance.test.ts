import { expect } from 'chai';
import type { z } from 'zod';
import { packageText } from '../../src/kernel/package-content.js';
import type { draft } from '../../src/http/contract/draft.js';
import type { submission } from '../../src/http/contract/draft-review.js';
import type { trial as draftTrial } from '../../src/http/contract/draft-trial.js';
import type { OperationId } from '../../src/http/contract/operations.js';
import { installShipped } from '../../src/design/governance/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { asOwner } from '../support/owner.js';
import { headersOf, newcomer, type SignedIn } from '../support/people.js';
import { asUnchanged, workJobs } from '../support/tried.js';
import type { Finding } from '../../src/design/compliance/index.js';
import {
  answered,
  dispatched,
  post,
  problemIn,
  send,
  useServer,
  type Reply,
  type WorkOrderView,
} from './serving.js';
import { plainTrails } from '../support/entries.js';
import { drawnLimit } from '../support/drawn-limit.js';

type DraftView = z.input<typeof draft>;

const sourceOf = (key: string): string => packageText(`processes/${key}.bpmn`, packageRoot);
const noted = (key: string, text: string): string =>
  sourceOf(key).replace('</bpmn:definitions>', `<!-- ${text} --></bpmn:definitions>`);
const fourDays = sourceOf('handling').replace('= limit("reply")', '= stricter(limit("reply"), "P4D")');

describe('流程的修改：审批和生效', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const people = {} as Record<'editor' | 'second' | 'one' | 'two' | 'turncoat', SignedIn>;

  before(async () => {
    const { system } = served();
    const join = (login: string, name: string, role: 'compliance-editor' | 'compliance-approver') =>
      newcomer(system, { login, name, roles: [role] });
    people.editor = await join('bianji1', '编辑甲', 'compliance-editor');
    people.second = await join('bianji2', '编辑乙', 'compliance-editor');
    people.one = await join('shenpi1', '审批甲', 'compliance-approver');
    people.two = await join('shenpi2', '审批乙', 'compliance-approver');
    people.turncoat = await join('bianji3', '编辑丙', 'compliance-editor');
  });

  const moveTo = (instant: string): void => served().system.clock.moveTo(new Date(instant));
  /** After the clock has moved, the deciding people re-authenticate. */
  const renewed = async (who: SignedIn): Promise<SignedIn> => {
    const { identity, database } = served().system;
    const person = (await identity.people.list()).find(({ login }) => login === who.login);
    if (!person) throw new Error(`there is no ${who.login}`);
    const secret = await database.transaction((transaction) => identity.sessions.openIn(transaction, person));
    return { ...who, secret, headers: headersOf(secret) };
  };
  const act = async (path: string, body: object, as: SignedIn): Promise<Reply> =>
    post(served().url, path, body, {}, await renewed(as));
  const create = async (key: string, source: string, as = people.editor, title = `改${key}`) =>
    answered('createDraft', await act('/api/drafts', { key, title, reason: '试', source }, as)) as DraftView;
  const handIn = (one: DraftView, as: SignedIn, reasons: readonly object[] = []) =>
    act(`/api/drafts/${one.id}/submission`, { sha256: one.sha256, comment: '请审', reasons }, as);
  /** Another test covers the trial; here a trial without findings is stored. */
  const submit = async (one: DraftView, as = people.editor) => {
    await asUnchanged(served().system, one);
    return handIn(one, as);
  };
  const checksOf = async (one: DraftView) =>
    answered(
      'checkDraft',
      await send(served().url, `/api/drafts/${one.id}/checks`, { as: await renewed(people.one) }),
    ) as { readonly publishable: boolean; readonly findings: readonly Finding[] };
  const approve = (one: DraftView, as: SignedIn) =>
    act(`/api/drafts/${one.id}/approvals`, { sha256: one.sha256, comment: '同意' }, as);
  const schedule = (one: DraftView, inForceFrom?: string) =>
    act(`/api/drafts/${one.id}/schedule`, { sha256: one.sha256, inForceFrom, reason: '按期' }, people.one);
  const read = async (id: number) =>
    (await send(served().url, `/api/drafts/${id}`, { as: await renewed(people.editor) })).json as DraftView;
  const ok = (id: OperationId, reply: Reply) => answered(id, reply) as DraftView;
  const limitOf = async (order: WorkOrderView): Promise<string> => {
    const reply = await send(served().url, `/api/work-orders/${order.sheet.no}`);
    const { deadlines } = answered('readWorkOrder', reply) as WorkOrderView;
    return String(deadlines.find(({ element }) => element === 'Timer_ReplyLimit')?.derivation['text']);
  };

  it('第二十四条：五个工作日改为四个，先试跑，由提交到现行；新工单适用，旧工单不适用', async () => {
    const { system, url } = served();
    const old = await dispatched(url);
    expect(await limitOf(old))
      .to.include('P5D')
      .and.not.to.include('P4D');
    const made = await create('handling', fourDays, people.editor, '回复期限改为四个工作日');
    const difference = await send(url, `/api/drafts/${made.id}/difference`, {
      as: await renewed(people.one),
    });
    const compared = answered('compareDraft', difference) as {
      approvers: number;
      changes: readonly { sentence: string }[];
    };
    expect(compared.approvers).to.equal(2);
    expect(compared.changes.map(({ sentence }) => sentence)).to.have.length(1);
    expect(compared.changes[0]?.sentence).to.include('条例规定的').and.to.include('4 个工作日');
    expect(problemIn(await approve(made, people.one)).code).to.equal('draft.state');

    // A submission needs a trial: without one it is refused; with one, each kind of warning needs a
    // reason.
    const untried = problemIn(await handIn(made, people.editor));
    expect(untried.code).to.equal('draft.blocked');
    expect(untried.detail).to.include('情景的报告还没有做').and.to.include('回放的报告还没有做');
    expect(answered('orderTrial', await act(`/api/drafts/${made.id}/trial`, {}, people.editor))).to.include({
      state: 'running',
    });
    await workJobs(system);
    const trial = answered(
      'readTrial',
      await send(url, `/api/drafts/${made.id}/trial`, { as: await renewed(people.one) }),
    ) as z.input<typeof draftTrial>;
    expect(trial.state).to.equal('made');
    expect(trial.reports?.scenarios.failed.length).to.be.above(0);
    expect(trial.reports?.replay).to.include({ cases: 1, unfit: 0 });
    expect(trial.reports?.runningCases).to.include({ running: 1, cannotMove: 0 });
    const { publishable, findings } = await checksOf(made);
    expect(publishable).to.equal(true);
    expect(new Set(findings.map(({ rule, element }) => `${rule} ${element}`))).to.deep.equal(
      new Set(['scenarios handling']),
    );
    expect(problemIn(await handIn(made, people.editor)).detail).to.include('没有写理由');
    const [why] = findings.map(({ rule, element }) => ({ rule, element, reason: '市政府承诺更快' }));
    ok('submitDraft', await handIn(made, people.editor, why ? [why] : []));
    const frozen = answered(
      'listSubmissions',
      await send(url, `/api/drafts/${made.id}/submissions`, { as: await renewed(people.one) }),
    ) as { items: readonly z.input<typeof submission>[] };
    expect(frozen.items[0]?.scenarios).to.deep.equal(trial.reports?.scenarios);
    expect(frozen.items[0]?.replay).to.deep.equal(trial.reports?.replay);
    expect(frozen.items[0]?.runningCases).to.deep.equal(trial.reports?.runningCases);
    expect(problemIn(await act(`/api/drafts/${made.id}/trial`, {}, people.editor)).code).to.equal(
      'draft.state',
    );
    const inbox = await send(url, '/api/notifications?recipient=role:compliance-approver', {
      as: await renewed(people.one),
    });
    const told = answered('readInbox', inbox) as {
      items: readonly { title: string; workOrder: string | null; draft: number | null }[];
    };
    expect(told.items).to.containSubset([
      { title: '等待批准：回复期限改为四个工作日', workOrder: null, draft: made.id },
    ]);

    // There is no exception, even after the author has become an approver.
    await system.identity.people.revoke(people.editor.login, 'compliance-editor', '测试');
    await system.identity.people.grant(people.editor.login, 'compliance-approver', '测试');
    expect(problemIn(await approve(made, people.editor))).to.include({ status: 403, code: 'draft.own' });

    expect(ok('approveDraft', await approve(made, people.one)).state).to.equal('submitted');
    expect(problemIn(await schedule(made)).code).to.equal('draft.state');
    expect(problemIn(await approve(made, people.one)).code).to.equal('draft.own');
    expect(ok('approveDraft', await approve(made, people.two)).state).to.equal('approved');
    expect(problemIn(await schedule(made, '2026-03-02T09:00:00+08:00')).code).to.equal('draft.invalid');
    const planned = ok('scheduleDraft', await schedule(made, '2026-03-05T00:00:00+08:00'));
    expect(planned).to.include({ state: 'scheduled', version: 2, inForceFrom: '2026-03-05T00:00:00+08:00' });

    moveTo('2026-03-04T23:59:00+08:00');
    const before = await dispatched(url);
    expect(await limitOf(before)).to.include('P5D');
    moveTo('2026-03-05T00:00:00+08:00');
    expect((await read(made.id)).state).to.equal('in-force');
    const after = await dispatched(url);
    expect(await limitOf(after))
      .to.include('P4D')
      .and.not.to.include('P5D"');
    expect(await limitOf(old)).to.include('P5D');
    const bytes = await send(url, '/api/definitions/handling/versions/2/diagram', {
      as: await renewed(people.one),
    });
    expect(bytes.text).to.equal(fourDays);
    const trail = await system.database.transaction((transaction) =>
      plainTrails(system.trail, transaction, ['definition:handling']),
    );
    const entries = trail.get('definition:handling') ?? [];
    expect(entries.filter(({ body }) => body['draft'] === made.id).map(({ type }) => type)).to.deep.equal([
      'draft.created',
      'draft.submitted',
      'draft.approved',
      'draft.approved',
      'definition.deployed',
      'draft.scheduled',
    ]);
    expect(
      entries.every(({ body }) => body['draft'] !== made.id || typeof body['actor'] === 'string'),
    ).to.equal(true);
    people.editor = people.second;
  });

  it('退回旧版也走同一道门；退回的期限又是五个工作日', async () => {
    const body = { version: 1, reason: '承办单位来不及' };
    const back = answered(
      'rollBackDefinition',
      await act('/api/definitions/handling/rollback', body, people.second),
    ) as DraftView;
    expect(back).to.include({
      origin: 'rollback',
      state: 'draft',
      source: sourceOf('handling'),
      baseVersion: 2,
    });
    expect(problemIn(await schedule(back)).code).to.equal('draft.state');
    ok('submitDraft', await submit(back, people.second));
    ok('approveDraft', await approve(back, people.one));
    ok('approveDraft', await approve(back, people.two));
    ok('scheduleDraft', await schedule(back));
    moveTo('2026-03-05T00:01:00+08:00');
    expect((await read(back.id)).state).to.equal('in-force');
    expect(await limitOf(await dispatched(served().url)))
      .to.include('P5D')
      .and.not.to.include('P4D');
    const same = await act('/api/definitions/handling/rollback', { version: 3, reason: '试' }, people.second);
    expect(problemIn(same).code).to.equal('draft.invalid');
  });

  it('改一个字节，批准就不算数；批准的须是现在这一稿', async () => {
    const made = await create('supervision', noted('supervision', '甲'), people.second);
    ok('submitDraft', await submit(made, people.second));
    ok('approveDraft', await approve(made, people.one));
    expect((await read(made.id)).state).to.equal('approved');
    const saved = await send(served().url, `/api/drafts/${made.id}`, {
      method: 'PUT',
      as: await renewed(people.turncoat),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ basedOn: 1, source: noted('supervision', '乙') }),
    });
    const now = ok('saveDraft', saved);
    expect(now.state).to.equal('draft');
    expect(problemIn(await schedule(now)).code).to.equal('draft.state');
    ok('submitDraft', await submit(now, people.second));
    expect(problemIn(await approve(made, people.one)).code).to.equal('draft.stale');
    ok('approveDraft', await approve(now, people.one));
    await asOwner(
      served().system.database.url,
      'ALTER TABLE hotline.draft_revision DISABLE TRIGGER draft_revision_append_only',
      `UPDATE hotline.draft_revision SET source = source || ' ' WHERE draft = ${made.id} AND number = 2`,
    );
    expect(problemIn(await schedule(now)).code).to.equal('draft.stale');
  });

  it('第二十四条：回复期限改为六个工作日不能提交，说出是哪一条', async () => {
    const six = await create('handling', drawnLimit(sourceOf('handling'), 'P6D'), people.second);
    const refused = problemIn(await submit(six, people.second));
    expect(refused.code).to.equal('draft.blocked');
    expect(refused.provision).to.match(/^第二十四条/);
  });

  it('检查有错误的不能提交，说出哪一处', async () => {
    const broken = sourceOf('assessment').replace(/duty:handler="[^"]+"/, 'duty:handler="nobody.knows"');
    const made = await create('assessment', broken, people.second);
    expect(await checksOf(made)).to.include({ publishable: false });
    // It could not run, so nothing is tried.
    expect(problemIn(await act(`/api/drafts/${made.id}/trial`, {}, people.second)).code).to.equal(
      'definition.unsupported',
    );
    const refused = problemIn(await submit(made, people.second));
    expect(refused.code).to.equal('draft.blocked');
    expect(refused.detail).to.include('nobody.knows');
    const same = await create('assessment', sourceOf('assessment'), people.second);
    expect(problemIn(await submit(same, people.second)).code).to.equal('draft.invalid');
  });

  it('两份以同一版为基准的：先的生效，后的须改以新版为基准', async () => {
    const first = await create('accountability', noted('accountability', '先'), people.second);
    const late = await create('accountability', noted('accountability', '后'), people.turncoat);
    for (const [one, by] of [
      [first, people.second],
      [late, people.turncoat],
    ] as const) {
      ok('submitDraft', await submit(one, by));
      ok('approveDraft', await approve(one, people.two));
    }
    const replies = await Promise.all([schedule(first), schedule(late)]);
    expect(replies.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    const loser = replies[0]?.status === 409 ? first : late;
    const refused = problemIn(replies.find(({ status }) => status === 409) as Reply);
    expect(refused.code).to.equal('draft.outdated');
    const rebased = await send(served().url, `/api/drafts/${loser.id}`, {
      method: 'PUT',
      as: await renewed(people.second),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ basedOn: 1, source: noted('accountability', '并'), baseVersion: 2 }),
    });
    const now = ok('saveDraft', rebased);
    expect(now).to.include({ state: 'draft', baseVersion: 2 });
    ok('submitDraft', await submit(now, people.second));
  });

  it('两名审批人员同时批准须两人的：两个都算，合起来恰好批准', async () => {
    const made = await create('handling', fourDays, people.second);
    ok('submitDraft', await submit(made, people.second));
    const replies = await Promise.all([approve(made, people.one), approve(made, people.two)]);
    expect(replies.map((reply) => ok('approveDraft', reply).state).sort()).to.deep.equal([
      'approved',
      'submitted',
    ]);
    const { items } = answered(
      'listSubmissions',
      await send(served().url, `/api/drafts/${made.id}/submissions`, { as: await renewed(people.one) }),
    ) as { items: readonly z.input<typeof submission>[] };
    expect(items[0]?.approvals.map(({ actor }) => actor)).to.have.members([
      people.one.actor,
      people.two.actor,
    ]);
    expect(items[0]).to.include({ approvers: 2, sha256: made.sha256 });
  });

  it('不该能做的一样也做不成：每种状态试每种行为', async () => {
    const { url } = served();
    const key = 'assessment';
    const upTo = async (state: string, text: string): Promise<DraftView> => {
      const made = await create(key, noted(key, text), people.second);
      if (state === 'draft') return made;
      ok('submitDraft', await submit(made, people.second));
      if (state === 'submitted') return made;
      if (state === 'rejected') {
        const body = { sha256: made.sha256, reason: '不妥' };
        ok('rejectDraft', await act(`/api/drafts/${made.id}/rejection`, body, people.one));
        return made;
      }
      ok('approveDraft', await approve(made, people.one));
      if (state === 'approved') return made;
      ok('scheduleDraft', await schedule(made));
      return made;
    };
    const superseded = await upTo('superseded', '一');
    moveTo('2026-03-05T01:00:00+08:00');
    const inForce = await upTo('in-force', '二');
    moveTo('2026-03-05T02:00:00+08:00');
    const withdrawn = await upTo('scheduled', '三');
    const withdrawal = await act(`/api/drafts/${withdrawn.id}/withdrawal`, { reason: '不急' }, people.one);
    expect(ok('withdrawDraft', withdrawal).state).to.equal('withdrawn');
    moveTo('2026-03-05T03:00:00+08:00');
    const listed = await send(url, '/api/definitions/assessment', { as: await renewed(people.one) });
    expect(listed.json).to.include({ version: 3, state: 'in-force' });
    const drafts = {
      superseded,
      'in-force': inForce,
      withdrawn,
      draft: await upTo('draft', '四'),
      submitted: await upTo('submitted', '五'),
      rejected: await upTo('rejected', '六'),
      approved: await upTo('approved', '七'),
      scheduled: await upTo('scheduled', '八'),
    };
    const illegal: { readonly [state in keyof typeof drafts]: string } = {
      draft: 'approvals rejection schedule',
      submitted: 'trial submission schedule',
      approved: 'trial submission approvals',
      scheduled: 'save trial submission approvals rejection schedule',
      'in-force': 'save submission approvals rejection withdrawal schedule',
      superseded: 'save submission approvals rejection withdrawal schedule',
      rejected: 'submission approvals rejection schedule',
      withdrawn: 'save submission approvals rejection withdrawal schedule',
    };
    for (const [state, one] of Object.entries(drafts) as [keyof typeof drafts, DraftView][]) {
      const { sha256 } = one;
      expect((await read(one.id)).state).to.equal(state);
      for (const name of illegal[state].split(' ')) {
        const bodies: { readonly [name: string]: readonly [object, SignedIn] } = {
          save: [{ basedOn: 1, source: noted(key, '九') }, people.second],
          trial: [{}, people.second],
          submission: [{ sha256, comment: '请审' }, people.second],
          approvals: [{ sha256, comment: '同意' }, people.two],
          rejection: [{ sha256, reason: '不妥' }, people.two],
          withdrawal: [{ reason: '不要了' }, people.second],
          schedule: [{ sha256, reason: '按期' }, people.two],
        };
        const [body, as] = bodies[name] ?? [{}, people.two];
        const reply = await send(url, `/api/drafts/${one.id}${name === 'save' ? '' : `/${name}`}`, {
          method: name === 'save' ? 'PUT' : 'POST',
          as: await renewed(as),
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        expect(problemIn(reply), `${state} ${name}`).to.include({ status: 409, code: 'draft.state' });
      }
      expect((await read(one.id)).state).to.equal(state);
    }
  });

  it('新建的流程走同一道门：两人批准，生效以前可以撤回，到点现行，由图上的定时开出一件，有人办；再启动不动它', async () => {
    const { system, url } = served();
    const source = (day: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:duty="urn:hotline-12345:duty:1" targetNamespace="urn:hotline-12345:process">
  <bpmn:process id="follow-up" name="回访抽查" isExecutable="true">
    <bpmn:startEvent id="Start" name="每月"><bpmn:timerEventDefinition id="Monthly"><bpmn:timeDate>${day}T09:00:00+08:00</bpmn:timeDate></bpmn:timerEventDefinition></bpmn:startEvent>
    <bpmn:userTask id="Look" name="抽查" duty:role="reviewer"/>
    <bpmn:endEvent id="End" name="查过"/>
    <bpmn:sequenceFlow id="F1" sourceRef="Start" targetRef="Look"/>
    <bpmn:sequenceFlow id="F2" sourceRef="Look" targetRef="End"/>
  </bpmn:process>
</bpmn:definitions>`;
    const begun = (day: string) => create('follow-up', source(day), people.second, '回访抽查');
    const made = await begun('2026-03-06');
    expect(
      (await checksOf(made)).findings.filter(({ rule }) => !/^(scenarios|replayed|running)/.test(rule)),
    ).to.deep.equal([]);
    ok('submitDraft', await submit(made, people.second));
    expect(ok('approveDraft', await approve(made, people.one)).state).to.equal('submitted');
    ok('approveDraft', await approve(made, people.two));
    expect(ok('scheduleDraft', await schedule(made, '2026-03-05T12:00:00+08:00')).version).to.equal(1);

    // A draft based on a withdrawn version has lost its base; a new draft has one.
    const over = await create('follow-up', source('2026-03-07'), people.second);
    expect(over.baseVersion).to.equal(1);
    const withdrawal = await act(`/api/drafts/${made.id}/withdrawal`, { reason: '再想想' }, people.one);
    expect(ok('withdrawDraft', withdrawal).state).to.equal('withdrawn');
    await asUnchanged(system, over);
    expect(problemIn(await handIn(over, people.second)).detail).to.include('已经撤回');
    const again = await begun('2026-03-06');
    expect(again.baseVersion).to.equal(null);
    ok('submitDraft', await submit(again, people.second));
    ok('approveDraft', await approve(again, people.one));
    ok('approveDraft', await approve(again, people.two));
    expect(ok('scheduleDraft', await schedule(again, '2026-03-05T12:00:00+08:00')).version).to.equal(2);
    moveTo('2026-03-05T12:00:00+08:00');
    const listed = await send(url, '/api/definitions', { as: await renewed(people.one) });
    const { items } = answered('listDefinitions', listed) as { items: readonly { key: string }[] };
    expect(items.find(({ key }) => key === 'follow-up')).to.include({ version: 2, name: '回访抽查' });

    moveTo('2026-03-06T09:00:00+08:00');
    expect(await system.executor.startDue(10)).to.equal(1);
    const reviewer = await renewed(await newcomer(system, { login: 'shenhe1', roles: ['reviewer'] }));
    const worklist = answered('listTasks', await send(url, '/api/tasks', { as: reviewer })) as {
      items: readonly { id: string; no: string; process: string; name: string }[];
    };
    const task = worklist.items.find(({ process }) => process === 'follow-up');
    expect(task).to.include({ name: '抽查', no: '定时:follow-up:Start:20260306T010000Z' });
    const load = await send(url, '/api/definitions/follow-up/load', { as: reviewer });
    expect(answered('readProcessLoad', load)).to.have.nested.property('elements[0].element', 'Look');
    const own = `/api/started-cases/${encodeURIComponent(task?.no ?? '')}`;
    const seen = await send(url, own, { as: reviewer });
    expect(answered('readStartedCase', seen)).to.include({
      title: '回访抽查 2026-03-06 09:00',
      state: 'open',
    });
    const path = (start: string) => `${start}/tasks/${encodeURIComponent(task?.id ?? '')}/completion`;
    const unit = await renewed(
      await newcomer(system, { login: 'danwei1', unit: '某水务局', kind: 'department', roles: ['handler'] }),
    );
    expect(problemIn(await send(url, own, { as: unit })).code).to.equal('case.not-found');
    expect(problemIn(await post(url, path(own), { answers: {} }, {}, unit)).code).to.equal('case.not-found');
    const elsewhere = await post(url, path('/api'), { answers: {} }, {}, reviewer);
    expect(problemIn(elsewhere).remedy).to.include('它自己的页');
    const done = await post(url, path(own), { answers: {} }, {}, reviewer);
    expect(answered('completeStartedTask', done)).to.include({ state: 'ended' });
    const trails = await system.database.transaction((transaction) =>
      plainTrails(system.trail, transaction, ['definition:follow-up', task?.no ?? '']),
    );
    expect(
      trails.get('definition:follow-up')?.filter(({ type }) => type === 'definition.deployed'),
    ).to.have.length(2);
    expect(trails.get(task?.no ?? '')?.map(({ type }) => type)).to.include('task.completed');

    expect(await installShipped({ ...system, ...system.governance })).to.have.property('deployed', 0);
    const kept = await send(url, '/api/definitions/follow-up', { as: await renewed(people.one) });
    expect(kept.json).to.include({ version: 2, state: 'in-force' });
  });
});
