import { expect } from 'chai';
import { z } from 'zod';
import type { operations } from '../../src/http/contract/operations.js';
import { progress } from '../../src/http/contract/progress.js';
import { csrfTokenOf } from '../../src/identity/index.js';
import {
  answered,
  complete,
  completeOnly,
  dispatched,
  post,
  problemIn,
  send,
  useServer,
  waterCut,
  type WorkOrderView,
} from './serving.js';
import { occurrences, plainTrails, settled } from '../support/entries.js';
import { addResidents } from '../support/residents.js';

type Accepted = z.input<(typeof operations.acceptRequest.answers)[201]['schema']>;

describe('第十五条：来电人查询办理进度', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const ask = (no: string, secret: string) => post(served().url, '/api/progress', { no, secret });

  async function accepted(about: object = waterCut, key?: string): Promise<Accepted> {
    const headers = key === undefined ? {} : { 'idempotency-key': key };
    return answered(
      'acceptRequest',
      await post(served().url, '/api/work-orders', about, headers),
    ) as Accepted;
  }

  /** The caller's view, checked against the contract. */
  async function told(no: string, secret: string) {
    return z.encode(progress, progress.strict().parse(answered('readProgress', await ask(no, secret))));
  }

  async function handed(about: object = waterCut): Promise<{ order: WorkOrderView; secret: string }> {
    const { callerSecret: secret, ...order } = await accepted(about);
    const registered = await completeOnly(served().url, order, { conduct: 'orderly' });
    const decided = await completeOnly(served().url, registered, { wayOut: 'dispatch' });
    return { order: await completeOnly(served().url, decided, { unit: '市水务局' }), secret };
  }

  it('凭编号和查询码看到状态、承办单位、法定期限，看不到诉求、来电人和内部环节', async () => {
    const { order, secret } = await handed();
    const { no } = order.sheet;
    const reply = await ask(no, `${secret.slice(0, 4)} ${secret.slice(4, 8)}-${secret.slice(8)}`);
    const view = z.encode(progress, progress.strict().parse(answered('readProgress', reply)));
    expect(view).to.include({ no, stage: 'handling', unit: '市水务局', outcome: null, endedAt: null });
    expect(view.limits.map(({ dueDate }) => dueDate)).to.deep.equal(['2026-03-09']);
    expect(view.answers).to.deep.equal([]);
    for (const kept of [waterCut.title, waterCut.content, waterCut.callerName, '1234', '受理员']) {
      expect(reply.text.replace(no, '')).not.to.include(kept);
    }
  });

  it('第十六条：要求保密的，查询时也不显示承办单位', async () => {
    const { order, secret } = await handed({ ...waterCut, confidential: true });
    expect((await told(order.sheet.no, secret)).unit).to.equal(null);
  });

  it('当场答复的，看到答复和结果', async () => {
    const { sheet, callerSecret } = await accepted({
      ...waterCut,
      answers: { conduct: 'orderly', wayOut: 'on-the-spot', answerSummary: '抢修中，今晚八点前恢复供水。' },
    });
    const view = await told(sheet.no, callerSecret);
    expect(view).to.include({ stage: 'ended', outcome: '当场答复' });
    expect(view.answers.map(({ text }) => text)).to.deep.equal(['抢修中，今晚八点前恢复供水。']);
  });

  /** Completes the open tasks one after the other, each by its field that the answers name; others as they come. */
  async function walked(order: WorkOrderView, ...steps: { readonly [key: string]: unknown }[]) {
    let now = order;
    for (const given of steps) {
      const task = now.tasks.find(({ form }) =>
        Object.keys(given).every((key) => form.some((f) => f.key === key)),
      );
      if (!task) expect.fail(`no open task asks for ${Object.keys(given).join()}`);
      now = await complete(served().url, now, task, given, '经办人');
    }
    return now;
  }

  it('按答复的期限办完的：进度、措施、期限、答复、办理结果都看得到，反馈和回访的记录看不到', async () => {
    const { order, secret } = await handed();
    const tracked = await walked(
      order,
      { receipt: 'accept' },
      { branch: 'promised-date', handlingResult: '内部办理情况' },
      { progress: '已经查明是主管破裂', measures: '分两段换管', promisedDate: '2026-03-20' },
      { replySummary: '三月二十日以前换完', replyChannel: 'phone' },
      { feedbackSummary: '给热线的阶段性反馈' },
      { interimResult: 'pass' },
      { completionResult: '给热线的办结记录' },
      { feedbackSummary: '给热线的反馈', completionReply: '两段水管都已经换好' },
    );
    const view = await told(tracked.sheet.no, secret);
    expect(view.answers.map(({ title, text }) => `${title}：${text ?? ''}`)).to.deep.equal([
      '办理进度：已经查明是主管破裂',
      '解决措施：分两段换管',
      '解决时限的最后一日：2026-03-20',
      '承办单位的答复：三月二十日以前换完',
      '答复的方式：电话',
      '办理结果：两段水管都已经换好',
    ]);
    expect(view).to.include({ stage: 'checking', promisedDate: '2026-03-20' });
    expect(JSON.stringify(view)).not.to.include('热线的').and.not.include('内部办理');
  });

  it('不能办理的，看到依据和解释；依法不显示的，看到事由和依据；没有写全事由和依据的不收', async () => {
    const { order, secret } = await handed();
    const stated = await walked(order, { receipt: 'accept' }, { branch: 'not-allowed' });
    const reasons = { legalBasis: '《供水条例》第十条', explanation: '属于用户自有管道' };
    const [task] = stated.tasks;
    if (!task) expect.fail('nothing is open');
    const as = await served().people.doing('unit', '经办人', '市水务局');
    const half = await post(
      served().url,
      `/api/tasks/${encodeURIComponent(task.id)}/completion`,
      { answers: { ...reasons, withheldGround: 'privacy' } },
      {},
      as,
    );
    expect(problemIn(half).code).to.equal('input.invalid');
    await walked(stated, reasons, {
      replySummary: '涉及邻居的情况',
      withheldGround: 'privacy',
      withheldBasis: '《个人信息保护法》第十条',
    });
    const { answers } = await told(order.sheet.no, secret);
    expect(answers.map(({ title, text, withheld }) => `${title}：${text ?? withheld ?? ''}`)).to.deep.equal([
      '不能办理的依据：《供水条例》第十条',
      '不能办理的解释说明：属于用户自有管道',
      '承办单位的答复：依照《个人信息保护法》第十条，涉及他人隐私，不予显示（第十五条）',
      '答复的方式：电话',
    ]);
  });

  it('第二十五条：不再办理的，看到解释，看不到给热线的书面说明', async () => {
    const answers = { conduct: 'orderly', wayOut: 'on-the-spot', answerSummary: '抢修中' };
    const earlier = await accepted({ ...waterCut, answers });
    const { sheet, callerSecret } = await accepted();
    const { no } = sheet;
    const repeat = { relatedSheet: earlier.sheet.no, sameFactsAndReasons: true, priorResult: 'handled' };
    const opened = answered('readWorkOrder', await send(served().url, `/api/work-orders/${no}`));
    const ended = await walked(
      opened as WorkOrderView,
      { conduct: 'orderly', ...repeat },
      { wayOut: 'dispatch' },
      { unit: '市水务局' },
      { receipt: 'accept' },
      { branch: 'no-further' },
      { noFurtherExplanation: '上月已经答复过，没有新的事实' },
      { writtenStatement: '水函〔2026〕3号' },
      { statementNote: '已收阅' },
    );
    expect(ended.sheet.no).to.equal(no);
    const view = await told(no, callerSecret);
    expect(view).to.include({ stage: 'ended', outcome: '不再办理' });
    expect(view.answers.map(({ title, text }) => `${title}：${text ?? ''}`)).to.deep.equal([
      '不再办理的解释：上月已经答复过，没有新的事实',
    ]);
  });

  it('第二十三条第三项：没有留联系方式的，查询时看到按原途径解决', async () => {
    const { callerContact: _none, ...anonymous } = waterCut;
    const { sheet, callerSecret } = await accepted({
      ...anonymous,
      answers: {
        conduct: 'orderly',
        wayOut: 'original-channel',
        pendingProcedure: 'litigation',
        channelTold: true,
      },
    });
    const { answers } = await told(sheet.no, callerSecret);
    expect(answers.map(({ title, text }) => `${title}：${text ?? ''}`)).to.deep.equal([
      '请按原途径解决，已经进入的程序：诉讼',
    ]);
  });

  it('编号不对和查询码不对，答复一样', async () => {
    const { sheet, callerSecret } = await accepted();
    const wrongSecret = problemIn(await ask(sheet.no, String((Number(callerSecret) + 1) % 10 ** 12)));
    const wrongNumber = problemIn(await ask('20260302-999999', callerSecret));
    expect(wrongSecret.code).to.equal('progress.not-found');
    const { requestId: _one, ...one } = wrongSecret;
    const { requestId: _other, ...other } = wrongNumber;
    expect(one).to.deep.equal(other);
  });

  it('一张工单的查询码不能用于另一张；数据库里没有查询码原文', async () => {
    const [one, other] = [await accepted(), await accepted()];
    expect(problemIn(await ask(other.sheet.no, one.callerSecret)).status).to.equal(404);
    const rows = await served().system.database.transaction((transaction) =>
      transaction.query<{ row: string }>('SELECT row_to_json(s)::text AS row FROM hotline.caller_secret s'),
    );
    expect(rows).to.have.length.greaterThan(1);
    expect(JSON.stringify(rows)).not.to.include(one.callerSecret);
  });

  it('同一幂等键再受理一次，不再给出查询码', async () => {
    const first = await accepted(waterCut, 'caller-1');
    const again = await accepted(waterCut, 'caller-1');
    expect(again.sheet.no).to.equal(first.sheet.no);
    expect(again).not.to.have.property('callerSecret');
    expect((await told(first.sheet.no, first.callerSecret)).stage).to.equal('accepted');
  });

  it('同一编号失败十次后，对的也不答，过一刻钟又可以；每次拒绝都有记录', async () => {
    await settled(served().system);
    const { sheet, callerSecret } = await accepted();
    const wrong = callerSecret === '000000000000' ? '000000000001' : '000000000000';
    const tries = await Promise.all(Array.from({ length: 10 }, () => ask(sheet.no, wrong)));
    expect(tries.map((reply) => problemIn(reply).code)).to.deep.equal(
      Array.from({ length: 10 }, () => 'progress.not-found'),
    );
    expect(problemIn(await ask(sheet.no, callerSecret)).code).to.equal('request.too-many');
    const { clock, database, trail } = served().system;
    await settled(served().system);
    const refused = await database.transaction((transaction) =>
      plainTrails(trail, transaction, ['refusals']),
    );
    const ofSheet = (refused.get('refusals') ?? []).filter(
      ({ body }) => body.of === sheet.no && body.operation === 'readProgress',
    );
    expect(occurrences(ofSheet.map(({ body }) => body))).to.equal(11);
    clock.moveTo(new Date(clock.now().getTime() + 16 * 60_000));
    expect((await told(sheet.no, callerSecret)).no).to.equal(sheet.no);
  });

  it('一个地址问得太多，换着编号也不答', async () => {
    const { sheet, callerSecret } = await accepted();
    const { clock } = served().system;
    clock.moveTo(new Date(clock.now().getTime() + 16 * 60_000));
    for (let count = 0; count < 60; count += 1) await ask(`20260302-9${count}`, '123456789012');
    expect(problemIn(await ask(sheet.no, callerSecret)).code).to.equal('request.too-many');
    clock.moveTo(new Date(clock.now().getTime() + 16 * 60_000));
  });

  it('没有受理角色的，不能重发查询码', async () => {
    const { sheet } = await dispatched(served().url);
    const reply = await post(
      served().url,
      `/api/work-orders/${sheet.no}/caller-secret`,
      undefined,
      {},
      'nobody',
    );
    expect(problemIn(reply).status).to.equal(401);
  });

  it('重发之后原来的作废，轨迹记下是谁发的', async () => {
    const { identity, database, trail } = served().system;
    await addResidents(identity);
    const person = (await identity.people.list()).find(({ login }) => login === 'shouli');
    if (!person) expect.fail('shouli is a sample person');
    const { sheet, callerSecret } = await accepted();
    const session = await database.transaction((transaction) =>
      identity.sessions.openIn(transaction, person),
    );
    const cookie = { cookie: `__Host-hotline=${session}` };
    const path = `/api/work-orders/${sheet.no}/caller-secret`;
    const reply = await post(served().url, path, undefined, {
      ...cookie,
      'x-csrf-token': csrfTokenOf(session),
    });
    const { callerSecret: next } = answered('reissueCallerSecret', reply) as { callerSecret: string };
    expect(problemIn(await ask(sheet.no, callerSecret)).status).to.equal(404);
    expect((await told(sheet.no, next)).no).to.equal(sheet.no);
    const entries = await database.transaction((transaction) => plainTrails(trail, transaction, [sheet.no]));
    const entry = entries.get(sheet.no)?.find(({ type }) => type === 'caller-secret.issued');
    expect(entry?.body).to.include({ actor: '示例受理（shouli）' });
    expect(JSON.stringify(entry)).not.to.include(next);
  });
});
