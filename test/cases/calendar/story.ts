/** One case on the shipped processes that crosses the year's end, while the schedule of 2027 is not known yet. */
import { expect } from 'chai';
import { toShanghaiIso } from '../../../src/kernel/civil-date.js';
import {
  completeTask,
  loadCalendarNotice,
  proposePolicy,
  readNoticeFile,
  recomputeDeadlines,
  rulePolicy,
  taskId,
} from '../../../src/cases/index.js';
import { loadCasesByKey, type CaseFile } from '../../../src/engine/index.js';
import type { JsonObject } from '../../../src/kernel/index.js';
import { document2027, notice2027 } from '../../support/notice-2027.js';
import { useSystem, type TestSystem } from '../../support/system.js';
import { plainTrails } from '../../support/entries.js';
import { somebody } from '../../support/people.js';

/** The start of that day, Beijing time. */
export const day = (date: string): string => `${date}T00:00:00+08:00`;
export const key = '2026-1224';

interface Story {
  readonly policies?: { readonly [key: string]: string };
  /** Default Thursday 24 December: five working days by the days known then, 25, 28, 29, 30, 31 December. */
  readonly dispatched?: string;
}

/** One system per story; its clock only moves forward. */
export function useStory(
  load: string,
  { policies = {}, dispatched = '2026-12-24T10:00:00+08:00' }: Story = {},
) {
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
    await completeTask(system(), taskId(standing.id, task), answers, { actor, does: () => true });
  };
  const trail = async () =>
    (
      await system().database.transaction((transaction) => plainTrails(system().trail, transaction, [key]))
    ).get(key) ?? [];
  /** Every timer that fired, and every one that was revoked. */
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

  /** Loads the notice that makes 30 and 31 December days off, or another one, and completes the recomputation. */
  const loadNotice = async (given: object = notice2027, document = document2027): Promise<void> => {
    if (system().clock.now() < new Date(load)) await moveTo(load);
    const notice = readNoticeFile(Buffer.from(JSON.stringify(given)), '安排.json', document);
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
    await complete('SubProcess_CallBack_Task_CallBack', { ...satisfied, callBackRecord: '已回访' }, '审核员');
  };
  return { system, moveTo, file, complete, trail, given, loadNotice, handle, close };
}

async function decide(system: TestSystem, policy: string, value: string): Promise<void> {
  const { id } = await proposePolicy(
    system,
    {
      key: policy,
      value,
      effectiveOn: '2026-12-02',
      reason: '试行',
      document: '试发〔2026〕1号',
    },
    somebody('甲'),
  );
  await rulePolicy(system, id, { decision: 'approve', reason: '同意' }, somebody('乙'));
}
