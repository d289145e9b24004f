/**
 * What another system's token may be good for, in one place. Which operation asks for which stands with the operation,
 * in the contract; what names no scope is closed to tokens: whoever decides, discloses or takes away is a person. Runs in the browser too.
 */
export const scopeTitles = {
  'work-orders:accept': '受理诉求',
  'work-orders:read': '读取工单:本单位及下级单位的',
  'work-orders:all': '读取工单:不限单位',
  'trail:read': '读取工单的轨迹',
  'knowledge:read': '查找知识库',
  'rules:read': '读取流程图、政策、工作日历、分类和转办规则',
  'units:read': '读取单位',
  'statistics:read': '读取督办看板、流程负载、考核的合计、预警、热点、共享数据',
  'operations:read': '读取运行状况和指标',
} as const satisfies { readonly [name: string]: string };

export type Scope = keyof typeof scopeTitles;

export const scopes = Object.keys(scopeTitles) as [Scope, ...Scope[]];
