/**
 * Acts of people in a replayed case. Receipt and reply come from the data; all other acts happen at
 * once and in the simplest way, so that only real delays appear.
 */
import { optionsUnder, type ElementAnnotation, type FormField, type OpenTask } from '../../engine/index.js';
import { accusedText } from '../../kernel/accused.js';
import type { Json, JsonObject } from '../../kernel/index.js';
import { channelBy, usualKind, wayAsking } from '../../kernel/kinds.js';
import type { Law } from '../../kernel/law.js';
import { answersOfSheet } from '../../kernel/program-fields.js';
import type { Message } from './message.js';

export interface Script {
  /** `on-reply`: when the unit's reply arrives; `at-once`: when the task opens. */
  readonly when: 'at-once' | 'on-reply';
  answers(element: ElementAnnotation): JsonObject;
}

/** Deeds of the unit that correspond to its reply in the data. */
const onReply = ['handling.stated', 'correction.reported'];

/** Sheet fields that are the same for every message. */
export const sheetSaid = (law: Law) => ({
  channel: channelBy('mail', law),
  kind: usualKind(law),
  replyWanted: true,
  confidential: false,
});

export function scriptFor(task: Pick<OpenTask, 'deeds'>, message: Message, law: Law): Script {
  const reply = (message.reply ?? '').trim().slice(0, 20_000) || '（无答复内容）';
  const said = task.deeds.includes('reply.given') ? reply : written;
  const known: JsonObject = { ...answersOfSheet(sheetSaid(law)), wayOut: wayAsking('unit', law) ?? null };
  return {
    when: task.deeds.some((deed) => onReply.includes(deed)) ? 'on-reply' : 'at-once',
    answers: (element) =>
      Object.fromEntries(
        element.form
          .filter(({ required }) => required)
          .map((field) => [field.key, known[field.key] ?? plainAnswer(field, said, law)]),
      ),
  };
}

const written = '（回放）';

function plainAnswer(field: FormField, said: string, law: Law): Json {
  const { presumed } = field;
  switch (field.type) {
    case 'boolean':
      return presumed !== 'false';
    case 'number':
      return 0;
    case 'choice':
      return presumed ?? optionsUnder(field, law)[0]?.value ?? '';
    case 'longText':
      return said;
    case 'unit':
      return '承办单位';
    case 'accused':
      return accusedText({ kind: 'unit', key: '承办单位' });
    default:
      return written;
  }
}
