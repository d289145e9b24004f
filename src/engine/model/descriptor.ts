/**
 * Our extension vocabulary for BPMN 2.0 diagrams as a moddle descriptor, namespace prefix `duty`. Shared by parser,
 * lint, command line and designer. moddle ignores `description`: docs/reference/diagram.md is printed from it.
 */
const dutyNamespace = 'urn:hotline-12345:duty:1';

const attribute = (name: string, description: string, type: 'String' | 'Boolean' = 'String') =>
  ({ name, description, isAttr: true, type }) as const;

export const dutyDescriptor = {
  name: 'Duty',
  prefix: 'duty',
  uri: dutyNamespace,
  xml: { tagAlias: 'lowerCase' },
  associations: [],
  types: [
    {
      name: 'Norm',
      superClass: ['Element'],
      description: '写在 extensionElements：环节与条例的一项规范怎样有关。',
      properties: [
        attribute('provision', '条文：`artN`、`artN.pM`（款）、`artN.pM.iK`（项）'),
        attribute('norm', '规范的 id'),
        attribute('relation', '`fulfils` 履行、`triggers` 引起、`checks` 检查、`records` 记录'),
        attribute('note', '说明'),
      ],
    },
    {
      name: 'Deed',
      superClass: ['Element'],
      description: '写在任何环节的 extensionElements：走过它就是这个行为。',
      properties: [
        attribute('name', '条例词汇里的行为'),
        attribute('on', '`done`（默认）办结时、`begun` 走到时'),
        attribute('when', 'FEEL：那时成立才算；不写的总是'),
        { name: 'facts', isMany: true, type: 'Fact', description: '行为带的事实' },
      ],
    },
    {
      name: 'Fact',
      superClass: ['Element'],
      description: '行为的一个事实。',
      properties: [attribute('name', '词汇里这个行为的事实'), attribute('value', 'FEEL；不写的取同名变量')],
    },
    {
      name: 'Form',
      superClass: ['Element'],
      description: '写在用户任务、消息的开始和捕获事件的 extensionElements：问什么。',
      properties: [
        { name: 'fields', isMany: true, type: 'Field', description: '栏目' },
        { name: 'rules', isMany: true, type: 'Rule', description: '答案须合的规则' },
      ],
    },
    {
      name: 'Rule',
      superClass: ['Element'],
      description:
        '不成立的答案拒绝：`<duty:rule holds="= agreed or whyNot != null" says="不同意的写明理由" provision="artN"/>`。有条件才必填的栏目这样写。',
      properties: [
        attribute('holds', 'FEEL，看答案；没有问的，看工单的变量'),
        attribute('says', '给填的人看：应当怎样'),
        attribute('provision', '条文'),
      ],
    },
    {
      name: 'Field',
      superClass: ['Element'],
      description: '一个栏目。',
      properties: [
        attribute('key', '答案写进哪个变量'),
        attribute('label', '栏目的名称'),
        attribute(
          'type',
          '`text`、`longText`（封存）、`choice`、`boolean`、`date`、`number`、`unit` 名册里的单位、`units` 几个（顿号分隔）、`sheet` 同一来电人的原工单、`accused` 被指控的（`unit:单位`、`agent:登录名`、`official:登录名`、`unknown`）',
        ),
        attribute('required', '必填', 'Boolean'),
        attribute('evidence', '答案存进轨迹，作凭据', 'Boolean'),
        attribute('below', '单位的：只可以填持有工单的单位之下的', 'Boolean'),
        attribute('unfinished', '工单的：还没有办结的也可以', 'Boolean'),
        attribute('list', '文字的：提示条例包里的哪个名单，可以另写'),
        attribute('presumed', '不问的时候（受理页没有的栏目、回放）怎样答'),
        { name: 'options', isMany: true, type: 'Option', description: '选项' },
      ],
    },
    {
      name: 'Option',
      superClass: ['Element'],
      description: '`choice` 的一个选项。',
      properties: [attribute('value', '写进变量的值'), attribute('label', '给人看的')],
    },
    {
      name: 'Owning',
      extends: ['bpmn:Process'],
      properties: [attribute('own', '每个实例各有一份的变量，空格分隔')],
    },
    {
      name: 'Scope',
      superClass: ['Element'],
      description: '写在活动的 extensionElements：它每走一次自己的变量。',
      properties: [
        attribute('closed', 'true：里面写的不出去，除非列为 output；外面的照样读', 'Boolean'),
        { name: 'locals', isMany: true, type: 'Local', description: '自己的变量' },
        { name: 'outputs', isMany: true, type: 'Output', description: '走完写到外面的' },
      ],
    },
    {
      name: 'Local',
      superClass: ['Element'],
      description: '活动自己的一个变量。',
      properties: [attribute('name', '名称'), attribute('value', 'FEEL，走到时按外面的变量算；不写的为空')],
    },
    {
      name: 'Output',
      superClass: ['Element'],
      description: '活动写到外面的一个变量。',
      properties: [
        attribute('name', '外面的变量'),
        attribute('value', 'FEEL，办结时按里面的变量算；不写的取同名变量'),
      ],
    },
    {
      name: 'Scenario',
      superClass: ['Element'],
      description: '写在流程的 extensionElements：草稿自己的情景，只有推演看。',
      properties: [
        attribute('name', '与随附的情景同名的，代替它'),
        attribute('title', '标题'),
        attribute('retired', '停用的理由'),
        { name: 'steps', isBody: true, type: 'String', description: 'JSON，同 `processes/scenarios/`' },
      ],
    },
    {
      name: 'Confined',
      extends: ['bpmn:Signal'],
      properties: [attribute('within', '`instance`：只在抛出它的实例里传；不写的，各工单都收到')],
    },
    {
      name: 'Called',
      extends: ['bpmn:ServiceTask', 'bpmn:SendTask', 'bpmn:BusinessRuleTask'],
      properties: [attribute('handler', '处理程序，见 [handlers.md](handlers.md)')],
    },
    {
      name: 'Moving',
      extends: ['bpmn:ServiceTask'],
      properties: [attribute('clock', '处理程序停下、恢复哪个期限')],
    },
    {
      name: 'Decided',
      extends: ['bpmn:BusinessRuleTask'],
      properties: [attribute('decision', '由哪张决策表定')],
    },
    {
      name: 'Proposed',
      extends: ['bpmn:UserTask'],
      properties: [attribute('proposal', '由哪张决策表提议答案，人来定')],
    },
    {
      name: 'Assigned',
      extends: ['bpmn:UserTask', 'bpmn:ManualTask', 'bpmn:ReceiveTask'],
      properties: [
        attribute(
          'role',
          '谁办（没有消息的接收任务：谁确认等到了）：`roles.json` 的角色；`unit` 承办单位，`body`、`superior` 被指控者自己的、上级的机构',
        ),
        attribute('notBy', '办过哪些环节的人不能办，空格分隔'),
      ],
    },
    {
      name: 'Escalating',
      extends: ['bpmn:FlowNode'],
      properties: [attribute('level', '走到它就是升级的这一级（`purposes.json` 的 `levels`），记入轨迹')],
    },
    {
      name: 'Counted',
      extends: ['bpmn:TimerEventDefinition'],
      description:
        '时长是 ISO 8601（`P5D`、`PT24H`、`R/P1M`），或者 `= limit("期限")`、`= stricter(limit("期限"), "P4D")`。',
      properties: [
        attribute('clock', '量的是词汇里的哪个期限（写 `limit` 的不必写）'),
        attribute('unit', '`working-days` 工作日、`natural`（默认）昼夜照计'),
        attribute('edge', '工作日的：`end`（默认）那日 24:00，`start` 那日 00:00'),
        attribute('policy', '长短由哪项政策定'),
        attribute('before', '早于哪个计时事件到期，提前这么多'),
        attribute('after', '晚于哪个计时事件到期，过这么多'),
        attribute('prepare', '开始事件的：到时由程序以这个名字准备一件，连同它统计的数'),
      ],
    },
    {
      name: 'Expanded',
      extends: ['bpmn:SubProcess'],
      properties: [attribute('fragment', '由条例包的哪个[片段](fragments.md)展开')],
    },
    {
      name: 'Collected',
      extends: ['bpmn:MultiInstanceLoopCharacteristics'],
      properties: [attribute('collection', 'FEEL：逐项重复的列表'), attribute('item', '每一项叫什么变量')],
    },
  ],
} as const;
