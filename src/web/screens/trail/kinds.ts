/** Kinds of streams, as people call them. */
export const kinds = [
  ['case', '工单'],
  ['definition', '流程定义'],
  ['policies', '政策'],
  ['calendar', '工作日历'],
  ['classification', '事项分类'],
  ['dispatch-rules', '转办规则'],
  ['knowledge', '知识库'],
  ['notifications', '通知渠道'],
  ['accounts', '帐号、登录'],
  ['refusals', '拒绝'],
  ['exports', '导出'],
  ['retention', '保存期限'],
  ['system', '系统'],
] as const;

const kindName = (kind: string): string => kinds.find(([id]) => id === kind)?.[1] ?? '系统';

/** A case is known by its number; the others by what they are. */
export const streamName = ({ kind, stream }: { readonly kind: string; readonly stream: string }): string =>
  kind === 'case' ? stream : kindName(kind);
