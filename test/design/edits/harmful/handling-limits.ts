/** Limits, levels and extensions of handling: Art 11 (2), 24, 28 (1). */
import type { Harmful } from '../edit.js';
import { exchanged, inverted, led, withoutCondition } from '../strokes/flows.js';
import { without, withoutLimit } from '../strokes/elements.js';
import { duty, message, timer, withoutDefinition } from '../strokes/properties.js';

const file = 'handling.bpmn';
const reply = '承办单位应当“将办理情况在五个工作日内回复来电人（要求不回复的除外）、反馈市热线工作机构”';
const overdue = '“超出办理时限未办理热线事项的”，由“市和县、区热线工作机构进行分级督办”';
const urged = '市热线工作机构“协调、督促承办单位办理热线事项”';

const timely = '限时办理：在期限内办理、回复、反馈（第二十四条）';
const promised = '按答复的期限办理完毕、跟踪督办（第二十四条第二款）';
const replyLimit = { name: '回复期限届满', on: timely };
const yellow = { after: { name: '期限前 1 个工作日', on: timely } };
const red = { after: { name: '期满后第 1 个工作日', on: timely } };
const redCard = { name: '红牌，转督办', after: red };
const completionRed = { name: '期满后第 1 个工作日', on: promised };

export const handlingLimits: readonly Harmful[] = [
  {
    what: '回复期限画成 6 个工作日',
    file,
    strokes: [timer(replyLimit, 'P6D', { clock: 'reply', unit: 'working-days' })],
    article: 'art24.p1',
    law: `${reply}：第六日不在其内`,
    loses: 'limit',
  },
  {
    what: '回复期限画成 5 个工作日，不再写计的是哪个期限',
    file,
    strokes: [timer(replyLimit, 'P5D', { unit: 'working-days' })],
    article: 'art24.p1',
    law: `${reply}：没有计时事件计这个期限，逾期与否就没有了`,
    loses: 'limit',
  },
  {
    what: '回复期限画成 5 个自然日',
    file,
    strokes: [timer(replyLimit, 'P5D', { clock: 'reply' })],
    article: 'art24.p1',
    law: `${reply}：提前记超期、督办，承办单位还没有“超出办理时限”`,
    loses: 'limit',
  },
  {
    what: '回复期限画成 4 个工作日',
    file,
    strokes: [timer(replyLimit, 'P4D', { clock: 'reply', unit: 'working-days' })],
    article: 'art24.p1',
    law: `${reply}：第四日就记超期、督办，没有谁的决定作依据`,
    loses: 'limit',
  },
  {
    what: '回复期限计的是协办的期限',
    file,
    strokes: [timer(replyLimit, '= limit("support")')],
    article: 'art24.p1',
    law: `${reply}：另一条的期限不是它的`,
    loses: 'limit',
  },
  {
    what: '回复期限届满的计时删掉',
    file,
    strokes: [withoutLimit(replyLimit)],
    article: 'art24.p1',
    law: `${reply}；${overdue}：没有期限，就没有超期`,
    loses: 'limit',
  },
  {
    what: '回复期限届满不再记载超期',
    file,
    strokes: [without({ handler: 'recordReplyOverdue' })],
    article: 'art16',
    law: '来电人“对要求回复逾期未回复”的“有权要求作出说明”：逾期没有记载，就没有人可以要求',
    loses: 'record',
  },
  {
    what: '答复的期限画成 60 个工作日，不看答复了哪一日',
    file,
    strokes: [
      timer({ name: '答复的期限届满', on: promised }, 'P60D', { clock: 'completion', unit: 'working-days' }),
    ],
    article: 'art24.p2',
    law: '“承办单位应当在答复的期限内办理完毕”',
    loses: 'limit',
  },
  {
    what: '答复的期限届满的计时删掉',
    file,
    strokes: [withoutLimit({ name: '答复的期限届满', on: promised })],
    article: 'art24.p2',
    law: '“承办单位应当在答复的期限内办理完毕”：没有计时，逾期了也没有人知道',
    loses: 'limit',
  },
  {
    what: '期满后第 1 个工作日的红牌改成第 30 个工作日',
    file,
    strokes: [timer(completionRed, 'P30D', { policy: null })],
    article: 'art28.p1.i1',
    law: `${overdue}：推迟三十个工作日，政策定的是第一个`,
    loses: 'limit',
  },
  {
    what: '黄牌的级别删掉',
    file,
    strokes: [duty({ name: '黄牌', after: yellow }, { level: null })],
    article: 'art11.p1.i2',
    law: `${urged}：期限将满，没有人督促`,
    loses: 'level',
  },
  {
    what: '办结期限的黄牌级别删掉',
    file,
    strokes: [duty({ name: '黄牌', after: { name: '期限前 1 个工作日', on: promised } }, { level: null })],
    article: 'art24.p2',
    law: '“市热线工作机构应当跟踪督办”：期限将满，没有人督促',
    loses: 'level',
  },
  {
    what: '期限前的提醒删掉级别',
    file,
    strokes: [duty({ name: '提醒', after: { name: '期限前 2 个工作日', on: timely } }, { level: null })],
    article: 'art11.p1.i2',
    law: `${urged}：提醒谁也收不到`,
    loses: 'level',
  },
  {
    what: '回复的红牌不再引起督办',
    file,
    strokes: [withoutDefinition(redCard)],
    article: 'art28.p1.i1',
    law: `${overdue}：超期以后没有什么跟着来`,
    loses: 'message',
  },
  {
    what: '办结的红牌不再引起督办',
    file,
    strokes: [withoutDefinition({ name: '红牌，转督办', after: completionRed })],
    article: 'art28.p1.i1',
    law: `${overdue}：答复的期限过了也是超出办理时限`,
    loses: 'message',
  },
  {
    what: '回复的红牌不发督办，直接问责',
    file,
    strokes: [message(redCard, 'not-handled-after-supervision')],
    article: 'art40.p1.i2',
    law: '“对受理的热线事项应办未办，经督办仍未办理的”才责令改正：超期本身不是',
    loses: 'precondition',
  },
  {
    what: '已经答复的得红牌，没有答复的只提醒反馈',
    file,
    strokes: [inverted(red, '已经答复')],
    article: 'art28.p1.i1',
    law: `${overdue}：没有答复的才是，已经答复的不是`,
    loses: 'condition',
  },
  {
    what: '红牌的两个出口对调：在承办单位手里的算热线的，在热线手里的督办承办单位',
    file,
    strokes: [exchanged(red, '承办单位', '市热线工作机构')],
    article: 'art28.p1.i1',
    law: `“承办单位有下列情形之一的”才督办；${overdue}`,
    loses: 'condition',
  },
  {
    what: '待裁定的退单满期，仍督办承办单位',
    file,
    strokes: [led(red, '市热线工作机构', redCard)],
    article: 'art28.p1.i1',
    law: '“承办单位有下列情形之一的”：工单不在它手里，“超出办理时限”的不是它',
    loses: 'holder',
  },
  {
    what: '延期不核对，申请了就可以准',
    file,
    strokes: [
      led({ name: '可以申请？', in: timely, after: { name: '核对可否延期', in: timely } }, '不可以', {
        name: '决定是否准予延期',
        in: timely,
      }),
    ],
    article: 'art24.p1',
    law: `${reply}：条例没有延期，政策不开放的不能延`,
    loses: 'limit',
  },
  {
    what: '延期由承办单位自己决定',
    file,
    strokes: [duty({ name: '决定是否准予延期', in: timely }, { role: 'unit', notBy: null })],
    article: 'art24.p1',
    law: `${reply}：欠这个期限的单位不能自己改它`,
    loses: 'holder',
  },
  {
    what: '暂停计时不经决定：申请可以的，都准予',
    file,
    strokes: [withoutCondition({ name: '准予？', in: timely }, '是')],
    article: 'art24.p1',
    law: `${reply}：不准暂停的也停了，期限就长了`,
    loses: 'way',
  },
  {
    what: '暂停最长改成 300 个工作日，不看政策',
    file,
    strokes: [timer({ name: '暂停期满', in: timely }, 'P300D', { policy: null })],
    article: 'art24.p1',
    law: `${reply}：一次暂停最长多久由政策定`,
    loses: 'policy',
  },
  {
    what: '暂停以后不再恢复计时',
    file,
    strokes: [without({ handler: 'resumeClock' })],
    article: 'art24.p1',
    law: `${reply}：停了不再计，期限就没有了`,
    loses: 'limit',
  },
  {
    what: '协调满期的提醒删掉',
    file,
    strokes: [withoutLimit({ name: '协调满期' })],
    article: 'art29.p1',
    law: '“市热线工作机构应当召集有关方面进行协调解决”：久未协调，没有人知道',
    loses: 'level',
  },
];
