/**
 * Acts of people in a replayed case. Receipt and reply come from the data; everyone else acts at once and in the
 * plainest way, so that only real delays appear.
 */
import type { ElementAnnotation, FormField, OpenTask } from '../../engine/index.js';
import type { Json, JsonObject } from '../../kernel/index.js';
import type { Message } from './message.js';

export interface Script {
  /** `on-reply`: when the unit's reply arrives; `at-once`: when the task opens. */
  readonly when: 'at-once' | 'on-reply';
  answers(element: ElementAnnotation): JsonObject;
}

/** The unit's own tasks, answered with the reply of the data. */
const onReply = new Set(['Task_Handle', 'Task_Rectify']);

/** Exceptions to taking a form's first choice. */
const chosen: { readonly [element: string]: JsonObject } = {
  Task_Register: {
    channel: 'mailbox',
    kind: 'help',
    wishesReply: true,
    confidential: false,
    conduct: 'orderly',
  },
  Task_DecideWayOut: { wayOut: 'dispatch' },
  Task_Dispatch: { unit: '承办单位', dispatchBasis: 'duty' },
  Task_Receive: { receipt: 'accept' },
  Task_Handle: { branch: 'within-limit' },
  Task_AuditFeedback: { auditResult: 'pass' },
  Task_CallBack: { factsVerified: true, resolved: true, satisfaction: 'satisfied' },
  Task_Find: { established: true, severity: 'ordinary' },
  Task_Deliver: { reviewRequested: false },
};

export function scriptFor(task: Pick<OpenTask, 'element'>, message: Message): Script {
  return {
    when: onReply.has(task.element) ? 'on-reply' : 'at-once',
    answers: (element) => ({
      ...Object.fromEntries(
        element.form
          .filter((field) => field.required)
          .map((field) => [field.key, plainAnswer(field, message)]),
      ),
      ...chosen[task.element],
    }),
  };
}

function plainAnswer(field: FormField, message: Message): Json {
  switch (field.type) {
    case 'boolean':
      return true;
    case 'number':
      return 0;
    case 'choice':
      return field.options[0]?.value ?? '';
    case 'longText':
      return replyFields.has(field.key)
        ? (message.reply ?? '').trim().slice(0, 20_000) || '(无答复内容)'
        : '(回放)';
    default:
      return '(回放)';
  }
}

const replyFields = new Set(['replySummary']);
