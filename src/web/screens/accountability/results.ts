/** Results of accountability in words. */
const results: Readonly<Record<string, string>> = {
  'no-ground': '没有督办前提，不成立',
  'not-established': '情形不成立',
  corrected: '责令改正，已改正',
  liability: '追究个人责任',
  referred: '移送有管辖权的机关',
  withdrawn: '所依据的督办撤回，问责撤回',
};

export const resultName = (result: string): string => results[result] ?? '已有结果';
