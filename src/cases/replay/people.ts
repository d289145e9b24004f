/**
 * Acts of people in a replayed case. Receipt and reply come from the data; everyone else acts at once and in the
 * plainest way, so that only real delays appear.
 */
import { optionsUnder, type ElementAnnotation, type FormField, type OpenTask } from '../../engine/index.js';
import type { Json, JsonObject } from '../../kernel/index.js';
import { channelBy, usualKind } from '../../kernel/kinds.js';
import type { Law } from '../../kernel/law.js';
import type { Message } from './message.js';

export interface Script {
  /** `on-reply`: when the unit's reply arrives; `at-once`: when the task opens. */
  readonly when: 'at-once' | 'on-reply';
  answers(element: ElementAnnotation): JsonObject;
}

/** Deeds of the unit that its reply of the data is. */
const onReply = ['handling.stated', 'correction.reported'];

/** What people answer where a form leaves the choice, by the deed that it asks for. */
const chosen = (law: Law): { readonly [deed: string]: JsonObject } => ({
  'matter.registered': {
    channel: channelBy('mail', law),
    kind: usualKind(law),
    wishesReply: true,
    confidential: false,
    conduct: 'orderly',
  },
  'way-out.chosen': { wayOut: 'dispatch' },
  'dispatch.decided': { unit: '承办单位', dispatchBasis: 'duty' },
  'matter.received': { receipt: 'accept' },
  'handling.stated': { branch: 'within-limit' },
  // Whoever wrote on the net reads the reply there; it is the only way for those who left no contact.
  'reply.given': { replyChannel: 'online' },
  'feedback.audited': { auditResult: 'pass' },
  'call-back.made': { factsVerified: true, resolved: true, satisfaction: 'satisfied' },
  'finding.made': { established: true, severity: 'ordinary' },
  'finding.delivered': { reviewRequested: false },
});

export function scriptFor(task: Pick<OpenTask, 'deeds'>, message: Message, law: Law): Script {
  return {
    when: task.deeds.some((deed) => onReply.includes(deed)) ? 'on-reply' : 'at-once',
    answers: (element) => ({
      ...Object.fromEntries(
        element.form
          .filter((field) => field.required)
          .map((field) => [field.key, plainAnswer(field, message, law)]),
      ),
      ...task.deeds.reduce<JsonObject>((all, deed) => ({ ...all, ...chosen(law)[deed] }), {}),
    }),
  };
}

function plainAnswer(field: FormField, message: Message, law: Law): Json {
  switch (field.type) {
    case 'boolean':
      return true;
    case 'number':
      return 0;
    case 'choice':
      return optionsUnder(field, law)[0]?.value ?? '';
    case 'longText':
      return replyFields.has(field.key)
        ? (message.reply ?? '').trim().slice(0, 20_000) || '(无答复内容)'
        : '(回放)';
    default:
      return '(回放)';
  }
}

const replyFields = new Set(['replySummary']);
