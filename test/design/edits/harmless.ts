/** Edits that the law has nothing against: none may be refused, a warning may be given. */
import type { Harmless } from './edit.js';
import { condition, inserted, led } from './strokes/flows.js';
import { merge, task } from './strokes/made.js';
import {
  documentation,
  duty,
  field,
  fieldFirst,
  newField,
  newOption,
  otherIds,
  plain,
} from './strokes/properties.js';
import { cell, ruleBefore } from './strokes/tables.js';

const renamed = ['acceptance', 'handling', 'supervision', 'assessment', 'accountability'].map(
  (name): Harmless => ({
    what: `${name} 的标识全部换了`,
    file: `${name}.bpmn`,
    strokes: [otherIds],
    why: '标识不是条例里的话，谁做什么、何时做都没有变',
  }),
);

export const harmless: readonly Harmless[] = [
  ...renamed,
  {
    what: '办理以后加一道领导签批',
    file: 'handling.bpmn',
    strokes: [inserted({ does: 'handling.stated' }, undefined, task('领导签批', 'unit'))],
    why: '单位内部怎样签批，条例没有规定；期限照样计',
  },
  {
    what: '发督办单以前加一道拟稿',
    file: 'supervision.bpmn',
    strokes: [
      inserted(
        { type: 'exclusiveGateway', after: '超出办理时限' },
        undefined,
        task('拟督办单', 'supervisor'),
      ),
    ],
    why: '督办单照样发，由谁拟稿条例没有规定',
  },
  {
    what: '通报以前加一道审定',
    file: 'assessment.bpmn',
    strokes: [inserted('全部裁定？', '是', task('审定通报', 'assessor'))],
    why: '定期通报照样做',
  },
  {
    what: '认定送达以前加一道审签',
    file: 'accountability.bpmn',
    strokes: [inserted({ does: 'finding.made' }, undefined, task('审签认定', 'adjudicator'))],
    why: '认定照样由认定的人作出',
  },
  {
    what: '签收的表单多一栏经办人，可以不填',
    file: 'handling.bpmn',
    strokes: [
      newField('签收工单', {
        key: 'receivedNote',
        label: '签收的备注（不写个人信息）',
        type: 'text',
        evidence: 'true',
      }),
    ],
    why: '多记一项，什么义务都没有少',
  },
  {
    what: '登记的渠道多一种“网站”',
    file: 'acceptance.bpmn',
    strokes: [newOption({ does: 'matter.registered' }, 'channel', 'website', '网站')],
    why: '第二条写的是“等方式”，六种都在',
  },
  {
    what: '登记的事项类别多一种“其他”',
    file: 'acceptance.bpmn',
    strokes: [newOption({ does: 'matter.registered' }, 'kind', 'other', '其他需要反映的问题')],
    why: '第十四条第五项：“其他需要反映的问题”',
  },
  {
    what: '登记先问是否要求保密',
    file: 'acceptance.bpmn',
    strokes: [fieldFirst({ does: 'matter.registered' }, 'confidential')],
    why: '栏目的先后条例没有规定',
  },
  {
    what: '评价多一种“非常满意”',
    file: 'handling.bpmn',
    strokes: [newOption({ does: 'call-back.made' }, 'satisfaction', 'very-satisfied', '非常满意')],
    why: '原来的评价都在，“请来电人对办理情况予以评价”照样做',
  },
  {
    what: '办理的环节改叫“承办单位办理”',
    file: 'handling.bpmn',
    strokes: [plain({ does: 'handling.stated' }, { name: '承办单位办理' })],
    why: '名称不是义务',
  },
  {
    what: '回复要点的栏目换一种说法',
    file: 'handling.bpmn',
    strokes: [field({ does: 'reply.given' }, 'replySummary', { label: '回复了什么（不写个人信息）' })],
    why: '栏目的名称不是义务，照样必填、存证',
  },
  {
    what: '告知原途径的“已告知”不再预先勾选',
    file: 'acceptance.bpmn',
    strokes: [field({ does: 'channel.told' }, 'channelTold', { presumed: null })],
    why: '告知了才勾选，更严',
  },
  {
    what: '条件换一种写法，意思一样',
    file: 'handling.bpmn',
    strokes: [condition({ name: '签收意见', type: 'exclusiveGateway' }, '转交', '"pass-on" = receipt')],
    why: '同样的情形走同样的路',
  },
  {
    what: '退回的两路先汇合，再计轮次',
    file: 'handling.bpmn',
    strokes: [
      inserted({ does: 'supervision.asked' }, undefined, merge),
      led('决定', '退回', { type: 'exclusiveGateway', after: { does: 'supervision.asked' } }),
    ],
    why: '多画一个汇合，什么都没有变',
  },
  {
    what: '异议裁定的人再不能是算指标的人',
    file: 'assessment.bpmn',
    strokes: [duty({ does: 'results.circulated' }, { notBy: 'Task_Preliminary' })],
    why: '分离更严，条例没有不许',
  },
  {
    what: '流程的说明换一种写法',
    file: 'supervision.bpmn',
    strokes: [documentation('分级督办：先发督办单，限期；不办的提级；再不办的转问责。')],
    why: '说明不是义务',
  },
  {
    what: '再次督办整段去掉：首次期满就是经督办仍未办理',
    file: 'supervision.bpmn',
    strokes: [
      led('督办期限届满', undefined, { handler: 'recordNotHandled' }),
      led({ name: '已经提级？' }, '没有，提级再督', { handler: 'recordNotHandled' }),
      led('哪一张督办单', '再次', '恢复首次督办'),
    ],
    why: '第四十条第二项“经督办仍未办理”，一次督办就够；市、区县两级照样分级',
  },
  {
    what: '红牌的级别删掉，督办照样引起',
    file: 'handling.bpmn',
    strokes: [
      duty(
        {
          name: '红牌，转督办',
          after: {
            after: { name: '期满后第 1 个工作日', on: '限时办理：在期限内办理、回复、反馈（第二十四条）' },
          },
        },
        { level: null },
      ),
    ],
    why: '条例里没有红牌，只有政策；超出办理时限的照样督办',
  },
  {
    what: '不能申请延期的原因换一种说法',
    file: 'reply-extension.dmn',
    strokes: [cell(2, '不能申请的原因', '"期限已满"')],
    why: '能不能申请没有变',
  },
  {
    what: '延期的两行换了先后，结果一样',
    file: 'reply-extension.dmn',
    strokes: [ruleBefore(5, 4)],
    why: '两行都不能申请，哪一行先说原因条例没有规定',
  },
  {
    what: '措施：打击报复的一行写全情节',
    file: 'severity-measures.dmn',
    strokes: [cell(1, '情节', '"ordinary", null')],
    why: '没有写情节的本来就按最后一行，认定时情节必填，永远不空',
  },
  {
    what: '准予延期的理由写长一些：加一栏说明',
    file: 'handling.bpmn',
    strokes: [
      newField(
        { does: 'rework.considered' },
        { key: 'reworkNote', label: '补充说明（不写个人信息）', type: 'longText', evidence: 'true' },
      ),
    ],
    why: '多记一项，什么义务都没有少',
  },
];
