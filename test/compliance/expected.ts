/** What each invalid diagram is told, in order: the element, the article where it is not `—`, words of the message. */
import type { RuleName } from '../../src/compliance/index.js';

interface Wanted {
  readonly element: string;
  readonly article?: string;
  readonly severity?: 'warning';
  readonly message: string;
}

export const expected: { readonly [Rule in RuleName]?: { readonly [name: string]: readonly Wanted[] } } = {
  'well-formed': {
    truncated: [{ element: '第 7 行', message: '不是合格的 XML' }],
    doctype: [{ element: '?', message: 'DOCTYPE' }],
    'twin-process': [{ element: '第 17 行', message: '标识 handling 重复出现' }],
    'unknown-element': [{ element: '第 11 行', message: 'bpmn:WishTask' }],
    dangling: [{ element: 'Flow_Task_A_End', message: '“Nowhere”在图中不存在' }],
    'no-process': [{ element: '?', message: '不是 BPMN 2.0 的 definitions' }],
  },
  sound: {
    deadlock: [{ element: 'Join', message: '再也走不下去' }],
    doubled: [{ element: 'Task_C', message: '“回复” 会被同时到达两次' }],
    endless: [{ element: 'Task_B', message: '没有出口' }],
    unreachable: [
      { element: 'Task_B', message: '走不到' },
      { element: 'Task_C', message: '走不到' },
    ],
    beside: [{ element: 'Timer', message: '会办两遍' }],
    inside: [{ element: 'Join', message: '再也走不下去' }],
  },
  executable: {
    'script-task': [{ element: 'Task_A', message: '不支持脚本任务' }],
    handler: [{ element: 'Task_A', message: 'countRuond 没有登记' }],
    condition: [{ element: 'Flow_Way_Task_B', message: '写法有误' }],
    javascript: [{ element: 'Flow_Way_Task_B', message: '只支持 FEEL' }],
    listener: [{ element: 'Task_A', message: '有脚本(camunda:taskListener)' }],
    timer: [{ element: 'Timer', message: '“五天”既不是 ISO 8601' }],
  },
};
