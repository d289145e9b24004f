/** Calls answered on the spot (Art 23 (1)), run to their end by the real executor. */
import type { WorkOrder } from '#src/sheet/index.js';
import { openCases } from '#src/cases/accept.js';
import { answersOf } from '#src/cases/index.js';
import { scriptFor } from '#src/cases/replay/people.js';
import type { Answer, CaseFile, Command } from '#src/engine/index.js';
import type { JsonObject } from '#src/kernel/index.js';
import type { Law } from '#src/kernel/law.js';
import type { System } from '#src/main.js';

const atOnce = 200;
const minute = 60_000;

/** Answers that differ from the simplest ones: a call, and no written reply. */
const answers: { readonly [task: string]: JsonObject } = {
  Task_Register: { channel: 'phone', kind: 'consultation', wishesReply: false },
  Task_DecideWayOut: { wayOut: 'on-the-spot' },
  Task_AnswerOnSpot: {},
};

/** @param calls times of receipt */
export async function liveCalls(
  { database, executor, laws, sheets, definitions }: System,
  calls: readonly Date[],
): Promise<void> {
  for (let first = 0; first < calls.length; first += atOnce) {
    const taken = calls.slice(first, first + atOnce).map((at, index) => sheetOf(`电话-${first + index}`, at));
    let files = ended(
      await database.transaction((transaction) => openCases({ executor, sheets }, transaction, taken)),
    );
    for (let act = 1; files.some(({ endedAt }) => endedAt === null); act += 1) {
      if (act > Object.keys(answers).length)
        throw new Error('a call that is answered on the spot does not end');
      const commands = files.map((file) => next(definitions, file, act, laws.today()));
      files = ended(await database.transaction((transaction) => executor.executeIn(transaction, commands)));
    }
  }
}

function next(definitions: System['definitions'], file: CaseFile, act: number, law: Law): Command {
  const [task] = [...file.tasks.values()];
  const given = task && answers[task.element];
  if (!task || !given) throw new Error(`${file.businessKey} waits for something else: ${task?.element}`);
  const definition = file.instances.get(task.instance)?.definitionId ?? 0;
  const element = definitions.byId(definition).annotations.element(task.element);
  if (!element) throw new Error(`the definition has no ${task.element}`);
  const at = new Date(file.startedAt.getTime() + act * minute);
  const call = { no: file.businessKey, title: '', text: '', receivedAt: at, repliedAt: at };
  return {
    kind: 'stimulate',
    caseId: file.id,
    instance: task.instance,
    stimulus: { kind: 'complete', task: task.element, token: task.token },
    at,
    actor: '测量：intake',
    ...answersOf(
      element,
      { ...scriptFor(task, call, law).answers(element), ...given },
      { variables: file.variables, at, law },
    ),
  };
}

function ended(outcomes: readonly Answer[]): readonly CaseFile[] {
  return outcomes.map(({ file, refusal }) => {
    if (!file) throw refusal ?? new Error('no case came of it');
    return file;
  });
}

const sheetOf = (no: string, receivedAt: Date): WorkOrder => ({
  no,
  realm: 'replay',
  externalNo: null,
  channel: 'phone',
  kind: 'consultation',
  title: '咨询办事所需材料',
  content: '来电人咨询办理居住证需要哪些材料，在哪里办。',
  callerName: null,
  callerContact: null,
  callerAddress: null,
  replyWanted: false,
  confidential: false,
  language: 'zh',
  messagesWanted: true,
  district: null,
  place: null,
  receivedAt,
});
