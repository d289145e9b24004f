export const decisionNames = {
  'followed-up': '跟进',
  explained: '已有说明',
  'no-pattern': '不是这种情形',
} as const;
