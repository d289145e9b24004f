import { deedTitle, factTitle, noWords, type LawWords } from './law-words.js';

/** Chinese names of properties. */
const names: { readonly [property: string]: string } = {
  $type: '类型',
  id: '标识',
  name: '名称',
  parent: '所在的层',
  'flow-order': '各出口的先后',
  order: '先后',
  documentation: '说明',
  text: '文字',
  body: '内容',
  default: '默认出口',
  incoming: '流入',
  outgoing: '流出',
  sourceRef: '起点',
  targetRef: '终点',
  conditionExpression: '条件',
  condition: '条件',
  language: '表达式语言',
  attachedToRef: '附着的环节',
  cancelActivity: '是否中断原环节',
  isInterrupting: '是否中断',
  triggeredByEvent: '是否事件子流程',
  isExecutable: '是否可执行',
  messageRef: '消息',
  signalRef: '信号',
  errorRef: '错误',
  errorCode: '错误代码',
  escalationRef: '升级',
  calledElement: '调用的流程',
  timeDuration: '时长',
  timeDate: '日期',
  timeCycle: '循环',
  'duty:unit': '天的单位',
  'duty:edge': '届满在日首还是日终',
  'duty:policy': '政策',
  'duty:before': '从哪个期限往前数',
  'duty:after': '从哪个期限往后数',
  'duty:role': '角色',
  'duty:notBy': '排除哪些环节的经办人',
  'duty:handler': '处理程序',
  'duty:level': '升级级别',
  'duty:collection': '集合',
  'duty:item': '每份的变量',
  'duty:clock': '条例里的期限',
  'duty:own': '每件各自保存的变量',
  'duty:within': '谁听得到',
  'duty:prepare': '到时由谁开始',
  isSequential: '是否依次',
  loopCardinality: '份数',
  completionCondition: '提前结束的条件',
  loopCondition: '再来一次的条件',
  loopMaximum: '最多几次',
  loopCharacteristics: '重复',
  eventDefinitions: '事件',
  scriptFormat: '脚本语言',
  script: '脚本',
  norm: '义务',
  deed: '行为',
  fact: '事实',
  facts: '事实',
  on: '何时算做了',
  when: '做了的条件',
  field: '表单栏目',
  option: '选项',
  form: '表单',
  fields: '表单栏目',
  rule: '表单规则',
  rules: '表单规则',
  holds: '应当符合的条件',
  says: '不符合时的说明',
  options: '选项',
  provision: '条文',
  relation: '关系',
  note: '附注',
  key: '变量',
  label: '标签',
  type: '类型',
  required: '是否必填',
  evidence: '是否存证',
  below: '是否限于下级单位',
  unfinished: '正在办理的算不算原工单',
  list: '从哪张名单里选',
  presumed: '不问时怎样答',
  value: '值',
  scope: '自己的变量',
  closed: '里面填的是否都留在里面',
  local: '带进去的变量',
  locals: '带进去的',
  output: '带出来的变量',
  outputs: '带出来的',
  outputDataItem: '每一份留下的变量',
  loopDataOutputRef: '收进的清单',
  bounds: '位置大小',
  waypoint: '折点',
};

/** `form.field[unit].required` → `表单栏目 unit 的是否必填`; unknown properties stay as written. */
export function propertyName(property: string, words: LawWords = noWords): string {
  const parts = property.split(/\.(?![^[]*\])/).filter((part) => !/^(extensionElements|values)$/.test(part));
  const last = parts.at(-1);
  const kept = parts.length > 1 && (last === 'body' || last === '$type') ? parts.slice(0, -1) : parts;
  let deed = '';
  const labels = kept
    .filter((part, index) => !(part === 'form' && index < kept.length - 1))
    .map((part) => {
      const [, name = part, key] = /^([^[]*)\[(.*)\]$/.exec(part) ?? [];
      const called = names[name] ?? names[name.replace(/\(\d+\)$/, '')] ?? name;
      if (key === undefined) return called;
      if (name === 'deed') deed = key;
      const title =
        name === 'deed' ? deedTitle(words, key) : name === 'fact' ? factTitle(words, deed, key) : key;
      return `${called}“${title}”`;
    });
  return labels.join('的');
}
