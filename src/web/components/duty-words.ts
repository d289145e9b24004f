/** State of a duty as symbol and word. */
export const dutyWords = {
  open: '○ 待履行',
  satisfied: '✓ 已履行',
  'temporarily-violated': '! 暂时违反',
  'permanently-violated': '✖ 永久违反',
  compensated: '↺ 已补救',
} as const;
