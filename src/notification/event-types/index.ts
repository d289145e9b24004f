/** Catalogue of events for other systems (docs/integration.md). Released types are never renamed. Runs in browsers. */
export const eventTitles = {
  'cn.hotline12345.sheet.accepted': '受理了一件诉求',
  'cn.hotline12345.sheet.dispatched': '转承办单位',
  'cn.hotline12345.sheet.replied': '承办单位已回复、反馈',
  'cn.hotline12345.sheet.completed': '在答复的期限内办理完毕',
  'cn.hotline12345.sheet.closed': '归档,或者受理时办结',
  'cn.hotline12345.level.reached': '提醒、黄牌、红牌',
  'cn.hotline12345.card.withdrawn': '给早了的级别撤回',
  'cn.hotline12345.level.redated': '照样成立的级别,时刻更正',
  'cn.hotline12345.supervision.ordered': '发督办单,首次或者再次',
  'cn.hotline12345.supervision.resumed': '恢复结束得早了的督办',
  'cn.hotline12345.supervision.closed': '督办结束',
  'cn.hotline12345.supervision.withdrawn': '撤回督办',
  'cn.hotline12345.accountability.opened': '转入问责,或者收到问责线索',
  'cn.hotline12345.accountability.closed': '问责结束',
  'cn.hotline12345.accountability.withdrawn': '撤回问责',
  'cn.hotline12345.warning.raised': '预警:突增、突发、反复反映',
} as const satisfies { readonly [type: string]: string };

export type EventType = keyof typeof eventTitles;

export const eventTypes = Object.keys(eventTitles) as [EventType, ...EventType[]];

/** By process and element; cards and reminders by the level in the diagram. */
export const eventsByElement: {
  readonly [process: string]: { readonly [element: string]: EventType };
} = {
  acceptance: {
    Start_Received: 'cn.hotline12345.sheet.accepted',
    End_Dispatched: 'cn.hotline12345.sheet.dispatched',
    End_Answered: 'cn.hotline12345.sheet.closed',
  },
  handling: {
    Throw_Replied: 'cn.hotline12345.sheet.replied',
    Throw_Completed: 'cn.hotline12345.sheet.completed',
    End_Closed: 'cn.hotline12345.sheet.closed',
  },
  supervision: {
    Task_IssueOrder: 'cn.hotline12345.supervision.ordered',
    Task_IssueSecondOrder: 'cn.hotline12345.supervision.ordered',
    Task_ResumeFirst: 'cn.hotline12345.supervision.resumed',
    Task_ResumeSecond: 'cn.hotline12345.supervision.resumed',
    Task_CloseSupervision: 'cn.hotline12345.supervision.closed',
    Task_WithdrawSupervision: 'cn.hotline12345.supervision.withdrawn',
  },
  accountability: {
    Start_NotHandled: 'cn.hotline12345.accountability.opened',
    Start_Clue: 'cn.hotline12345.accountability.opened',
    End_Accountability: 'cn.hotline12345.accountability.closed',
    Task_WithdrawAccountability: 'cn.hotline12345.accountability.withdrawn',
  },
};

/** Levels with events of their own; supervision and accountability have events by element. */
export const cardLevels: readonly string[] = ['reminder', 'yellow', 'red'];
