/** Findings for a diagram that cannot be read, run or put in force. */
import type { Expected } from './wanted.js';

export const ofRunning = {
  'well-formed': {
    dangling: [
      {
        element: 'Flow_Task_A_End',
        message: 'Flow_Task_A_End：引用的“Nowhere”在图中不存在（属性 bpmn:targetRef）',
      },
    ],
    doctype: [{ element: '?', message: '文件含有 DOCTYPE 或 ENTITY 声明，不予接受' }],
    'no-id': [{ element: '?', message: '流程“夜间巡查”没有标识（id），其余各条没有查它' }],
    'error-undeclared': [
      { element: 'Failed_Error', severity: 'warning', message: '引用的错误“Fault_Gone”在图中没有声明' },
    ],
    'type-missing': [
      { element: 'Data_Sheet', severity: 'warning', message: 'Data_Sheet 引用的“Type_Sheet”在图中不存在' },
    ],
    'no-process': [{ element: '?', message: '根元素不是 BPMN 2.0 的 definitions' }],
    truncated: [{ element: '第 7 行', message: '第 7 行：不是合格的 XML：标签没有写对或没有闭合' }],
    'twin-process': [{ element: '第 17 行', message: '第 17 行：标识 handling 重复出现' }],
    'unknown-element': [{ element: '第 11 行', message: '第 11 行：不认识的元素 bpmn:WishTask' }],
  },
  sound: {
    beside: [
      { element: 'Timer', message: '“期限” 不打断原来的环节，它后面的路却汇入了 “回复”：这一步会办两遍' },
    ],
    deadlock: [{ element: 'Join', message: '流程会停在 Join 前面，再也走不下去：它等的另一路可能永远不来' }],
    doubled: [{ element: 'Task_C', message: '“回复” 会被同时到达两次：前面并行的几路没有先合起来' }],
    endless: [{ element: 'Task_B', message: '走到 “退回” 以后只能循环，没有出口，流程永远不会结束' }],
    inside: [{ element: 'Join', message: '流程会停在 Join 前面，再也走不下去：它等的另一路可能永远不来' }],
    unreachable: [
      { element: 'Task_B', message: '从开始事件走不到 “核实”' },
      { element: 'Task_C', message: '从开始事件走不到 “回复”' },
    ],
  },
  executable: {
    'foreign-settings': [
      {
        element: 'Task',
        message: '“办一办” 上别家引擎的设置在这里不起作用：camunda:assignee、camunda:formData',
        severity: 'warning',
      },
    ],
    'limit-not-drawn': [
      {
        element: 'Pause',
        message: '“停下期限”的处理程序 pauseLimit 要动期限 reply，这张图没有计时事件量它',
        severity: 'warning',
      },
    ],
    'form-nobody-fills': [{ element: 'Task', message: '“里面” 上的表单没有人填' }],
    'foreign-mapping': [
      { element: 'Sub', message: '“核对” 的变量对应“asked = ${way.trim()}”看不懂，不会执行' },
    ],
    condition: [
      {
        element: 'Flow_Way_Task_B',
        message:
          'Flow_Way_Task_B 的表达式“this.constructor.constructor("return process")()(”：第 50 个字符附近写法有误',
      },
    ],
    decision: [{ element: 'Task_A', message: '“定级别” 的决策表 levels 没有现行的一版' }],
    'escalation-missing': [{ element: 'Failed', message: '“办不下去” 引用的升级“Fault_Gone”在图中不存在' }],
    handler: [{ element: 'Task_A', message: '“计轮次” 的处理程序 countRuond 没有登记' }],
    javascript: [
      { element: 'Flow_Way_Task_B', message: 'Flow_Way_Task_B 的表达式语言是 javascript，只支持 FEEL' },
    ],
    listener: [
      { element: 'Task_A', message: '扩展属性里有脚本（camunda:taskListener）。流程图里不得带有程序' },
    ],
    'script-task': [{ element: 'Task_A', message: '不支持脚本任务 “算一算”' }],
    timer: [
      {
        element: 'Timer',
        message: '计时事件 “期限” 的时间“五天”既不是 ISO 8601（如 P5D），也不是以 = 开头的 FEEL',
      },
    ],
  },
  scenarios: {
    failed: [
      {
        element: 'draft',
        article: '第二十四条第一款',
        message: '情景“逾期未回复的，红牌”在这份草稿上不再成立：没有红牌',
      },
    ],
    missing: [{ element: 'draft', message: '情景的报告还没有做' }],
    stale: [{ element: 'draft', message: '情景的报告是另一份草稿的，这份草稿还没有做' }],
  },
  behaviour: {
    // A norm that the law no longer has is not owed; a deed that no norm names needs a reason.
    lost: [
      {
        element: 'draft',
        message:
          '同样的办法，现行的做到、这份草稿做不到：升级“黄牌”没有了。走过改动之处的 9 件里有 3 件，例如“限期内答复”',
      },
      {
        element: 'draft',
        severity: 'warning',
        message:
          '同样的办法，现行的做到、这份草稿做不到：“记一笔”没有了。走过改动之处的 9 件里有 1 件，例如“限期内答复”',
      },
    ],
  },
  'replayed-cases': {
    differing: [
      {
        element: 'draft',
        severity: 'warning',
        message: '回放的 1000 件里有 1 件结果不同，例如 2026-7：现行“办结”，草稿“超期办结”',
      },
      {
        element: 'draft',
        severity: 'warning',
        message: '回放的 1000 件里有 1 件升级不同，例如 2026-8：现行“黄牌”，草稿“红牌”',
      },
    ],
    missing: [{ element: 'draft', message: '回放的报告还没有做' }],
    stale: [{ element: 'draft', message: '回放的报告是另一份草稿的，这份草稿还没有做' }],
    unfit: [
      {
        element: 'draft',
        message: '回放的 1000 件里有 1 件走不下去，例如 2026-7：现行“办结”，草稿“停在“办理””',
      },
    ],
  },
  'running-cases': {
    missing: [{ element: 'draft', message: '在办工单的影响的报告还没有做' }],
    stale: [{ element: 'draft', message: '在办工单的影响的报告是另一份草稿的，这份草稿还没有做' }],
    stuck: [
      {
        element: 'Handle',
        article: '第二十四条第一款第一项',
        severity: 'warning',
        message:
          '在办的 12 件里有 1 件不能移到新版本，例如 2026-9：办理，新版本没有它所在的环节。它们按原来的版本办完',
      },
    ],
  },
} satisfies Expected;
