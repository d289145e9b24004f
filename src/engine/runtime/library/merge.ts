import { Refusal } from '../../../kernel/refusal.js';
import type { Serialized, SerializedElement } from './elements.js';

const parts = [
  'activities',
  'associations',
  'dataObjects',
  'dataStores',
  'messageFlows',
  'processes',
  'sequenceFlows',
] as const;

/** What diagrams may both declare, and mean the same by it. */
const declarations = new Set(['bpmn:Message', 'bpmn:Signal', 'bpmn:Error', 'bpmn:Escalation']);

/**
 * One description of several diagrams, those of called processes among them: the library calls only what is
 * described beside the caller, and looks elements up by id across all of it.
 *
 * @throws {Refusal} `definition.unsupported` where two diagrams use one id for different elements
 */
export function merge([first, ...others]: readonly Serialized[]): Serialized {
  if (!first) throw new Refusal('definition.not-found', '没有可以运行的流程。');
  const merged: Serialized = { ...first };
  const known = new Map<string, SerializedElement>();
  for (const part of parts) for (const element of merged[part]) known.set(element.id, element);
  for (const other of others) {
    for (const part of parts) {
      const added = other[part].filter((element) => isNew(element, known));
      merged[part] = [...merged[part], ...added];
    }
  }
  return merged;
}

function isNew(element: SerializedElement, known: Map<string, SerializedElement>): boolean {
  const { id, type, name } = element;
  const other = known.get(id);
  if (!other) {
    known.set(id, element);
    return true;
  }
  if (declarations.has(type) && other.type === type && other.name === name) return false;
  throw new Refusal('definition.unsupported', `主流程和被调用的流程里都有元素 ${id},bpmn-engine 分不清。`, {
    where: id,
    remedy: '请改用默认的 token 运行时,或给其中一个换个标识。',
  });
}
