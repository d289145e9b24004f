/** The fields of an accepted sheet that can be corrected, one per line. */
import type { JsonObject } from '../kernel/index.js';
import type { CallerField } from './caller.js';
import type { WorkOrder } from './work-order.js';

interface Correctable {
  readonly label: string;
  /**
   * How the trail stores old and new values. `plain`: in the entry; `sealed`: beside the entry,
   * because people wrote the text; a caller's field: as a digest, with the value in the caller's
   * row; `place`: by its digest, with the parts that may be shown.
   */
  readonly kept: 'plain' | 'sealed' | 'place' | { readonly caller: CallerField };
  /** Missing for the caller's fields, which have a table of their own, and for the place, which has several columns. */
  readonly column?: string;
  /** The process variable that copies the field. */
  readonly variable?: string;
}

const correctable = {
  title: { label: '标题', kept: 'sealed', column: 'title' },
  content: { label: '内容', kept: 'sealed', column: 'content' },
  district: { label: '属地', kept: 'sealed', column: 'district' },
  place: { label: '事发地点', kept: 'place' },
  channel: { label: '渠道', kept: 'plain', column: 'channel', variable: 'channel' },
  kind: { label: '类别', kept: 'plain', column: 'kind', variable: 'kind' },
  confidential: { label: '要求保密', kept: 'plain', column: 'confidential', variable: 'confidential' },
  replyWanted: { label: '要求回复', kept: 'plain', column: 'reply_wanted', variable: 'wishesReply' },
  language: { label: '语言', kept: 'plain', column: 'language' },
  messagesWanted: { label: '愿意收消息', kept: 'plain', column: 'messages_wanted' },
  callerName: { label: '来电人姓名', kept: { caller: 'name' } },
  callerContact: { label: '来电人联系方式', kept: { caller: 'contact' } },
  callerAddress: { label: '来电人地址', kept: { caller: 'address' } },
} as const satisfies { readonly [Field in keyof WorkOrder]?: Correctable };

export type CorrectableField = keyof typeof correctable;
export const correctableFields = Object.keys(correctable) as readonly CorrectableField[];

/** New values of the fields that change; null removes one. */
export type Corrections = { readonly [Field in CorrectableField]?: WorkOrder[Field] | undefined };

export const kindOfField = (field: CorrectableField): Correctable => correctable[field];

/**
 * The sheet with the values in force in its case: when the sheet was registered, a variable that
 * copies a field may have got another answer.
 */
export function asRegistered<Sheet extends WorkOrder>(sheet: Sheet, variables: JsonObject): Sheet {
  const answered = correctableFields.flatMap((field) => {
    const { variable } = kindOfField(field);
    const value = variable === undefined ? undefined : variables[variable];
    return value !== undefined && typeof value === typeof sheet[field] ? [[field, value] as const] : [];
  });
  return { ...sheet, ...Object.fromEntries(answered) };
}
