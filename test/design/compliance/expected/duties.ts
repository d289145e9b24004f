/** Findings for a diagram that drops, delays or misplaces what the law requires. */
import type { Expected } from './wanted.js';

export const ofDuties = {
  'norm-coverage': {
    lost: [
      {
        element: 'Task_Investigate',
        article: '第三十九条',
        message:
          '“监督检查履职、用权、廉洁和操守的情况”（J56）没有环节履行了：现行的图里由 “核实线索、收集证据” 履行',
      },
    ],
    place: [
      {
        element: 'Task_Investigate',
        article: '第四十一条',
        message: '“核实线索、收集证据” 说 J56 在第四十一条，目录里它在第三十九条',
      },
      {
        element: 'Task_Investigate',
        article: '第三十九条',
        severity: 'warning',
        message: '“核实线索、收集证据” 不再链接第三十九条（J56，履行）',
      },
    ],
    removed: [
      {
        element: 'Task_RegisterClue',
        article: '第四十一条',
        severity: 'warning',
        message: '“登记线索、情形” 不再链接第四十一条（J58，记录）',
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
        message: '“核实线索、收集证据” 不再链接第三十二条第二款（J45，检查）',
      },
    ],
  },
  response: {
    cancelled: [
      {
        element: 'Start',
        article: '第二十四条第一款',
        message:
          '“五个工作日内办理并回复来电人”（J27）由“转出”引起以后，有一条路没有“办理并写明情形”、“回复来电人”就结束了：“转出” → “要求撤单” → “已撤” → “撤单”',
      },
      {
        element: 'Start',
        article: '第二十四条第一款',
        message:
          '“五个工作日内反馈市热线工作机构”（J27b）由“转出”引起以后，有一条路没有“办理并写明情形”、“反馈市热线工作机构”就结束了：“转出” → “要求撤单” → “已撤” → “撤单”',
      },
      {
        element: 'Feedback',
        article: '第二十七条第一款',
        message:
          '“逐件审核，回访核实，请来电人评价”（J37）由“反馈”引起以后，有一条路没有“回访核实”就结束了：“要求撤单” → “已撤” → “撤单”',
      },
      {
        element: 'Feedback',
        article: '第二十七条第一款',
        message:
          '“逐件审核阶段性反馈”（J37a）由“反馈”引起以后，有一条路没有“审核阶段性反馈”就结束了：“要求撤单” → “已撤” → “撤单”',
      },
    ],
    interrupted: [
      {
        element: 'Start',
        article: '第二十四条第一款',
        message:
          '“五个工作日内办理并回复来电人”（J27）由“转出”引起以后，有一条路没有“办理并写明情形”、“回复来电人”就结束了：“转出” → “限时办理” → “届满” → “到此为止”',
      },
      {
        element: 'Start',
        article: '第二十四条第一款',
        message:
          '“五个工作日内反馈市热线工作机构”（J27b）由“转出”引起以后，有一条路没有“办理并写明情形”、“反馈市热线工作机构”就结束了：“转出” → “限时办理” → “届满” → “到此为止”',
      },
      {
        element: 'Feedback',
        article: '第二十七条第一款',
        message:
          '“逐件审核，回访核实，请来电人评价”（J37）由“反馈”引起以后，有一条路没有“回访核实”就结束了：“届满” → “到此为止”',
      },
      {
        element: 'Feedback',
        article: '第二十七条第一款',
        message:
          '“逐件审核阶段性反馈”（J37a）由“反馈”引起以后，有一条路没有“审核阶段性反馈”就结束了：“届满” → “到此为止”',
      },
    ],
    'no-reply': [
      {
        element: 'Start',
        article: '第二十四条第一款',
        message:
          '“五个工作日内办理并回复来电人”（J27）由“转出”引起以后，有一条路没有“回复来电人”就结束了：“转出” → “限时办理” → “开始计时” → “办理” → …… → “已反馈” → “审核反馈” → “结束”',
      },
    ],
    'not-relayed': [
      {
        element: 'Reply',
        article: '第二十四条第一款',
        message:
          '“承办单位的答复交热线转达的，转达来电人”（J27r）由“回复来电人”引起以后，有一条路没有“转达答复”就结束了：',
      },
    ],
    'not-urged': [
      {
        element: 'Start',
        article: '第二十八条',
        message:
          '“分级督办”（J39）由“超期”引起以后，有一条路没有“发督办单”、“督办结束”就结束了：“超期” → “轻微？” → “结束”',
      },
    ],
    terminated: [
      {
        element: 'Start',
        article: '第二十四条第一款',
        message:
          '“五个工作日内办理并回复来电人”（J27）由“转出”引起以后，有一条路没有“办理并写明情形”、“回复来电人”就结束了：“转出” → “限时办理” → “开始计时” → “电话询问” → “作罢” → “审核反馈” → “结束”',
      },
      {
        element: 'Start',
        article: '第二十四条第一款',
        message:
          '“五个工作日内反馈市热线工作机构”（J27b）由“转出”引起以后，有一条路没有“办理并写明情形”、“反馈市热线工作机构”就结束了：“转出” → “限时办理” → “开始计时” → “电话询问” → “作罢” → “审核反馈” → “结束”',
      },
    ],
  },
  precedence: {
    recusal: [
      {
        element: 'Handle',
        article: '第三十二条第二款',
        message: '有一条路没有先核对回避，就把工单交到承办单位：“定承办单位” → “办理”',
      },
    ],
    unaudited: [
      {
        element: 'End',
        article: '第二十七条第一款',
        message:
          '有一条路没有先审核反馈，就归档：“转出” → “限时办理” → “开始计时” → “办理” → …… → “已反馈” → “简单？” → “结束”',
      },
    ],
    accountability: [
      {
        element: 'Find',
        article: '第四十条第一款第二项',
        message:
          '有一条路没有先核对督办的记录，就以经督办仍未办理为由问责：“开始” → “登记线索” → “情形” → “认定”',
      },
    ],
    referral: [
      {
        element: 'Refer',
        article: '第四十二条',
        message:
          '有一条路没有先劝阻并记录，就因恶意反复移送公安机关：“开始” → “登记” → “来电秩序” → “决定移送”',
      },
    ],
    supervision: [
      {
        element: 'NotHandled',
        article: '第四十条第一款第二项',
        message: '有一条路没有先督办，就以经督办仍未办理为由转问责：“开始” → “严重？” → “转问责”',
      },
    ],
  },
  deadline: {
    chain: [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message:
          '“回复期限” 比法定的 5 个工作日宽：2026-02-09 10:30 起算的，法定到 2026-02-14 24:00 为止，图上到 2026-02-24 24:00',
      },
    ],
    date: [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message:
          '“回复期限” 比法定的 5 个工作日宽：2024-11-21 10:30 起算的，法定到 2024-11-28 24:00 为止，图上到 2026-11-23 24:00',
      },
    ],
    expression: [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message:
          '“回复期限” 的期限要到运行时才知道（定时表达式“= wanted”没有得出时长或日期。），无法确认它不比法定的 5 个工作日宽',
      },
    ],
    hours: [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        severity: 'warning',
        message:
          '“回复期限” 不按工作日计，和法定的 5 个工作日不是一回事：2026-09-23 10:30 起算的，法定到 2026-10-08 24:00 为止，图上到 2026-09-28 10:30',
      },
    ],
    'late-start': [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message: '期限 “回复期限” 起算晚了：义务触发以后先要等 “分拣”，这段时间没有计入',
      },
    ],
    natural: [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message:
          '“回复期限” 比法定的 5 个工作日宽：2024-11-24 23:59 起算的，法定到 2024-11-29 24:00 为止，图上到 2024-12-01 23:59',
      },
    ],
    policy: [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message:
          '“回复期限” 比法定的 5 个工作日宽（政策“延期最长”最长可定为 P60D）：2026-01-30 10:30 起算的，法定到 2026-02-06 24:00 为止，图上到 2026-05-06 24:00',
      },
    ],
    'promised-later': [
      {
        element: 'Limit',
        article: '第二十四条第二款',
        message:
          '“办结期限” 不是条例的期限（合于所写情形的 所答复的期限，其余 所答复的期限）：长短写在了图上',
      },
    ],
    promised: [
      {
        element: 'Limit',
        article: '第二十四条第二款',
        message:
          '“办结期限” 不是条例的期限（合于所写情形的 所答复的期限，其余 所答复的期限）：长短写在了图上',
      },
    ],
    'six-days': [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message:
          '“回复期限” 比法定的 5 个工作日宽：2026-02-09 10:30 起算的，法定到 2026-02-14 24:00 为止，图上到 2026-02-24 24:00',
      },
    ],
    uncovered: [
      {
        element: 'Late',
        article: '第二十四条第一款',
        message: '“另行反馈” 履行的义务有期限（5 个工作日），却不在任何期限的范围里',
      },
    ],
    'unit-removed': [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        severity: 'warning',
        message:
          '“回复期限” 不按工作日计，和法定的 5 个工作日不是一回事：2026-09-23 10:30 起算的，法定到 2026-10-08 24:00 为止，图上到 2026-09-28 10:30',
      },
    ],
    'unknown-policy': [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message: '“回复期限” 的期限由政策 replyLimit 决定，没有这项政策，无法确认它不比法定的 5 个工作日宽',
      },
    ],
  },
  escalation: {
    message: [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message: '期限 “回复期限” 届满以后没有升级：后面没有升级的级别，没有人接手，也没有消息转入督办',
      },
      { element: 'End_Red', message: '“转督办” 抛出的消息“overduee”没有流程接收，到此为止' },
    ],
    'no-supervision': [
      {
        element: 'Limit',
        article: '第二十八条',
        message: '期限 “回复期限” 届满以后给了级别，却没有什么引起“分级督办”（J39）：超期的到此为止',
      },
    ],
    nothing: [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message: '期限 “回复期限” 届满以后没有升级：后面没有升级的级别，没有人接手，也没有消息转入督办',
      },
    ],
    reminder: [
      {
        element: 'Limit',
        article: '第二十四条第一款',
        message: '期限 “回复期限” 届满以后只有提醒，没有升级：没有红牌，没有人接手，也没有转入督办',
      },
    ],
  },
} satisfies Expected;
