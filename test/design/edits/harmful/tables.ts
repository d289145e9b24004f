/** Decision tables: Art 12, 24, 28, 40, 41. */
import type { Harmful } from '../edit.js';
import { cell, ruleBefore, withoutTableRule } from '../strokes/tables.js';

const reply = '承办单位应当“将办理情况在五个工作日内回复来电人（要求不回复的除外）、反馈市热线工作机构”';
const ordered = '“由上级主管部门或者有关机关责令改正”';
const liable = '“情节严重的，对直接负责的主管人员和其他直接责任人员依法追究责任”';
const crime = '“构成犯罪的，依法追究刑事责任”';
const reprisal = '“对来电人进行打击报复的,依法追究相关责任人的责任”';
const graded = '“市和县、区热线工作机构进行分级督办”';

export const tables: readonly Harmful[] = [
  {
    what: '延期：政策不开放的那一行删掉',
    file: 'reply-extension.dmn',
    strokes: [withoutTableRule(1)],
    article: 'art24.p1',
    law: `${reply}：条例没有延期，开放与否由政策定`,
    loses: 'limit',
  },
  {
    what: '延期：政策不开放的也可以申请',
    file: 'reply-extension.dmn',
    strokes: [cell(1, '可以申请', 'true')],
    article: 'art24.p1',
    law: `${reply}：条例没有延期，开放与否由政策定`,
    loses: 'limit',
  },
  {
    what: '延期：期限届满以后也可以申请',
    file: 'reply-extension.dmn',
    strokes: [cell(2, '可以申请', 'true')],
    article: 'art24.p1',
    law: `${reply}：已经逾期的不能再延`,
    loses: 'limit',
  },
  {
    what: '办结延期：政策不开放的也可以申请',
    file: 'completion-extension.dmn',
    strokes: [cell(1, '可以申请', 'true')],
    article: 'art24.p2',
    law: '“承办单位应当在答复的期限内办理完毕”',
    loses: 'limit',
  },
  {
    what: '暂停：政策不开放的也可以申请',
    file: 'pause-grounds.dmn',
    strokes: [cell(1, '可以申请', 'true')],
    article: 'art24.p1',
    law: `${reply}：条例没有暂停，开放与否由政策定`,
    loses: 'limit',
  },
  {
    what: '退单：指定以后也可以退',
    file: 'return-grounds.dmn',
    strokes: [cell(1, '可以退单', 'true')],
    article: 'art40.p1.i1',
    law: '“对法定职责内的热线事项拒不接收的”：指定了还退的没有终点，也没有线索',
    loses: 'clue',
  },
  {
    what: '退单：谁都不可以退',
    file: 'return-grounds.dmn',
    strokes: [cell(2, '可以退单', 'false')],
    article: 'art23.p1.i2',
    law: '“按照职责、属地或者行业管理要求”转：转错了的退回来，不是“拒不接收”',
    loses: 'condition',
  },
  {
    what: '督促：由市督促的，市也不督促',
    file: 'urging-levels.dmn',
    strokes: [cell(2, '市热线工作机构', '"none"')],
    article: 'art28',
    law: graded,
    loses: 'deed',
  },
  {
    what: '督促：区县之下的，区县不督促',
    file: 'urging-levels.dmn',
    strokes: [cell(4, '区县热线工作机构', '"none"')],
    article: 'art12.p1.i3',
    law: `${graded}；县、区热线工作机构“协调、督促县、区政府工作部门、街道办事处、镇”`,
    loses: 'deed',
  },
  {
    what: '督促：市、区县两级的那一行调到最前，区县不在的也要区县督促',
    file: 'urging-levels.dmn',
    strokes: [ruleBefore(4, 1)],
    article: 'art12.p1.i3',
    law: '县、区热线工作机构“负责本辖区的热线工作”：不在区县之下的没有哪个区县督促',
    loses: 'holder',
  },
  {
    what: '措施：一般情节的不责令改正',
    file: 'severity-measures.dmn',
    strokes: [cell(1, '责令改正', 'false')],
    article: 'art40',
    law: ordered,
    loses: 'deed',
  },
  {
    what: '措施：情节严重的不追究责任',
    file: 'severity-measures.dmn',
    strokes: [cell(5, '追究直接责任人员责任', 'false')],
    article: 'art40',
    law: liable,
    loses: 'deed',
  },
  {
    what: '措施：一般情节也追究个人责任',
    file: 'severity-measures.dmn',
    strokes: [cell(1, '追究直接责任人员责任', 'true')],
    article: 'art40',
    law: `${liable}：不严重的只责令改正`,
    loses: 'precondition',
  },
  {
    what: '措施：涉嫌犯罪的移送了就不追究责任',
    file: 'severity-measures.dmn',
    strokes: [cell(4, '追究直接责任人员责任', 'false')],
    article: 'art40',
    law: `${liable}；${crime}：一样不免另一样`,
    loses: 'deed',
  },
  {
    what: '措施：复核才认为涉嫌犯罪的不移送',
    file: 'severity-measures.dmn',
    strokes: [cell(4, '复核后移送', 'false')],
    article: 'art40',
    law: crime,
    loses: 'deed',
  },
  {
    what: '措施：打击报复的责令改正就完了',
    file: 'severity-measures.dmn',
    strokes: [cell(3, '责令改正', 'true'), cell(3, '追究直接责任人员责任', 'false')],
    article: 'art41',
    law: `${reprisal}：没有情节严重这个条件`,
    loses: 'deed',
  },
  {
    what: '措施：打击报复一般的同六种情形一样',
    file: 'severity-measures.dmn',
    strokes: [cell(1, '涉嫌情形', '-')],
    article: 'art41',
    law: `${reprisal}：没有情节严重这个条件`,
    loses: 'condition',
  },
];
