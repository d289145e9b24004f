/** What each invalid diagram is told, in order: the element, the article where it is not `—`, words of the message. */
import type { RuleName } from '../../src/compliance/index.js';

interface Wanted {
  readonly element: string;
  readonly article?: string;
  readonly severity?: 'warning';
  readonly message: string;
}

export const expected: { readonly [Rule in RuleName]: { readonly [name: string]: readonly Wanted[] } } = {
  'well-formed': {
    dangling: [
      {
        element: 'Flow_Task_A_End',
        message: 'Flow_Task_A_End:引用的“Nowhere”在图中不存在(属性 bpmn:targetRef)',
      },
    ],
    doctype: [{ element: '?', message: '文件含有 DOCTYPE 或 ENTITY 声明,不予接受' }],
    'no-process': [{ element: '?', message: '根元素不是 BPMN 2.0 的 definitions' }],
    truncated: [{ element: '第 7 行', message: '第 7 行:不是合格的 XML:标签没有写对或没有闭合' }],
    'twin-process': [{ element: '第 17 行', message: '第 17 行:标识 handling 重复出现' }],
    'unknown-element': [{ element: '第 11 行', message: '第 11 行:不认识的元素 bpmn:WishTask' }],
  },
  sound: {
    beside: [
      { element: 'Timer', message: '“期限” 不打断原来的环节,它后面的路却汇入了 “回复”:这一步会办两遍' },
    ],
    deadlock: [{ element: 'Join', message: '流程会停在 Join 前面,再也走不下去:它等的另一路可能永远不来' }],
    doubled: [{ element: 'Task_C', message: '“回复” 会被同时到达两次:前面并行的几路没有先合起来' }],
    endless: [{ element: 'Task_B', message: '走到 “退回” 以后只能循环,没有出口,流程永远不会结束' }],
    inside: [{ element: 'Join', message: '流程会停在 Join 前面,再也走不下去:它等的另一路可能永远不来' }],
    unreachable: [
      { element: 'Task_B', message: '从开始事件走不到 “核实”' },
      { element: 'Task_C', message: '从开始事件走不到 “回复”' },
    ],
  },
  'norm-coverage': {
    lost: [
      {
        element: 'Task_Investigate',
        article: '第三十九条',
        message:
          '“监督检查履职、用权、廉洁和操守的情况”(J56)没有环节履行了:现行的图里由 “核实线索、收集证据” 履行',
      },
    ],
    place: [
      {
        element: 'Task_Investigate',
        article: '第四十一条',
        message: '“核实线索、收集证据” 说 J56 在第四十一条,目录里它在第三十九条',
      },
      {
        element: 'Task_Investigate',
        article: '第三十九条',
        severity: 'warning',
        message: '“核实线索、收集证据” 不再链接第三十九条(J56,履行)',
      },
    ],
    removed: [
      {
        element: 'Task_RegisterClue',
        article: '第四十一条',
        severity: 'warning',
        message: '“登记线索、情形” 不再链接第四十一条(J58,记录)',
      },
    ],
    unknown: [
      {
        element: 'Task_Investigate',
        article: '第三十二条第二款',
        message: '“核实线索、收集证据” 写的义务 J99 不在条例目录里',
      },
      {
        element: 'Task_Investigate',
        article: '第三十二条第二款',
        severity: 'warning',
        message: '“核实线索、收集证据” 不再链接第三十二条第二款(J45,检查)',
      },
    ],
  },
  response: {
    cancelled: [
      {
        element: 'Start',
        article: '第二十四条第一款',
        message: '“转出”以后有一条路没有回复来电人就结束了:“转出” → “要求撤单” → “已撤” → “撤单”',
      },
      {
        element: 'Start',
        article: '第二十四条第一款',
        message: '“转出”以后有一条路没有反馈市热线工作机构就结束了:“转出” → “要求撤单” → “已撤” → “撤单”',
      },
      {
        element: 'Cancel',
        article: '第二十七条第一款',
        message: '反馈未经审核,工单就结束了:“转出” → “要求撤单” → “已撤” → “撤单”',
      },
    ],
    interrupted: [
      {
        element: 'Start',
        article: '第二十四条第一款',
        message: '“转出”以后有一条路没有回复来电人就结束了:“转出” → “限时办理” → “届满” → “到此为止”',
      },
      {
        element: 'Start',
        article: '第二十四条第一款',
        message: '“转出”以后有一条路没有反馈市热线工作机构就结束了:“转出” → “限时办理” → “届满” → “到此为止”',
      },
      {
        element: 'End_Cut',
        article: '第二十七条第一款',
        message: '反馈未经审核,工单就结束了:“转出” → “限时办理” → “届满” → “到此为止”',
      },
    ],
    'no-reply': [
      {
        element: 'Start',
        article: '第二十四条第一款',
        message:
          '“转出”以后有一条路没有回复来电人就结束了:“转出” → “限时办理” → “开始计时” → “办理” → …… → “已反馈” → “审核反馈” → “结束”',
      },
    ],
    'not-urged': [
      {
        element: 'Start',
        article: '第二十八条第一款第一项',
        message: '“超期” 以后有一条路没有履行“分级督办”(J39)就结束了:“超期” → “轻微?” → “结束”',
      },
    ],
    terminated: [
      {
        element: 'Start',
        article: '第二十四条第一款',
        message:
          '“转出”以后有一条路没有回复来电人就结束了:“转出” → “限时办理” → “开始计时” → “电话询问” → “作罢” → “审核反馈” → “结束”',
      },
      {
        element: 'Start',
        article: '第二十四条第一款',
        message:
          '“转出”以后有一条路没有反馈市热线工作机构就结束了:“转出” → “限时办理” → “开始计时” → “电话询问” → “作罢” → “审核反馈” → “结束”',
      },
    ],
    unaudited: [
      {
        element: 'End',
        article: '第二十七条第一款',
        message:
          '反馈未经审核,工单就结束了:“转出” → “限时办理” → “开始计时” → “办理” → …… → “已反馈” → “简单?” → “结束”',
      },
    ],
  },
  precedence: {
    accountability: [
      {
        element: 'Find',
        article: '第四十条第一款第二项',
        message:
          '有一条路没有先核对督办的记录,就以经督办仍未办理为由问责:“开始” → “登记线索” → “情形” → “认定”',
      },
    ],
    referral: [
      {
        element: 'Refer',
        article: '第四十二条',
        message:
          '有一条路没有先劝阻并记录,就因恶意反复移送公安机关:“开始” → “登记” → “来电秩序” → “决定移送”',
      },
    ],
    supervision: [
      {
        element: 'NotHandled',
        article: '第四十条第一款第二项',
        message: '有一条路没有先督办,就以经督办仍未办理为由转问责:“开始” → “严重?” → “转问责”',
      },
    ],
  },
  deadline: {
    chain: [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message:
          '“回复期限” 比法定的 5 个工作日宽:2026-02-09 10:30 起算的,法定到 2026-02-14 24:00 为止,图上到 2026-02-24 24:00',
      },
    ],
    date: [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message:
          '“回复期限” 比法定的 5 个工作日宽:2024-11-21 10:30 起算的,法定到 2024-11-28 24:00 为止,图上到 2026-11-23 24:00',
      },
    ],
    expression: [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message:
          '“回复期限” 的期限要到运行时才知道(定时表达式“= wanted”没有得出时长或日期。),无法确认它不比法定的 5 个工作日宽',
      },
    ],
    hours: [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        severity: 'warning',
        message:
          '“回复期限” 不按工作日计,和法定的 5 个工作日不是一回事:2026-09-23 10:30 起算的,法定到 2026-10-08 24:00 为止,图上到 2026-09-28 10:30',
      },
    ],
    'late-start': [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message: '期限 “回复期限” 起算晚了:义务触发以后先要等 “分拣”,这段时间没有计入',
      },
    ],
    natural: [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message:
          '“回复期限” 比法定的 5 个工作日宽:2024-11-24 23:59 起算的,法定到 2024-11-29 24:00 为止,图上到 2024-12-01 23:59',
      },
    ],
    policy: [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message:
          '“回复期限” 比法定的 5 个工作日宽(政策“延期最长”最长可定为 P60D):2026-01-30 10:30 起算的,法定到 2026-02-06 24:00 为止,图上到 2026-05-06 24:00',
      },
    ],
    'promised-later': [
      {
        element: 'Limit',
        article: '第二十四条第二款',
        message: '“办结期限” 不是答复里写明的期限:“= promisedDate + duration("P30D")”不只是答复里的日期',
      },
    ],
    promised: [
      {
        element: 'Limit',
        article: '第二十四条第二款',
        message: '“办结期限” 不是答复里写明的期限:它是一段时长,不是答复里的日期',
      },
    ],
    'six-days': [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message:
          '“回复期限” 比法定的 5 个工作日宽:2026-02-09 10:30 起算的,法定到 2026-02-14 24:00 为止,图上到 2026-02-24 24:00',
      },
    ],
    uncovered: [
      {
        element: 'Late',
        article: '第二十四条第一款',
        message: '“另行反馈” 履行的义务有期限(5 个工作日),却不在任何期限的范围里',
      },
    ],
    'unit-removed': [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        severity: 'warning',
        message:
          '“回复期限” 不按工作日计,和法定的 5 个工作日不是一回事:2026-09-23 10:30 起算的,法定到 2026-10-08 24:00 为止,图上到 2026-09-28 10:30',
      },
    ],
    'unknown-policy': [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message: '“回复期限” 的期限由政策 replyLimit 决定,没有这项政策,无法确认它不比法定的 5 个工作日宽',
      },
    ],
  },
  escalation: {
    message: [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message: '期限 “回复期限” 届满以后没有升级:后面没有升级的级别,没有人接手,也没有消息转入督办',
      },
      { element: 'End_Red', message: '“转督办” 抛出的消息“overduee”没有流程接收,到此为止' },
    ],
    nothing: [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message: '期限 “回复期限” 届满以后没有升级:后面没有升级的级别,没有人接手,也没有消息转入督办',
      },
    ],
    reminder: [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message: '期限 “回复期限” 届满以后只有提醒,没有升级:没有红牌,没有人接手,也没有转入督办',
      },
    ],
  },
  permission: {
    automatic: [
      {
        element: 'Count',
        article: '第二十七条第二款',
        message: '没有人决定就行使了“可以”的权限(J38):“开始” → “办理” → “不满意?” → “计办理轮次”',
      },
    ],
    forced: [
      {
        element: 'Decide',
        article: '第二十七条第二款',
        message: '“决定是否退回” 以后每一条路都行使“可以”的权限(J38):可以成了必须',
      },
    ],
    'one-option': [
      {
        element: 'Decide',
        article: '第二十七条第二款',
        message: '“决定是否退回” 行使的是“可以”的权限(J38),却没有人在这里作选择',
      },
    ],
    waiting: [
      {
        element: 'Wait',
        article: '第十六条',
        message: '流程非等到来电人行使权利(J21)才往下走:“来电人要求说明”。这是来电人可以做的,不是必须',
      },
    ],
  },
  separation: {
    'no-role': [{ element: 'Task_A', message: '“办理” 没有写明由哪个角色办' }],
    nobody: [
      {
        element: 'Audit',
        article: '第二十七条第一款',
        message: '“审核反馈” 的 duty:notBy 写的 Handel 不在图里,谁也没有排除',
      },
    ],
    recusal: [
      {
        element: 'Assign',
        article: '第三十二条第二款',
        message: '“定承办单位” 定下的承办单位没有核对回避就接到了工单:“定承办单位” → “办理”',
      },
    ],
    removed: [
      {
        element: 'Task_OrderCorrection',
        article: '第四十条',
        severity: 'warning',
        message: '“责令改正” 不再排除 Task_Investigate 的经办人',
      },
    ],
    'same-person': [
      {
        element: 'Audit',
        article: '第二十七条第一款',
        message: '“审核反馈” 和 “反馈” 可能由同一个人办:审核、回访的人不能是办理、反馈的人',
      },
    ],
    'unknown-role': [{ element: 'Task_A', message: '“办理” 的角色“boss”不在角色表里' }],
  },
  'personal-data': {
    accused: [
      {
        element: 'Handle',
        article: '第三十二条第一款',
        message: '“办理” 的“单位”(accusedUnit) 让角色 unit 知道谁被投诉、举报,这个角色不能看',
      },
    ],
    condition: [
      {
        element: 'Flow_Way_Register',
        article: '第十条',
        message: 'Flow_Way_Register 的条件按来电人的个人信息(callerName)分路,走了哪条路就泄露了它',
      },
    ],
    label: [
      {
        element: 'Register',
        article: '第十条',
        message: '“登记” 的“来电人的联系电话”(line) 要填来电人的个人信息,却会不加密地进入变量和轨迹',
      },
    ],
    open: [
      {
        element: 'Register',
        article: '第十条',
        message: '“登记” 的“来电人姓名”(callerName) 要填来电人的个人信息,却会不加密地进入变量和轨迹',
      },
    ],
    role: [
      {
        element: 'Assess',
        article: '第十条',
        message: '“考核” 的“来电人电话”(callerPhone) 让角色 assessor 知道来电人的个人信息,这个角色不能看',
      },
    ],
  },
  evidence: {
    lost: [
      {
        element: 'Task_OrderCorrection',
        article: '第四十条',
        message: 'J57 的凭据 correctionOrder 再没有表单必填:现行的图里由 “责令改正” 填写',
      },
    ],
    'not-kept': [
      {
        element: 'Reply',
        article: '第二十四条第一款',
        message: '“回复来电人” 的“回复要点”(replySummary)是 J27 的凭据,却不存证',
      },
    ],
    nothing: [
      {
        element: 'Reply',
        article: '第二十四条第一款',
        message: '“回复来电人” 履行义务,表单里却没有必填并存证的栏目:办过以后没有凭据',
      },
    ],
    optional: [
      {
        element: 'Reply',
        article: '第二十四条第一款',
        message: '“回复来电人” 的“回复要点”(replySummary)是 J27 的凭据,却可以不填',
      },
    ],
  },
  executable: {
    condition: [
      {
        element: 'Flow_Way_Task_B',
        message:
          'Flow_Way_Task_B 的表达式“this.constructor.constructor("return process")()(”:第 50 个字符附近写法有误',
      },
    ],
    handler: [{ element: 'Task_A', message: '“计轮次” 的处理程序 countRuond 没有登记' }],
    javascript: [
      { element: 'Flow_Way_Task_B', message: 'Flow_Way_Task_B 的表达式语言是 javascript,只支持 FEEL' },
    ],
    listener: [
      { element: 'Task_A', message: '扩展属性里有脚本(camunda:taskListener)。流程图里不得带有程序' },
    ],
    'script-task': [{ element: 'Task_A', message: '不支持脚本任务 “算一算”' }],
    timer: [
      {
        element: 'Timer',
        message: '计时事件 “期限” 的时间“五天”既不是 ISO 8601(如 P5D),也不是以 = 开头的 FEEL',
      },
    ],
  },
  scenarios: {
    failed: [
      {
        element: 'draft',
        article: '第二十四条第一款',
        message: '情景“逾期未回复的,红牌”在这份草稿上不再成立:没有红牌',
      },
    ],
    missing: [{ element: 'draft', message: '情景的报告还没有做' }],
    stale: [{ element: 'draft', message: '情景的报告是另一份草稿的,这份草稿还没有做' }],
  },
  'replayed-cases': {
    differing: [
      {
        element: 'draft',
        severity: 'warning',
        message: '回放的 1000 件里有 1 件结果不同,例如 2026-7:现行“办结”,草稿“超期办结”',
      },
      {
        element: 'draft',
        severity: 'warning',
        message: '回放的 1000 件里有 1 件升级不同,例如 2026-8:现行“黄牌”,草稿“红牌”',
      },
    ],
    missing: [{ element: 'draft', message: '回放的报告还没有做' }],
    stale: [{ element: 'draft', message: '回放的报告是另一份草稿的,这份草稿还没有做' }],
    unfit: [
      {
        element: 'draft',
        message: '回放的 1000 件里有 1 件走不下去,例如 2026-7:现行“办结”,草稿“停在“办理””',
      },
    ],
  },
  'running-cases': {
    missing: [{ element: 'draft', message: '在办工单的影响的报告还没有做' }],
    stale: [{ element: 'draft', message: '在办工单的影响的报告是另一份草稿的,这份草稿还没有做' }],
    stuck: [
      {
        element: 'Handle',
        article: '第二十四条第一款第一项',
        severity: 'warning',
        message:
          '在办的 12 件里有 1 件不能移到新版本,例如 2026-9:办理,新版本没有它所在的环节。它们按原来的版本办完',
      },
    ],
  },
};
