/**
 * Edits of the shipped diagrams that must be refused, or change nothing in law: each is one that an officer could make in
 * the designer.
 */
import { expect } from 'chai';
import { checkDiagram, type Finding } from '../../src/compliance/index.js';
import { checkContext, shippedDiagrams } from '../support/check-context.js';

const sourceOf = (file: string): string => shippedDiagrams.find((one) => one.file === file)?.xml ?? '';

async function told(file: string, from: RegExp | string, to: string): Promise<readonly Finding[]> {
  const xml = sourceOf(file);
  const edited = xml.replace(from, to);
  expect(edited, `${String(from)} 不在 ${file} 里`).to.not.equal(xml);
  return (await checkDiagram(edited, checkContext)).findings;
}

interface Edit {
  readonly what: string;
  readonly file: string;
  readonly from: RegExp | string;
  readonly to: string;
  readonly severity?: 'warning';
  readonly says: string;
}

const edits: readonly Edit[] = [
  {
    what: '改正的期限画成 50 个工作日,政策是 5 个:说实际按哪个',
    file: 'accountability.bpmn',
    from: /(duty:policy="correctionLimit">\s*<bpmn:timeDuration[^>]*>)P5D/,
    to: '$1P50D',
    says: '画的是 P50D,政策“',
  },
  {
    what: '认定交给承办单位:被判断的一方不能自己判断',
    file: 'accountability.bpmn',
    from: /(<bpmn:userTask id="Task_Find"[^>]*) duty:role="adjudicator" duty:notBy="[^"]*"/,
    to: '$1 duty:role="unit"',
    says: '被判断的一方不能自己判断',
  },
  {
    what: '退回重办的条件写成没有的选项,永远不成立',
    file: 'handling.bpmn',
    from: '= reworkDecision = "return"<',
    to: '= reworkDecision = "returned"<',
    says: '表单的 reworkDecision 没有选项 "returned"',
  },
  {
    what: '移送的条件写成 false',
    file: 'acceptance.bpmn',
    from: '= wayOut = "original-channel"<',
    to: '= false<',
    says: '永远不成立:写的是 false',
  },
  {
    what: '条件写成别的语言',
    file: 'acceptance.bpmn',
    from: '= wayOut = "original-channel"<',
    to: '= wayOut == "original-channel"<',
    says: '不是 FEEL',
  },
  {
    what: '处理程序换成签收的:核对回避就没有了(第三十二条)',
    file: 'handling.bpmn',
    from: 'duty:handler="assignUnit"',
    to: 'duty:handler="signFor"',
    says: '处理程序 signFor 却不做这件事',
  },
  {
    what: '考核办法的核对换成计算指标(第三十一条)',
    file: 'assessment.bpmn',
    from: 'duty:handler="checkMethod"',
    to: 'duty:handler="computeFigures"',
    says: '处理程序 computeFigures 却不做这件事',
  },
  {
    what: '红牌的级别删掉:政策没有着落,警告',
    file: 'handling.bpmn',
    from: / duty:level="red"/g,
    to: '',
    severity: 'warning',
    says: '级别 red 再没有环节给出',
  },
  {
    what: '反馈的环节重画了,没有写行为:第二十四条的义务没有环节履行',
    file: 'handling.bpmn',
    from: /<duty:deed name="hotline.informed">[\s\S]*?<\/duty:deed>/,
    to: '',
    says: '少了一种履行它的办法:没有环节是“反馈市热线工作机构”',
  },
  {
    what: '督办单不再发:没有环节引起督办',
    file: 'supervision.bpmn',
    from: /<duty:deed name="supervision.(ordered|resumed)"(\/>|>[\s\S]*?<\/duty:deed>)/g,
    to: '',
    says: '没有办法履行它:没有环节是“发督办单”',
  },
  {
    what: '核对回避的环节不再核对:没有核对就交到承办单位(第三十二条)',
    file: 'handling.bpmn',
    from: '<duty:deed name="recusal.verified"/>',
    to: '',
    says: '没有先核对回避,就把工单交到承办单位',
  },
  {
    what: '超期的事项不发督办单就结束(第二十八条)',
    file: 'supervision.bpmn',
    from: /(id="Flow_Overdue_\w+" sourceRef="Start_Overdue" targetRef=)"\w+"/,
    to: '$1"Task_CloseSupervision"',
    says: '由“超出办理时限”引起以后,有一条路没有“发督办单”',
  },
  {
    what: '列出协办单位不再核对回避(第三十二条)',
    file: 'handling.bpmn',
    from: '<duty:deed name="supporters.verified"/>',
    to: '',
    says: '没有先核对协办单位的回避,就请协办单位配合',
  },
  {
    what: '列出协办单位的,不算核对了主办单位的回避(第二十九条、第三十二条)',
    file: 'handling.bpmn',
    from: '<duty:deed name="supporters.verified"/>',
    to: '<duty:deed name="recusal.verified"/>',
    says: '处理程序 askSupport 却不做这件事',
  },
  {
    what: '答复的期限画成 10 个工作日,去掉条文链接,链接挂到别的定时器上:条例的期限还是它',
    file: 'handling.bpmn',
    from: /(id="Timer_ReplyLimit"[\s\S]*?)<duty:norm provision="art24.p1" norm="J27" relation="checks"\/>([\s\S]*?)P5D/,
    to: '$1$2P10D',
    says: '比法定的 5 个工作日宽',
  },
  {
    what: '来电人不满意的一律退回再办,没有人决定(第二十七条第二款是“可以”)',
    file: 'handling.bpmn',
    from: /<duty:deed name="(rework\.considered|feedback\.audited)">[\s\S]*?<\/duty:deed>/g,
    to: '',
    says: '没有先由人审核、决定,就退回承办单位再次办理',
  },
  {
    what: '问责的情形、认定不再各自保存:两件问责互相覆盖(第四十条)',
    file: 'accountability.bpmn',
    from: ' duty:own="clueGround clueSource',
    to: ' duty:own="clueSource',
    says: 'clueGround 不再是每件各自的',
  },
  {
    what: '整个去掉的也一样',
    file: 'accountability.bpmn',
    from: / duty:own="[^"]*"/,
    to: '',
    says: 'established、severity、finding',
  },
  {
    what: '决定移送的人可以是登记、劝阻的人(第四十二条、第四十三条)',
    file: 'acceptance.bpmn',
    from: ' duty:notBy="Task_Register Task_Dissuade"',
    to: '',
    says: '可能由同一个人办:决定移送的人不能是劝阻的人',
  },
];

describe('改得不合法的图,核查说出为什么', () => {
  for (const { what, file, from, to, severity = 'error', says } of edits) {
    it(what, async () => {
      const findings = await told(file, from, to);
      expect(findings.map((one) => `${one.severity} ${one.message}`).join('\n')).to.include(says);
      const said = findings.find(({ message }) => message.includes(says));
      expect(said).to.include({ severity });
      expect(said?.fix).to.match(/。$/);
    });
  }

  it('环节换了标识,什么都没有变:没有可说的', async () => {
    for (const { file, xml } of shippedDiagrams) {
      const renamed = xml.replaceAll(
        /\b(Task|Throw|Timer|End|Start|Gateway|Catch|Error|SubProcess|Condition)_(\w+)/g,
        'X_$1$2',
      );
      const { findings } = await checkDiagram(renamed, checkContext);
      expect(findings, file).to.deep.equal([]);
    }
  });
});
