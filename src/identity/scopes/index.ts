/**
 * Scopes of other systems' tokens. The contract names each operation's scopes; operations without
 * scopes are closed to tokens: decisions, disclosures and deletions are reserved for people. Runs
 * in browsers.
 */
export const scopeTitles = {
  'work-orders:accept': '受理诉求',
  'work-orders:read': '读取工单：本单位及下级单位的',
  'work-orders:all': '读取工单：不限单位',
  'trail:read': '读取工单的轨迹',
  'knowledge:read': '查找知识库',
  'rules:read': '读取流程图、政策、工作日历、分类',
  'units:read': '读取单位',
  'statistics:read': '读取看板、流程负载和各项统计的数据',
  'operations:read': '读取运行状况和指标',
} as const satisfies { readonly [name: string]: string };

export type Scope = keyof typeof scopeTitles;

export const scopes = Object.keys(scopeTitles) as [Scope, ...Scope[]];
