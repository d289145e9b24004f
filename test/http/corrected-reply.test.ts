/** Corrections of the wish for a reply: steps, duties and policies follow; done steps stay done. */
import { expect } from 'chai';
import { replyWishCorrected } from '../../src/handlers/index.js';
import { said } from '../support/entries.js';
import { newcomer } from '../support/people.js';
import { policyValues } from '../support/policies.js';
import { useCorrections } from './correcting.js';
import {
  accept,
  answered,
  completeOnly,
  problemIn,
  send,
  useServer,
  waterCut,
  type WorkOrderView,
} from './serving.js';

const unit = '某水务局';

describe('更正要求回复', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const { agent, handler, correct, corrected } = useCorrections(served, unit);
  const duty = async (no: string) => {
    const { items } = answered(
      'readDuties',
      await send(served().url, `/api/work-orders/${no}/duties`, { as: agent() }),
    ) as { items: readonly { norm: string; state: string; waivedBy: unknown }[] };
    return items.find(({ norm }) => norm === 'J27') ?? expect.fail('no duty to reply');
  };
  /** Signed for by the unit. */
  const received = async (replyWanted: boolean): Promise<WorkOrderView> => {
    const { url } = served();
    const order = await accept(url, { ...waterCut, replyWanted });
    const noted = await completeOnly(url, order, { conduct: 'orderly', wishesReply: replyWanted });
    const handed = await completeOnly(url, await completeOnly(url, noted, { wayOut: 'dispatch' }), { unit });
    return completeOnly(url, handed, { receipt: 'accept' });
  };
  const next = async (order: WorkOrderView): Promise<WorkOrderView> => completeOnly(served().url, order);
  const open = ({ tasks }: WorkOrderView): readonly string[] => tasks.map(({ element }) => element);

  it('第十六条、第二十四条：漏记的要求回复补上，办理以后须回复；义务从那时起不再免去', async () => {
    const order = await received(false);
    const { no } = order.sheet;
    expect((await duty(no)).waivedBy).to.not.equal(null);
    const after = await corrected(no, { replyWanted: true });
    expect(after.sheet.replyWanted).to.equal(true);
    expect(said(after.trail.at(-1))).to.deep.include({
      fields: ['replyWanted'],
      from: { replyWanted: false },
      to: { replyWanted: true },
      data: { wishesReply: true },
      provisions: ['art22'],
    });
    expect(after.deadlines).to.deep.equal(order.deadlines);
    expect(await duty(no)).to.include({ state: 'open', waivedBy: null });
    const handled = await next(after);
    expect(open(handled)).to.deep.equal(['Task_ReplyCaller']);
    await next(handled);
    expect(await duty(no)).to.include({ state: 'satisfied', waivedBy: null });
  });

  it('第十六条：来电人其实不要回复的，办理以后直接反馈，回复的义务写明因此不必', async () => {
    const order = await received(true);
    const { no } = order.sheet;
    const handled = await next(await corrected(no, { replyWanted: false }));
    expect(open(handled)).to.deep.equal(['Task_Feedback']);
    expect((await next(handled)).sheet.replyWanted).to.equal(false);
    const done = await duty(no);
    expect(done.state).to.equal('satisfied');
    expect(done.waivedBy).to.not.equal(null);
  });

  it('已经反馈、不必回复的，以后更正为要求回复：已履行的仍是已履行，写明当时因何不必', async () => {
    const fedBack = await next(await next(await received(false)));
    const { no } = fedBack.sheet;
    const before = await duty(no);
    expect(before.state).to.equal('satisfied');
    const after = await corrected(no, { replyWanted: true });
    expect(open(after)).to.deep.equal(open(fedBack));
    expect(await duty(no)).to.deep.equal(before);
  });

  it('登记时答的与开单时写的不同：页面写登记的，更正回去也收', async () => {
    const { url } = served();
    const order = await accept(url, { ...waterCut, replyWanted: true });
    const noted = await completeOnly(url, order, { conduct: 'orderly', wishesReply: false });
    const { no } = order.sheet;
    expect(noted.sheet.replyWanted).to.equal(false);
    const after = await corrected(no, { replyWanted: true });
    expect(said(after.trail.at(-1))).to.deep.include({ from: { replyWanted: false } });
    expect(after.sheet.replyWanted).to.equal(true);
    const again = await correct(no, { basedOn: after.corrected, replyWanted: true });
    expect(problemIn(again).code).to.equal('input.invalid');
    expect(problemIn(await correct(no, { replyWanted: '是' })).status).to.equal(400);
  });

  it('第二十七条：签收时依政策免去的反馈、回访，随更正重新决定；还没有签收的，签收时决定', () => {
    const policies = policyValues({ feedbackWithoutReply: 'waived', callBackWithoutReply: 'waived' });
    const waived = { feedbackWaived: true, callBackWaived: true, callBackWaivedFor: 'no-reply-wanted' };
    expect(replyWishCorrected({ signedRound: 1 }, false, policies)).to.deep.equal(waived);
    expect(replyWishCorrected({ signedRound: 1, ...waived }, true, policies)).to.deep.equal({
      feedbackWaived: false,
      callBackWaived: false,
    });
    const left = policyValues({ callBackForUpstream: 'left' });
    const fromUpstream = { signedRound: 1, fromUpstream: true, callBackWaived: true, wishesReply: false };
    expect(replyWishCorrected(fromUpstream, true, left)).to.deep.equal({
      callBackWaived: true,
      callBackWaivedFor: 'upstream',
    });
    expect(replyWishCorrected({}, false, policies)).to.deep.equal({});
    expect(replyWishCorrected({ signedRound: 1 }, false, policyValues())).to.deep.equal({});
  });

  it('两个人同时更正，后一个不收；承办单位不可以；须回避的人当工单不存在', async () => {
    const order = await received(true);
    const { no } = order.sheet;
    const replies = await Promise.all([
      correct(no, { replyWanted: false }),
      correct(no, { replyWanted: false }),
    ]);
    expect(replies.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    const late = replies.find(({ status }) => status === 409);
    expect(late && problemIn(late).changes?.[0]).to.contain('更正了要求回复');
    expect(problemIn(await correct(no, { replyWanted: true }, handler())).code).to.equal('access.denied');
    const accused = await newcomer(served().system, { login: 'accused', roles: ['intake'] });
    const about = await accept(served().url, { ...waterCut, accusedPersons: 'accused' });
    expect(problemIn(await correct(about.sheet.no, { replyWanted: false }, accused)).code).to.equal(
      'case.not-found',
    );
  });
});
