/** Part of rule 12: finds elements that would have no effect. */
import {
  eventDefinitions,
  isActivity,
  label,
  scopeOf,
  type BpmnElement,
} from '../../../engine/model/index.js';
import type { Say } from '../subject.js';

interface Extensions {
  readonly values?: readonly BpmnElement[];
}

const extensionsOf = (element: BpmnElement): readonly string[] =>
  ((element.get('extensionElements') as Extensions | undefined)?.values ?? []).map(({ $type }) => $type);

/** Checks that somebody fills the form: a person at a task, or the sender of the message. */
export function checkForm(element: BpmnElement, say: Say): void {
  const filled =
    /^bpmn:(User|Manual|Receive)Task$/.test(element.$type) ||
    eventDefinitions(element).some(({ messageRef }) => messageRef !== undefined);
  if (filled || !extensionsOf(element).includes('duty:Form')) return;
  say({
    element,
    message: `${label(element)} 上的表单没有人填：它既不是人办的环节，也不等消息。`,
    fix: '把表单移到用户任务上，或者删去。',
  });
}

const vendors = /^(camunda|flowable|activiti|zeebe):/;
/** Extensions that are read like our own (`engine/model/scope.ts`). */
const mappings = /:(ioMapping|inputOutput|in|out)$/;
/** Extensions that are refused as scripts. */
const scripts = /:(script|.*listener)$/i;

/** Reports settings of other vendors' engines. */
export function checkForeign(element: BpmnElement, say: Say): void {
  const reads = isActivity(element) && scopeOf(element) !== undefined;
  const inert = [...Object.keys(element.$attrs), ...extensionsOf(element)].filter(
    (name) => vendors.test(name) && !scripts.test(name) && !(reads && mappings.test(name)),
  );
  if (inert.length === 0) return;
  say({
    severity: 'warning',
    element,
    message: `${label(element)} 上别家引擎的设置在这里不起作用：${[...new Set(inert)].join('、')}。`,
    fix: '要它做的事用这里的写法（角色、表单、处理程序、决策表）写，然后删去它。',
  });
}
