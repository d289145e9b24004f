/** Limits set to the date promised in the reply. */
import type { FlowNode } from '../../../engine/model/index.js';
import { fieldsOf } from '../links.js';
import type { Subject } from '../subject.js';
import { timerOf } from './timer.js';

/** The fault in Chinese; undefined if the limit is exactly that date. */
export function promisedDateFault(subject: Subject, limit: FlowNode): string | undefined {
  const timer = timerOf(limit);
  const text = timer?.timeDate?.body?.trim();
  if (text === undefined) return '它是一段时长,不是答复里的日期';
  const name = /^=\s*([A-Za-z_]\w*)$/.exec(text)?.[1];
  if (name === undefined) return `“${text}”不只是答复里的日期`;
  const isAsked = subject.elements.nodes.some((node) =>
    fieldsOf(subject, node).some(({ key, type, required }) => key === name && type === 'date' && required),
  );
  return isAsked ? undefined : `没有表单必填日期 ${name}`;
}
