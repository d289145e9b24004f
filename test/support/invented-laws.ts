/** Two invented laws with their answers: one that demands nearly everything a law can demand, one that demands the least. */

const unit = ['handling-unit'];
const hotline = ['city-hotline'];

const working = (days: number) => ({ days, of: 'working' });

const parties = {
  'city-hotline': '热线办',
  'handling-unit': '承办单位',
  caller: '求助人',
  'city-government': '市人民政府',
  'district-government': '县区人民政府',
  department: '主管部门',
  superior: '上级机关',
  'supervisory-organ': '监察机关',
};

export interface InventedLaw {
  readonly text: string;
  readonly answers: {
    readonly city: object;
    readonly articles: Readonly<Record<string, string | readonly object[]>>;
  };
}

/** Every act and every limit, in fourteen articles. */
export const fullLaw: InventedLaw = {
  text: [
    '云岭市热线条例',
    '（2026年1月5日云岭市人民代表大会常务委员会第一次会议通过）',
    '第一章 受理',
    '第一条 为了办好热线，保护求助人的权利，制定本条例。',
    '第二条 热线办收到诉求，应当登记，形成工单，并在一个工作日内确定怎样处理。',
    '第三条 热线办应当按照下列规定处理：',
    '（一）能够直接答复的，直接答复；',
    '（二）须由承办单位办理的，二小时内派单，在工单上注明办理时限；',
    '（三）紧急事项，一小时内转紧急服务热线；',
    '（四）应当走诉讼、仲裁等法定途径的，告知途径；',
    '（五）同一事项重复提出的，告知进展、结果；',
    '（六）涉及秘密、隐私的，予以解释；',
    '（七）超出职责的，告知其他渠道；',
    '（八）违背公序良俗的，劝导教育；',
    '（九）缺少材料的，在二个工作日内通知补齐；',
    '（十）信访事项，转有关单位和信访部门。',
    '第四条 匿名诽谤的，热线办应当不予受理，告知理由。',
    '第五条 发现可能引发突发事件的，热线办可以报告应急部门。',
    '第二章 办理',
    '第六条 承办单位应当签收，及时联系求助人，在五个工作日内办结并答复、反馈；暂时不能解决的，应当向求助人解释。',
    '第七条 承办单位对职责有异议的，可以在签收前申请退回；热线办应当在一个工作日内审核。',
    '第八条 涉及其他单位的，其他单位应当在三个工作日内配合；难以协调的，主管部门应当在四个工作日内提出处理意见。',
    '第九条 不能按期办结的，承办单位可以申请延期，每次不超过五个工作日；延期的，应当向求助人说明。',
    '第十条 可以由志愿者办理的，热线办可以请志愿者办理；求助人不配合的，承办单位可以申请终止办理。',
    '第十一条 热线办应当在二个工作日内审核办理结果，回访求助人；承办单位对评价有异议的，可以申请复评。',
    '第十二条 求助人要求回避的，上级机关应当在三个工作日内决定；求助人要求说明的，承办单位应当在二个工作日内说明。',
    '第三章 监督',
    '第十三条 逾期没有办结的，热线办应当督办；不履行职责的，监察机关应当追究责任。',
    '第十四条 热线办应当按月考核承办单位。',
    '第十五条 本条例自2026年2月1日起施行。',
  ].join('\n'),
  answers: answersOf('yunling', ['云岭', 'yunling'], 'Y', {
    art1: '立法目的',
    art2: [
      { binding: 'shall', who: hotline, does: 'register' },
      { binding: 'shall', who: hotline, does: 'decide', within: working(1) },
    ],
    art3: [
      item(1, 'answer'),
      item(2, 'dispatch', { hours: 2 }),
      item(2, 'write-limit'),
      item(3, 'emergency', { hours: 1 }),
      item(4, 'legal-channel'),
      item(5, 'told-before'),
      item(6, 'explain-secret'),
      item(7, 'other-way'),
      item(8, 'educate'),
      item(9, 'materials', working(2)),
      item(10, 'petition'),
    ],
    art4: [{ binding: 'shall', who: hotline, does: 'not-accept' }],
    art5: [{ binding: 'may', who: hotline, does: 'report-risk' }],
    art6: [
      { binding: 'shall', who: unit, does: 'receive' },
      { binding: 'shall', who: unit, does: 'contact' },
      { binding: 'shall', who: unit, does: 'handle', within: working(5) },
      { binding: 'shall', who: unit, does: 'explain-unsolved' },
    ],
    art7: [
      { binding: 'may', who: unit, does: 'return' },
      { binding: 'shall', who: hotline, does: 'rule-return', within: working(1) },
    ],
    art8: [
      { binding: 'shall', who: unit, does: 'support', within: working(3) },
      { binding: 'shall', who: ['department'], does: 'coordinate', within: working(4) },
    ],
    art9: [
      { binding: 'may', who: unit, does: 'extend' },
      { binding: 'shall', who: unit, does: 'explain-extension' },
    ],
    art10: [
      { binding: 'may', who: hotline, does: 'volunteers' },
      { binding: 'may', who: unit, does: 'terminate' },
    ],
    art11: [
      { binding: 'shall', who: hotline, does: 'audit', within: working(2) },
      { binding: 'shall', who: hotline, does: 'call-back', within: working(2) },
      { binding: 'may', who: unit, does: 'object-rating' },
    ],
    art12: [
      { binding: 'shall', who: ['superior'], does: 'recuse', within: working(3) },
      { binding: 'shall', who: unit, does: 'explain', within: working(2) },
    ],
    art13: [
      { binding: 'shall', who: hotline, does: 'supervise' },
      { binding: 'shall', who: ['supervisory-organ'], does: 'hold-to-account' },
    ],
    art14: [{ binding: 'shall', who: hotline, does: 'assess' }],
    art15: '施行日期',
  }),
};

/** Only that a call is registered, dispatched, signed for and answered in time. */
export const leastLaw: InventedLaw = {
  text: [
    '青川市热线办法',
    '（2026年1月5日青川市人民政府第一次会议通过）',
    '第一章 总则',
    '第一条 热线办收到诉求，应当登记，派单给承办单位。',
    '第二条 承办单位应当在三十日内办结，答复求助人，反馈热线办。',
    '第三条 本办法自2026年2月1日起施行。',
  ].join('\n'),
  answers: answersOf('qingchuan', ['青川', 'qingchuan'], 'Q', {
    art1: [
      { binding: 'shall', who: hotline, does: 'register' },
      { binding: 'shall', who: hotline, does: 'dispatch' },
    ],
    art2: [{ binding: 'shall', who: unit, does: 'handle', within: { days: 30, of: 'natural' } }],
    art3: '施行日期',
  }),
};

function item(number: number, does: string, within?: object) {
  return {
    ...{ at: [`art3.p1.i${String(number)}`], binding: 'shall', who: hotline, does },
    ...(within ? { within } : { within: null }),
  };
}

function answersOf(
  key: string,
  names: readonly string[],
  letter: string,
  articles: InventedLaw['answers']['articles'],
) {
  return {
    ...{ format: 1, city: { key, names, letter } },
    titles: { caller: '求助人', operator: '热线办' },
    ...{ parties, articles },
  };
}
