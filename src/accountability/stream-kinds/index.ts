/** Kinds of streams with their display names. Runs in browsers. */
export const streamKindNames = {
  case: '工单',
  definition: '流程定义',
  regulation: '条例',
  policies: '政策',
  calendar: '工作日历',
  classification: '事项分类',
  'other-channels': '其他渠道',
  knowledge: '知识库',
  warnings: '预警',
  radar: '线索',
  notifications: '通知渠道',
  accounts: '帐号、登录',
  refusals: '拒绝',
  exports: '导出',
  retention: '保存期限',
  archive: '旧系统的历史',
  system: '系统',
} as const satisfies { readonly [kind: string]: string };

export type StreamKind = keyof typeof streamKindNames;

export const streamKinds = Object.keys(streamKindNames) as [StreamKind, ...StreamKind[]];
