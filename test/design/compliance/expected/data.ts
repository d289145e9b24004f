import type { Expected } from './wanted.js';

const yes = (message: string, severity?: 'warning') => [
  { element: 'Flow_Yes', message, ...(severity ? { severity } : {}) },
];

const dead = (element: string, message: string) => [{ element, message, severity: 'warning' as const }];

export const ofData = {
  names: {
    misspelt: yes('顺序流到“成立”的条件：没有变量 wya，最接近的是 way'),
    unknown: yes('没有变量 approvedByMayor'),
    key: [
      { element: 'Task_Ask', message: '“问一问”的栏目“签批”的变量名“签批”不合规定' },
      { element: 'Task_Ask', message: '“问一问”有两个栏目的变量名都是 urgent' },
    ],
    'own-outside': [
      { element: 'Flow_0', message: '顺序流到End的条件：found 只在“核对”里面有，到这里没有了' },
    ],
    'own-alike': [
      {
        element: 'Sub',
        message: '“核对”自己的变量 way 与外面的同名（“问一问”的栏目“怎么办”）：看不出说的是哪一个',
      },
    ],
    later: yes('用到 way，没有一条路到这里填过它'),
    'some-path': [{ element: 'Flow_Many', message: '用到 tally，有一条路到这里还没有填它：“先问”' }],
  },
  conditions: {
    'not-an-option': yes('way 没有选项 "kept"，有的是 keep、pass、drop'),
    'text-as-number': yes('remark（文字）和 3（数）不能比较'),
    'date-as-text': yes('变量里的日期存成文字'),
    'two-equals': yes('“==”不是 FEEL 的写法'),
    'three-signs': yes('“!==”不是 FEEL 的写法'),
    'not-without-brackets': yes('“not urgent”不是“否”的写法'),
    'full-stop': yes('“。”是全角的标点'),
    fraction: yes('小数算出来的不恰好相等：0.1 + 0.2'),
    'no-such-function': yes('没有函数 foo'),
    'truth-as-text': yes('urgent（是或者否）和 "no"（文字）不能比较'),
    'regular-expression': yes('此函数不支持：matches'),
    'times-duration': yes('此运算不支持：时长*数'),
    'no-judgement': yes('不是判断，永远不成立：remark'),
    'own-option': [{ element: 'S3', message: 'asked 没有选项 "kept"，有的是 keep、pass' }],
    'handed-out': [{ element: 'Flow_0', message: 'result（文字）和 3（数）不能比较' }],
    never: yes('永远不成立，不论怎么填'),
    always: yes('总是成立，不论怎么填', 'warning'),
  },
  exits: {
    option: [
      {
        element: 'Gateway',
        message:
          '“怎么走”：栏目“怎么办”（way）选“放弃”（drop）时，没有一条出口成立，流程停在这里：“问一问” → “怎么走”',
      },
    ],
    optional: [{ element: 'Gateway', message: '栏目“怎么办”（way）没有填时，没有一条出口成立' }],
    number: [{ element: 'Gateway', message: '栏目“件数”（tally）为 3时，没有一条出口成立' }],
    own: [
      {
        element: 'Inside',
        message: 'asked（“核对”自己的变量）为 "keep"、栏目“结果”（found）选“不实”（wrong）；',
      },
    ],
    'handed-out': [
      {
        element: 'Gateway',
        message: 'result（“核对”带出来的）为 "wrong"、栏目“怎么办”（way）选“留下”（keep）时',
      },
    ],
    unprovable: [{ element: 'Gateway', message: '“怎么走” 的各条出口合起来是否周全，看不出来' }],
  },
  listeners: {
    'prepare-lost': [
      { element: 'assessment', message: '现行的图由程序备好数字以后从“考核周期结束”开始' },
      { element: 'assessment', message: '现行的图由程序备好数字以后从“一个月结束”开始' },
    ],
    'never-begun': [{ element: 'Start', severity: 'warning', message: '没有什么引起这个流程' }],
    'timer-start': [{ element: 'Start', message: '“每周” 要程序准备“nobody-prepares-it”，程序没有这一项' }],
    'signal-start': [{ element: 'Start', message: '“汛情” 等的信号“flood”，各个流程里都没有事件抛出' }],
    signal: [{ element: 'Listen', message: '“等汛情” 等的信号“flood”，各个流程里都没有事件抛出' }],
    'signal-thrown': [{ element: 'Shout', message: '“喊汛情” 抛出的信号“flood”，各个流程里都没有事件接收' }],
    error: [
      { element: 'Task_Assign', message: '的处理程序 assignUnit 会报错“recusal”，没有事件接收' },
      { element: 'Gone', message: '“办不下去” 等的错误“gone”，“交办” 里没有什么抛出' },
    ],
    'error-thrown': [{ element: 'Shout', message: '“报错” 抛出的错误“gone”，外面没有事件接收' }],
    'handler-error': [
      { element: 'Task', message: '“查重” 的处理程序 verifyRepeat 会报错“not-a-repeat”，没有事件接收' },
    ],
    message: [{ element: 'Listen', message: '“等消息” 等的消息“nobody-sends-it”没有谁发' }],
  },
  'dead-conditions': {
    'chosen-before': dead(
      'Flow_Again',
      '顺序流“又放弃”的条件在这里永远不成立：走到“再分”，栏目“怎么办”（way）只会是“留下”（keep）、“转出”（pass）（由“先分”的出口“不放弃”定）',
    ),
    always: dead('Flow_Again', '顺序流“又放弃”的条件在这里总是成立'),
    'not-offered': dead(
      'Flow_Again',
      '走到“再分”，栏目“怎么办”（way）只会是“留下”（keep）、“转出”（pass）（由“再问”定）',
    ),
    waits: dead('Wait', '“等放弃”的条件在这里永远不成立'),
    repeats: dead('Work', '“逐次办”的重复在这里永远不成立'),
    'after-join': dead('Flow_Again', '顺序流“又放弃”的条件在这里永远不成立'),
    own: dead('Flow_Again', '顺序流“又放弃”的条件在这里永远不成立'),
    number: dead(
      'Flow_Again',
      '永远不成立：走到“再分”，栏目“件数”（count）只会是大于 3 的数（由“先分”的出口“不放弃”定）',
    ),
    date: dead('Flow_Again', '永远不成立：走到“再分”，栏目“办结日期”（until）只会是不早于 2026-07-01 的日期'),
    ruled: dead(
      'Flow_Again',
      '总是成立：走到“再分”，栏目“件数”（count）只会是不小于 1、不大于 9 的数（由“先分”的出口“不放弃”定）',
    ),
    'not-filled': dead('Flow_Again', '永远不成立：走到“再分”，栏目“件数”（count）只会是大于 3 的数'),
  },
} satisfies Expected;
