/** Findings for a diagram that lets the wrong people act, asks too much or keeps no evidence. */
import type { Expected } from './wanted.js';

export const ofPeople = {
  deeds: {
    'unknown-deed': [{ element: 'Task_A', message: '“办理”写的行为 reply.sent 不在条例的词汇里' }],
    'unknown-fact': [{ element: 'Task_A', message: '“办理”的行为“回复来电人”没有事实 colour' }],
    'not-shown': [
      {
        element: 'Task_A',
        message: '“办理”是“回复来电人”，却没有栏目 replySummary：来电人看不到“承办单位的答复”',
      },
      {
        element: 'Task_A',
        message: '“办理”是“回复来电人”，却没有事实 way：来电人看不到“答复的方式”',
      },
    ],
    'judged-party': [
      {
        element: 'Task_A',
        message: '“办理”由承办单位办，而“认定”依法由裁定人员做：被判断的一方不能自己判断',
      },
    ],
    'no-passes': [
      {
        element: 'Task_A',
        article: '第二十三条第一款第三项',
        message: '“办理”的“已告知”填“否”也当作办过了往下走，J26g 却没有履行',
      },
    ],
  },
  permission: {
    automatic: [
      {
        element: 'Count',
        article: '第二十七条第二款',
        message: '没有人决定就行使了“可以”的权限（J38）：“开始” → “办理” → “不满意？” → “计办理轮次”',
      },
    ],
    forced: [
      {
        element: 'Decide',
        article: '第二十七条第二款',
        message: '“决定是否退回” 以后每一条路都行使“可以”的权限（J38）：可以成了必须',
      },
    ],
    'one-option': [
      {
        element: 'Decide',
        article: '第二十七条第二款',
        message: '“决定是否退回” 行使的是“可以”的权限（J38），却没有人在这里作选择',
      },
    ],
    waiting: [
      {
        element: 'Wait',
        article: '第十六条',
        message: '流程非等到来电人行使权利（J21）才往下走：“来电人要求说明”。这是来电人可以做的，不是必须',
      },
    ],
  },
  separation: {
    'no-role': [{ element: 'Task_A', message: '“办理” 没有写明由哪个角色办' }],
    nobody: [
      {
        element: 'Audit',
        article: '第二十七条第一款',
        message: '“审核反馈” 排除办过 Handel 的人，图里没有这个环节，谁也没有排除',
      },
    ],
    removed: [
      {
        element: 'Task_OrderCorrection',
        article: '第四十条',
        severity: 'warning',
        message: '“责令改正” 不再排除办过“核实线索、收集证据”的人',
      },
    ],
    'same-person': [
      {
        element: 'Audit',
        article: '第二十七条第一款',
        message: '“审核反馈” 和 “反馈” 可能由同一个人办：审核、回访的人不能是办理、反馈的人',
      },
    ],
    'unknown-role': [{ element: 'Task_A', message: '“办理” 的角色“boss”不在角色表里' }],
  },
  'personal-data': {
    accused: [
      {
        element: 'Handle',
        article: '第三十二条第一款',
        message: '“办理” 的“单位”（accusedUnit） 让承办单位知道谁被投诉、举报，这个角色不能看',
      },
    ],
    condition: [
      {
        element: 'Flow_Way_Register',
        article: '第十条',
        message: 'Flow_Way_Register 的条件按来电人的个人信息（callerName）分路，走了哪条路就泄露了它',
      },
    ],
    label: [
      {
        element: 'Register',
        article: '第十条',
        message: '“登记” 的“来电人的联系电话”（line） 要填来电人的个人信息，却会不加密地进入变量和轨迹',
      },
    ],
    open: [
      {
        element: 'Register',
        article: '第十条',
        message: '“登记” 的“来电人姓名”（callerName） 要填来电人的个人信息，却会不加密地进入变量和轨迹',
      },
    ],
    role: [
      {
        element: 'Assess',
        article: '第十条',
        message: '“考核” 的“来电人电话”（callerPhone） 让考核人员知道来电人的个人信息，这个角色不能看',
      },
    ],
  },
  evidence: {
    lost: [
      {
        element: 'Task_OrderCorrection',
        article: '第四十条',
        message: 'J57 的凭据 correctionOrder 再没有表单必填：现行的图里由 “责令改正” 填写',
      },
    ],
    'not-kept': [
      {
        element: 'Reply',
        article: '第二十四条第一款',
        message: '“回复来电人” 的“回复要点”（replySummary）是 J27 的凭据，却不存证',
      },
    ],
    nothing: [
      {
        element: 'Reply',
        article: '第二十四条第一款',
        message: '“回复来电人” 履行义务，表单里却没有必填并存证的栏目：办过以后没有凭据',
      },
    ],
    optional: [
      {
        element: 'Reply',
        article: '第二十四条第一款',
        message: '“回复来电人” 的“回复要点”（replySummary）是 J27 的凭据，却可以不填',
      },
    ],
  },
} satisfies Expected;
