/**
 * A schedule is loaded by which limits are later than cards have been given for: on the shipped processes, in the real
 * database, what was given too early is taken back and given again at its right instant, once.
 */
import { expect } from 'chai';
import { toShanghaiIso } from '../../../src/calendar/index.js';
import {
  loadCalendarNotice,
  proposePolicy,
  readNoticeFile,
  recomputeDeadlines,
  rulePolicy,
  sendMessage,
  completeTask,
  taskId,
} from '../../../src/casework/index.js';
import { loadCasesByKey, type CaseFile } from '../../../src/engine/index.js';
import type { JsonObject } from '../../../src/kernel/index.js';
import { document2027, notice2027 } from '../../support/notice-2027.js';
import { useSystem, type TestSystem } from '../../support/system.js';

/** The start of that day, Beijing time. */
const day = (date: string): string => `${date}T00:00:00+08:00`;
/** Thursday. Five working days by the days known then: 25, 28, 29, 30, 31 December. */
const dispatched = '2026-12-24T10:00:00+08:00';
const key = '2026-1224';

/** One system a story; the clock goes forward only. */
function useStory(load: string, policies: { readonly [key: string]: string } = {}) {
  const system = useSystem({ at: '2026-12-01T10:00:00+08:00' });

  const moveTo = async (instant: string): Promise<void> => {
    system().clock.moveTo(new Date(instant));
    while ((await system().executor.fireDue(100)) > 0);
  };
  const file = async (): Promise<CaseFile> => {
    const files = await system().database.transaction((transaction) => loadCasesByKey(transaction, [key]));
    const found = files.get(key);
    if (!found) throw new Error('no case');
    return found;
  };
  const complete = async (element: string, answers: JsonObject, actor: string): Promise<void> => {
    const standing = await file();
    const task = [...standing.tasks.values()].find((open) => open.element === element);
    if (!task) throw new Error(`${element} is not open`);
    await completeTask(system(), taskId(standing.id, task), answers, actor);
  };
  const trail = async () =>
    (await system().database.transaction((transaction) => system().trail.read(transaction, [key]))).get(
      key,
    ) ?? [];
  /** Every timer that fired, and those that were revoked. */
  const given = async () => {
    const entries = await trail();
    const revoked = new Set(entries.map(({ body }) => body.revokes));
    const fired = entries.filter(({ type }) => type === 'timer.fired');
    const told = ({ at, body }: (typeof entries)[number]) =>
      `${typeof body.of === 'string' ? body.of : ''} ${toShanghaiIso(at)}`;
    return {
      standing: fired.filter(({ seq }) => !revoked.has(seq)).map(told),
      revoked: fired.filter(({ seq }) => revoked.has(seq)).map(told),
    };
  };

  before(async () => {
    for (const [policy, value] of Object.entries(policies)) await decide(system(), policy, value);
    await moveTo(dispatched);
    await system().executor.execute([
      {
        kind: 'start',
        businessKey: key,
        process: 'handling',
        realm: 'live',
        at: system().clock.now(),
        variables: {
          channel: 'phone',
          kind: 'help',
          wishesReply: true,
          confidential: false,
          unit: '市城管局',
        },
      },
    ]);
  });

  /** Loads the notice by which 30 and 31 December are off, and works it off. */
  const loadNotice = async (): Promise<void> => {
    await moveTo(load);
    const notice = readNoticeFile(Buffer.from(JSON.stringify(notice2027)), '安排.json', document2027);
    const loaded = await loadCalendarNotice(system(), notice, '测试员');
    expect((await recomputeDeadlines(system(), loaded.notice))?.finishedAt).not.to.equal(undefined);
  };
  const handle = async (): Promise<void> => {
    await complete('Task_Receive', { receipt: 'accept' }, '承办员');
    await complete('Task_Handle', { branch: 'within-limit', handlingResult: '已办' }, '承办员');
    await complete('Task_ReplyCaller', { replySummary: '已回复', replyChannel: 'phone' }, '承办员');
    await complete('Task_Feedback', { feedbackSummary: '已反馈' }, '承办员');
  };
  const close = async (): Promise<void> => {
    await complete('Task_AuditFeedback', { auditResult: 'pass', auditReason: '属实' }, '审核员');
    const satisfied = { factsVerified: true, resolved: true, satisfaction: 'satisfied' };
    await complete('Task_CallBack', { ...satisfied, callBackRecord: '已回访' }, '审核员');
  };
  return { system, moveTo, file, complete, trail, given, loadNotice, handle, close };
}

async function decide(system: TestSystem, policy: string, value: string): Promise<void> {
  const { id } = await proposePolicy(system, {
    key: policy,
    value,
    effectiveOn: '2026-12-02',
    author: '甲',
    reason: '试行',
    document: '试发〔2026〕1号',
  });
  await rulePolicy(system, id, { decision: 'approve', actor: '乙', reason: '同意' });
}

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
/** Before the fifth working day two more: the same by both calendars. */
const before31 = [`Timer_ReturnLimit ${day('2026-12-29')}`, `Timer_Reminder ${day('2026-12-30')}`];

describe('放假安排改了:督办中的工单', () => {
  const { moveTo, file, trail, given, loadNotice } = useStory('2027-01-04T12:00:00+08:00');

  it('第二十八条:给早了的黄牌、期限、红牌各有一条撤销;超期不再成立,督办撤回,灯退回提醒', async () => {
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

  it('第二十四条、第二十八条:到了正确的时刻再给,各一次;仍未办理的,重新督办', async () => {
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

describe('放假安排改了:已经问责的工单', () => {
  const { moveTo, file, given, loadNotice, handle, close } = useStory('2027-01-15T12:00:00+08:00');
  const inVain = [
    `Timer_SupervisionLimit ${day('2027-01-08')}`,
    `Timer_SecondSupervisionLimit ${day('2027-01-14')}`,
  ];

  it('第四十条第二项:所依据的督办撤回,问责随之撤回;按正确的时刻重新督办', async () => {
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
      standing: [...before31, ...inVain, ...right, `Timer_SupervisionLimit ${day('2027-01-12')}`],
      revoked: tooEarly,
    });
    const orders = (await file()).variables.supervisionOrders as readonly JsonObject[];
    expect(orders.map(({ at, withdrawnAt }) => [at, withdrawnAt !== undefined])).to.deep.equal([
      [new Date(day('2027-01-04')).toISOString(), true],
      [new Date(day('2027-01-08')).toISOString(), true],
      [new Date(day('2027-01-06')).toISOString(), false],
      [new Date(day('2027-01-12')).toISOString(), false],
    ]);
  });

  it('第四十条第二项:再次督办的期限届满以前办理的,不问责,督办后办结', async () => {
    await handle();
    await close();
    await moveTo('2027-02-01T00:00:00+08:00');
    const { variables, endedAt } = await file();
    expect(variables).to.include({ outcome: '督办后办结', accountabilityOpened: false });
    expect(endedAt).not.to.equal(null);
  });
});

describe('放假安排改了:督办以后已经办理、正在审核的工单', () => {
  const { moveTo, file, loadNotice, handle, close } = useStory('2027-01-04T14:00:00+08:00');

  it('第二十四条:超期、督办都不再成立,归档时是办结', async () => {
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

describe('放假安排改了:已经归档的工单', () => {
  const { moveTo, file, trail, given, loadNotice, handle, close } = useStory('2027-01-04T14:00:00+08:00');

  it('第二十四条:给早了的撤销,办理结果随之更正,写明原来的', async () => {
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

describe('放假安排改了:延期的和暂停过的工单', () => {
  describe('延期', () => {
    const { moveTo, file, given, complete, loadNotice, system } = useStory('2027-01-05T12:00:00+08:00', {
      extensionAllowed: 'true',
    });

    it('第二十四条:准予的延长照算;延期以后按旧日历给早了的,撤销后再给', async () => {
      await moveTo('2026-12-28T10:00:00+08:00');
      await sendMessage(system(), key, 'extension-applied', '承办员', {
        extensionGround: '复杂',
        extensionWanted: 1,
      });
      const grant = { extensionDecision: 'grant', extensionDays: 1, extensionReason: '属实' };
      await complete('Task_DecideExtension', grant, '督办员');
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
      pauseAllowed: 'true',
    });

    it('第二十四条:暂停的那一日照旧不计;按旧日历误记的超期撤回', async () => {
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
