/** Sheets run on the real engine and database with a simulated clock, for the assessment's tests. */
import { answersOf } from '../../../src/cases/form.js';
import { openCases } from '../../../src/cases/accept.js';
import { loadCasesByKey } from '../../../src/engine/index.js';
import type { JsonObject } from '../../../src/kernel/index.js';
import type { TestSystem } from '../../support/system.js';

export function createLife(system: () => TestSystem, year = '2026') {
  let count = 0;
  const instant = (text: string): Date => new Date(`${year}-${text}:00+08:00`);
  const arrive = (text: string): Date => {
    const at = instant(text);
    system().clock.moveTo(at);
    return at;
  };

  const complete = async (no: string, element: string, answers: JsonObject, when: string): Promise<void> => {
    const at = arrive(when);
    await system().database.transaction(async (transaction) => {
      const file = (await loadCasesByKey(transaction, [no])).get(no);
      if (!file) throw new Error(`there is no ${no}`);
      await system().definitions.prepare(transaction, [file]);
      const task = [...file.tasks.values()].find((one) => one.element === element);
      const definition = file.instances.get(task?.instance ?? 0)?.definitionId ?? 0;
      if (!task) {
        throw new Error(
          `${no}: ${element} is not open: ${[...file.tasks.values()].map((one) => one.element).join()}`,
        );
      }
      const annotation = system().definitions.byId(definition).annotations.element(element);
      if (!annotation) throw new Error(`there is no ${element}`);
      const [answer] = await system().executor.executeIn(transaction, [
        {
          kind: 'stimulate',
          caseId: file.id,
          instance: task.instance,
          stimulus: { kind: 'complete', task: element, token: task.token },
          at,
          actor: '测试',
          ...answersOf(annotation, answers, {
            variables: file.variables,
            at,
            law: system().laws.today(),
          }),
        },
      ]);
      if (answer?.refusal) throw answer.refusal;
    });
  };

  const receive = (no: string, when: string) => complete(no, 'Task_Receive', { receipt: 'accept' }, when);

  return {
    complete,
    receive,
    /** @returns its number */
    dispatched: async (
      when: string,
      unit: string,
      district: string | null = null,
      title = '停水',
    ): Promise<string> => {
      const at = arrive(when);
      const no = `${year}-${String(++count).padStart(4, '0')}`;
      await system().database.transaction((transaction) =>
        openCases(system(), transaction, [
          {
            no,
            realm: 'live',
            externalNo: null,
            channel: 'phone',
            kind: 'complaint',
            title,
            content: `${title}了`,
            callerName: '来电人甲',
            callerAddress: null,
            callerContact: '13800000000',
            replyWanted: true,
            confidential: false,
            language: 'zh',
            messagesWanted: true,
            district,
            place: null,
            receivedAt: at,
          },
        ]),
      );
      const register = {
        channel: 'phone',
        kind: 'complaint',
        wishesReply: true,
        confidential: false,
        accusation: 'matter',
      };
      await complete(no, 'Task_Register', { ...register, conduct: 'orderly' }, when);
      await complete(no, 'Task_DecideWayOut', { wayOut: 'dispatch' }, when);
      await complete(no, 'Task_Dispatch', { unit, dispatchBasis: 'duty' }, when);
      return no;
    },
    /** Signed if necessary, handled, replied, called back, at one instant. */
    handled: async (
      no: string,
      when: string,
      satisfaction: string,
      rework?: 'return' | 'close',
    ): Promise<void> => {
      const files = await system().database.transaction((tx) => loadCasesByKey(tx, [no]));
      const open = [...(files.get(no)?.tasks.values() ?? [])].map(({ element }) => element);
      if (open.includes('Task_Receive')) await receive(no, when);
      await complete(no, 'Task_Handle', { branch: 'within-limit', handlingResult: '略' }, when);
      await complete(no, 'Task_ReplyCaller', { replySummary: '略', replyChannel: 'phone' }, when);
      await complete(no, 'Task_Feedback', { feedbackSummary: '略' }, when);
      await complete(no, 'Task_AuditFeedback', { auditResult: 'pass', auditReason: '略' }, when);
      const resolved = satisfaction !== 'unsatisfied';
      const record = { factsVerified: true, resolved, satisfaction, callBackRecord: '略' };
      await complete(no, 'SubProcess_CallBack_Task_CallBack', record, when);
      if (rework)
        await complete(no, 'Task_DecideRework', { reworkDecision: rework, reworkReason: '略' }, when);
    },
    send: async (no: string, message: string, variables: JsonObject, when: string): Promise<void> => {
      const at = arrive(when);
      await system().database.transaction(async (transaction) => {
        const file = (await loadCasesByKey(transaction, [no])).get(no);
        if (!file) throw new Error(`there is no ${no}`);
        const [answer] = await system().executor.executeIn(transaction, [
          { kind: 'send', caseId: file.id, message, at, variables },
        ]);
        if (answer?.refusal) throw answer.refusal;
      });
    },
    /** Fires all that is due by then. */
    fallDue: async (when: string): Promise<void> => {
      const until = arrive(when);
      const rows = await system().database.transaction((tx) =>
        tx.query<{ id: string }>(
          "SELECT id::text AS id FROM hotline.process_case WHERE ended_at IS NULL AND realm = 'live'",
        ),
      );
      await system().executor.execute(rows.map(({ id }) => ({ kind: 'fall-due', caseId: id, until })));
    },
  };
}
