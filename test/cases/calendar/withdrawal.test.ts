/**
 * A loaded schedule moves limits for which cards were already issued: on the shipped processes, in
 * the real database, a premature card is withdrawn and issued again at its right instant, once.
 */
import { expect } from 'chai';
import { toShanghaiIso } from '../../../src/kernel/civil-date.js';
import { sendMessage } from '../../../src/cases/index.js';
import { createJobRunner } from '../../../src/platform/jobs/index.js';
import type { JsonObject } from '../../../src/kernel/index.js';
import { readInbox } from '../../../src/channel/notification/index.js';
import { document2027 } from '../../support/notice-2027.js';
import { day, key, useStory } from './story.js';

const tooEarly = [
  `Timer_YellowCard ${day('2026-12-31')}`,
  `Timer_ReplyLimit ${day('2027-01-01')}`,
  `Timer_RedCard ${day('2027-01-04')}`,
];
const right = [
  `Timer_YellowCard ${day('2027-01-05')}`,
  `Timer_ReplyLimit ${day('2027-01-06')}`,
  `Timer_RedCard ${day('2027-01-06')}`,
];
/** Before the fifth working day two more timers, the same by both calendars. */
const before31 = [`Timer_ReturnLimit ${day('2026-12-29')}`, `Timer_Reminder ${day('2026-12-30')}`];

describe('放假安排改了：督办中的工单', () => {
  const { system, moveTo, file, trail, given, loadNotice } = useStory('2027-01-04T12:00:00+08:00');

  it('第二十八条：给早了的黄牌、期限、红牌各有一条撤销；超期不再成立，督办撤回，灯退回提醒', async () => {
    await moveTo('2027-01-04T11:00:00+08:00');
    expect((await file()).variables).to.include({ overdue: true, supervised: true });
    await loadNotice();
    expect(await given()).to.deep.equal({ standing: before31, revoked: tooEarly });
    const { variables, lights, deadlines } = await file();
    expect(variables).to.deep.include({
      overdue: false,
      replyOverdue: false,
      overdueFacts: [],
      supervised: false,
      supervisionResult: 'withdrawn',
    });
    expect(variables.supervisionOrders).to.have.length(1).and.have.nested.property('0.withdrawnAt');
    expect(lights.map(({ level }) => level)).to.deep.equal(['reminder']);
    expect([...deadlines.values()].map(({ element }) => element)).to.have.members([
      'Timer_YellowCard',
      'Timer_ReplyLimit',
      'Timer_RedCard',
    ]);
    const withdrawn = (await trail()).filter(({ body }) => body.process === 'supervision').at(-1);
    expect(withdrawn?.type).to.equal('message.received');
    expect(withdrawn?.body).to.include({ of: 'overdue-withdrawn', document: document2027 });
  });

  it('给早了的黄牌、红牌通知过谁，撤回也通知谁', async () => {
    const announcing = system().jobs.filter(({ name }) => name === 'notification.announce');
    const onError = (error: unknown): void => expect.fail(String(error));
    await createJobRunner({ ...system(), jobs: announcing, onError }).runDue();
    for (const recipient of ['unit:市城管局', 'role:supervisor']) {
      const items = await system().database.transaction((transaction) =>
        readInbox(transaction, { recipient, unread: false, limit: 200 }),
      );
      expect(
        items.map(({ title }) => title).filter((title) => title.startsWith('撤回')),
        recipient,
      ).to.have.members(['撤回：黄牌：期限前一个工作日仍未办结', '撤回：红牌：已超出办理时限']);
    }
  });

  it('第二十四条、第二十八条：到了正确的时刻再给，各一次；仍未办理的，重新督办', async () => {
    await moveTo('2027-01-06T09:00:00+08:00');
    expect(await given()).to.deep.equal({ standing: [...before31, ...right], revoked: tooEarly });
    const { variables } = await file();
    expect(variables).to.include({ overdue: true, supervised: true });
    expect(variables.overdueFacts).to.deep.equal([
      { clock: 'reply', round: 1, at: new Date(day('2027-01-06')).toISOString() },
    ]);
    expect(variables.supervisionOrders).to.have.length(2).and.not.have.nested.property('1.withdrawnAt');
  });
});

describe('放假安排改了：另有事由的督办', () => {
  const { moveTo, file, complete, loadNotice, system } = useStory('2027-01-04T12:00:00+08:00');

  it('第二十八条第二项：反复提出而起的督办不依误记的超期，不撤回', async () => {
    await moveTo('2027-01-04T11:00:00+08:00');
    await sendMessage(system(), key, 'supervision-ordered', '督办员');
    const ground = { supervisionGround: 'art28.p1.i2', supervisionReason: '反复提出' };
    await complete('Task_StateGround', ground, '督办员');
    const ordered = (await file()).variables.supervisionOrders as readonly { instance: number }[];
    const [wrong, ...others] = ordered.map(({ instance }) => instance);
    expect(others).to.have.length(1);
    for (const one of [wrong, ...others]) expect((await file()).instances.has(one ?? 0)).to.equal(true);
    // One reminder for both: that of the later supervision, which remains.
    const urged = async () =>
      [...(await file()).tasks.values()].filter(({ process }) => process === 'supervision');
    expect((await urged()).map(({ instance }) => instance)).to.deep.equal(others);
    await loadNotice();
    expect((await urged()).map(({ instance }) => instance)).to.deep.equal(others);
    expect((await file()).instances.has(wrong ?? 0)).to.equal(false);
    const { variables } = await file();
    expect(variables).to.include({ overdue: false, supervised: true });
    const orders = variables.supervisionOrders as readonly { ground: string; withdrawnAt?: string }[];
    expect(orders.map(({ ground, withdrawnAt }) => [ground, withdrawnAt !== undefined])).to.deep.equal([
      ['art28.p1.i1', true],
      ['art28.p1.i2', false],
    ]);
  });
});

describe('放假安排改了：已经问责的工单', () => {
  const { moveTo, file, given, loadNotice, handle, close } = useStory('2027-01-15T12:00:00+08:00');
  const inVain = [
    `Timer_SupervisionLimit ${day('2027-01-08')}`,
    `Timer_SecondSupervisionLimit ${day('2027-01-14')}`,
  ];

  it('第四十条第二项：所依据的督办撤回，问责随之撤回；按正确的时刻重新督办', async () => {
    await moveTo('2027-01-15T11:00:00+08:00');
    expect((await file()).variables).to.include({ accountabilityOpened: true });
    await loadNotice();
    const { variables } = await file();
    expect(variables).to.include({
      accountabilityResult: 'withdrawn',
      accountabilityOpened: false,
      notHandledAfterSupervision: false,
    });
    await moveTo('2027-01-15T13:00:00+08:00');
    expect(await given()).to.deep.equal({
      standing: [...before31, ...right, `Timer_SupervisionLimit ${day('2027-01-12')}`],
      revoked: [...tooEarly, ...inVain],
    });
    const orders = (await file()).variables.supervisionOrders as readonly JsonObject[];
    expect(orders.map(({ at, withdrawnAt }) => [at, withdrawnAt !== undefined])).to.deep.equal([
      [new Date(day('2027-01-04')).toISOString(), true],
      [new Date(day('2027-01-08')).toISOString(), true],
      [new Date(day('2027-01-06')).toISOString(), false],
      [new Date(day('2027-01-12')).toISOString(), false],
    ]);
  });

  it('第四十条第二项：再次督办的期限届满以前办理的，不问责，督办后办结', async () => {
    await handle();
    await close();
    await moveTo('2027-02-01T00:00:00+08:00');
    const { variables, endedAt } = await file();
    expect(variables).to.include({ outcome: '督办后办结', accountabilityOpened: false });
    expect(endedAt).not.to.equal(null);
  });
});

describe('放假安排改了：督办以后已经办理、正在审核的工单', () => {
  const { moveTo, file, loadNotice, handle, close } = useStory('2027-01-04T14:00:00+08:00');

  it('第二十四条：超期、督办都不再成立，归档时是办结', async () => {
    await moveTo('2027-01-04T11:00:00+08:00');
    await handle();
    expect((await file()).variables).to.include({ supervisionResult: 'handled', supervised: true });
    await loadNotice();
    expect((await file()).variables).to.include({ supervised: false, overdue: false });
    await close();
    await moveTo('2027-02-01T00:00:00+08:00');
    expect((await file()).variables).to.include({ outcome: '办结' });
  });
});

describe('放假安排改了：已经归档的工单', () => {
  const { moveTo, file, trail, given, loadNotice, handle, close } = useStory('2027-01-04T14:00:00+08:00');

  it('第二十四条：给早了的撤销，办理结果随之更正，写明原来的', async () => {
    await moveTo('2027-01-04T11:00:00+08:00');
    await handle();
    await close();
    expect((await file()).variables).to.include({ outcome: '督办后办结' });
    await loadNotice();
    expect((await file()).variables).to.include({ outcome: '办结', overdue: false, supervised: false });
    expect((await given()).revoked).to.deep.equal(tooEarly);
    const corrected = (await trail()).filter(({ type }) => type === 'outcome.corrected');
    expect(corrected.map(({ body }) => body)).to.have.length(1);
    expect(corrected[0]?.body).to.include({ from: '督办后办结', to: '办结', document: document2027 });
    await moveTo('2027-02-01T00:00:00+08:00');
    expect((await given()).revoked).to.deep.equal(tooEarly);
  });
});

describe('放假安排改了：延期的和暂停过的工单', () => {
  describe('延期', () => {
    const { moveTo, file, given, complete, loadNotice, system } = useStory('2027-01-05T12:00:00+08:00', {
      policies: { extensionAllowed: 'true' },
    });

    it('第二十四条：准予的延长照算；延期以后按旧日历给早了的，撤销后再给', async () => {
      await moveTo('2026-12-28T10:00:00+08:00');
      await sendMessage(system(), key, 'extension-applied', '承办员', {
        extensionGround: '复杂',
        extensionWanted: 1,
      });
      const grant = { extensionDecision: 'grant', extensionDays: 1, extensionReason: '属实' };
      await complete('SubProcess_Extension_Task_DecideExtension', grant, '督办员');
      await loadNotice();
      const { deadlines, variables } = await file();
      const limit = [...deadlines.values()].find(({ element }) => element === 'Timer_ReplyLimit');
      // 25, 28, 29 December, 4, 5 January; the sixth is the 6th.
      expect(limit && toShanghaiIso(limit.dueAt)).to.equal(day('2027-01-07'));
      expect(limit?.adjustments.map(({ kind }) => kind)).to.deep.equal(['extend']);
      expect(variables.overdue ?? false).to.equal(false);
      await moveTo('2027-01-08T00:00:00+08:00');
      const { standing } = await given();
      for (const one of ['Timer_Reminder', 'Timer_YellowCard', 'Timer_ReplyLimit', 'Timer_RedCard']) {
        expect(
          standing.filter((told) => told.startsWith(one)),
          one,
        ).to.have.length(1);
      }
      expect(standing).to.include(`Timer_YellowCard ${day('2027-01-06')}`);
      expect(standing).to.include(`Timer_RedCard ${day('2027-01-07')}`);
    });
  });

  describe('暂停', () => {
    const { moveTo, file, given, complete, loadNotice, system } = useStory('2027-01-06T12:00:00+08:00', {
      policies: { pauseAllowed: 'true' },
    });

    it('第二十四条：暂停的那一日照旧不计；按旧日历误记的超期撤回', async () => {
      await moveTo('2026-12-25T10:00:00+08:00');
      await sendMessage(system(), key, 'pause-requested', '承办员', {
        pauseGround: 'force-majeure',
        pauseFacts: '大雪',
      });
      await complete('Task_DecidePause', { pauseDecision: 'grant', pauseReason: '属实' }, '督办员');
      await moveTo('2026-12-28T09:00:00+08:00');
      await sendMessage(system(), key, 'resume-requested', '承办员');
      // The 25th does not count: 28 to 31 December, 4 January.
      await moveTo('2027-01-05T09:00:00+08:00');
      expect((await file()).variables).to.include({ overdue: true, supervised: true });
      await loadNotice();
      const { deadlines, variables } = await file();
      const limit = [...deadlines.values()].find(({ element }) => element === 'Timer_ReplyLimit');
      expect(variables).to.include({ overdue: false, supervised: false });
      // 28, 29 December, 4, 5, 6 January.
      expect(limit && toShanghaiIso(limit.dueAt)).to.equal(day('2027-01-07'));
      expect(limit?.adjustments.map(({ kind }) => kind)).to.deep.equal(['pause']);
      await moveTo('2027-01-08T00:00:00+08:00');
      const { standing } = await given();
      for (const one of ['Timer_Reminder', 'Timer_YellowCard', 'Timer_ReplyLimit', 'Timer_RedCard']) {
        expect(
          standing.filter((told) => told.startsWith(one)),
          one,
        ).to.have.length(1);
      }
      expect(standing).to.include(`Timer_ReplyLimit ${day('2027-01-07')}`);
    });
  });
});
