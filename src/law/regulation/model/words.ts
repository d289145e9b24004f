/** Display texts of the catalogue's codes. */
import type { Law } from '../../../kernel/law.js';

/** Who has the duty or right. */
export const bearers = {
  'city-government': '市人民政府',
  'city-general-office': '市人民政府办公厅',
  'district-government': '县、区人民政府',
  'district-office': '县、区人民政府办公室',
  'city-hotline': '市热线工作机构',
  'district-hotline': '县、区热线工作机构',
  'handling-unit': '承办单位',
  agent: '热线受理人员',
  caller: '来电人',
  'cooperating-organisation': '社会组织',
  department: '有关部门、单位',
  'everyone-involved': '有关的单位和人员',
  superior: '上级主管部门或者有关机关',
  'supervisory-organ': '监察机关',
  'public-security': '公安机关',
} as const;

/** Bearers for whom the program has a title, and those that only the city's law has. */
export const bearerKeys = (law: Law): string[] => Object.keys({ ...bearers, ...law.titles?.bearers });

/** The city's title; an unknown word is shown unchanged. */
export const bearerTitle = (bearer: string, law: Law): string => {
  const titles: Readonly<Record<string, string>> = { ...bearers, ...law.titles?.bearers };
  return titles[bearer] ?? bearer;
};

export const modalities = {
  shall: '应当',
  /** An aim: it reminds, and nobody violates it. */
  should: '宜',
  may: '可以',
  not: '不得',
  consequence: '法律后果',
  definition: '定义',
} as const;

/** Colours of the levels of the ladder. */
export const lights = { normal: '正常', yellow: '黄灯', red: '红灯' } as const;

/** When a norm is fulfilled: once, at all times, at one moment, in every period. */
export const normKinds = {
  achievement: '办成一次',
  maintenance: '始终保持',
  punctual: '当场一次',
  periodic: '每期一次',
  none: '不适用',
} as const;

/** Certainty of a statement: verbatim, paraphrased, inferred, a reading of the text, unknown. */
export const certainties = {
  V: '原文写明',
  P: '二手来源',
  N: '由相邻规定推断',
  R: '对条文的理解',
  U: '没有来源',
} as const;

/** Relation of a diagram element to a norm. */
export const relations = {
  fulfils: '履行',
  triggers: '触发',
  checks: '检查',
  records: '记录',
} as const;

/** State of a recorded case's duty at the record's end. `returned`: done, but sent back to be done again. */
export const verdicts = {
  met: '已履行',
  late: '超期履行',
  unmet: '没有履行',
  returned: '退回重办',
  open: '未到期',
} as const;

export type Verdict = keyof typeof verdicts;

export const dutyStates = {
  open: '待履行',
  satisfied: '已履行',
  'temporarily-violated': '暂时违反',
  'permanently-violated': '永久违反',
  compensated: '已补救',
} as const;
