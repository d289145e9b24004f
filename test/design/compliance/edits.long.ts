/**
 * Edits of the shipped diagrams that must be refused, or change nothing in law: each is one that an officer could make in
 * the designer.
 */
import { expect } from 'chai';
import { checkDiagram, type Finding } from '../../../src/design/compliance/index.js';
import { checkContext, shippedDiagrams } from '../../support/check-context.js';

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
    what: '改正的期限画成 50 个工作日，条例交给政策：说没有什么再计这个期限',
    file: 'accountability.bpmn',
    from: '= limit("correction")',
    to: 'P50D',
    says: '没有计时事件了：',
  },
  {
    what: '改正的期限画成 50 个工作日，还写着是哪个期限：说长短画在了图上',
    file: 'accountability.bpmn',
    from: /(<bpmn:timerEventDefinition)([^>]*>\s*<bpmn:timeDuration[^>]*>)= limit\("correction"\)/,
    to: '$1 duty:clock="correction"$2P50D',
    says: '的长短画在了图上，条例把它交给政策',
  },
  {
    what: '认定交给承办单位：被判断的一方不能自己判断',
    file: 'accountability.bpmn',
    from: /(<bpmn:userTask id="Task_Find"[^>]*) duty:role="adjudicator" duty:notBy="[^"]*"/,
    to: '$1 duty:role="unit"',
    says: '被判断的一方不能自己判断',
  },
  {
    what: '退回重办的条件写成没有的选项，永远不成立',
    file: 'handling.bpmn',
    from: '= reworkDecision = "return"<',
    to: '= reworkDecision = "returned"<',
    says: 'reworkDecision 没有选项 "returned"',
  },
  {
    what: '移送的条件写成 false',
    file: 'acceptance.bpmn',
    from: '= wayOut = "original-channel"<',
    to: '= false<',
    says: '永远不成立，不论怎么填',
  },
  {
    what: '条件写成别的语言',
    file: 'acceptance.bpmn',
    from: '= wayOut = "original-channel"<',
    to: '= wayOut == "original-channel"<',
    says: '“==”不是 FEEL 的写法',
  },
  {
    what: '处理程序换成签收的：核对回避就没有了（第三十二条）',
    file: 'handling.bpmn',
    from: 'duty:handler="assignUnit"',
    to: 'duty:handler="signFor"',
    says: '处理程序 signFor 却不做这件事',
  },
  {
    what: '考核办法的核对换成计算指标（第三十一条）',
    file: 'assessment.bpmn',
    from: 'duty:handler="checkMethod"',
    to: 'duty:handler="computeFigures"',
    says: '处理程序 computeFigures 却不做这件事',
  },
  {
    what: '红牌的级别删掉：政策没有着落，警告',
    file: 'handling.bpmn',
    from: / duty:level="red"/g,
    to: '',
    severity: 'warning',
    says: '级别 red 再没有环节给出',
  },
  {
    what: '反馈的环节重画了，没有写行为：第二十四条的义务没有环节履行',
    file: 'handling.bpmn',
    from: /<duty:deed name="hotline.informed">[\s\S]*?<\/duty:deed>/,
    to: '',
    says: '少了一种履行它的办法：没有环节是“反馈市热线工作机构”',
  },
  {
    what: '督办单不再发：没有环节引起督办',
    file: 'supervision.bpmn',
    from: /<duty:deed name="supervision.(ordered|resumed)"(\/>|>[\s\S]*?<\/duty:deed>)/g,
    to: '',
    says: '没有办法履行它：没有环节是“发督办单”',
  },
  {
    what: '核对回避的环节不再核对：没有核对就交到承办单位（第三十二条）',
    file: 'handling.bpmn',
    from: '<duty:deed name="recusal.verified"/>',
    to: '',
    says: '没有先核对回避，就把工单交到承办单位',
  },
  {
    what: '超期的事项不发督办单就结束（第二十八条）',
    file: 'supervision.bpmn',
    from: /(id="Flow_Overdue_\w+" sourceRef="Start_Overdue" targetRef=)"\w+"/,
    to: '$1"Task_CloseSupervision"',
    says: '由“超出办理时限”引起以后，有一条路没有“发督办单”',
  },
  {
    what: '列出协办单位不再核对回避（第三十二条）',
    file: 'handling.bpmn',
    from: '<duty:deed name="supporters.verified"/>',
    to: '',
    says: '没有先核对协办单位的回避，就请协办单位配合',
  },
  {
    what: '列出协办单位的，不算核对了主办单位的回避（第二十九条、第三十二条）',
    file: 'handling.bpmn',
    from: '<duty:deed name="supporters.verified"/>',
    to: '<duty:deed name="recusal.verified"/>',
    says: '处理程序 askSupport 却不做这件事',
  },
  {
    what: '答复的期限画成 10 个工作日，去掉条文链接，链接挂到别的定时器上：条例的期限还是它',
    file: 'handling.bpmn',
    from: /(id="Timer_ReplyLimit"[\s\S]*?)<duty:norm provision="art24.p1" norm="J27" relation="checks"\/>([\s\S]*?)= limit\("reply"\)/,
    to: '$1$2P10D',
    says: '比法定的 5 个工作日宽',
  },
  {
    what: '来电人不满意的一律退回再办，没有人决定（第二十七条第二款是“可以”）',
    file: 'handling.bpmn',
    from: /<duty:deed name="(rework\.considered|feedback\.audited)">[\s\S]*?<\/duty:deed>/g,
    to: '',
    says: '没有先由人审核、决定，就退回承办单位再次办理',
  },
  {
    what: '问责的情形、认定不再各自保存：两件问责互相覆盖（第四十条）',
    file: 'accountability.bpmn',
    from: ' duty:own="accused accusedPath clueGround clueSource',
    to: ' duty:own="accused accusedPath clueSource',
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
    what: '决定移送的人可以是登记、劝阻的人（第四十二条、第四十三条）',
    file: 'acceptance.bpmn',
    from: ' duty:notBy="Task_Register Task_Dissuade"',
    to: '',
    says: '可能由同一个人办：决定移送的人不能是劝阻的人',
  },
];

/** Rules 7, 8 and 11: these findings concern deeds and clocks, whatever is linked. */
const whateverIsLinked: readonly Edit[] = [
  {
    what: '答复期满的红牌不再启动督办（第二十八条）',
    file: 'handling.bpmn',
    from: /<bpmn:messageEventDefinition id="Definition_RedCard_End" messageRef="Message_Overdue"\/>/,
    to: '',
    says: '“回复期限届满” 届满以后给了级别，却没有什么引起“分级督办”',
  },
  {
    what: '答复期满以后只有提醒、黄牌，给热线自己的提醒也不够',
    file: 'handling.bpmn',
    from: / duty:level="red">([\s\S]*?)<bpmn:messageEventDefinition id="Definition_RedCard_End" messageRef="Message_Overdue"\/>/,
    to: '>$1',
    says: '“回复期限届满” 届满以后只有提醒，没有升级',
  },
  {
    what: '书面说明没有收阅，谁也不提醒：条例没有给它期限，环节办的是条例里的行为',
    file: 'handling.bpmn',
    from: 'name="书面说明尚未收阅" duty:level="hotline-late"',
    to: 'name="书面说明尚未收阅"',
    says: '“收阅期满” 届满以后没有升级',
  },
  {
    what: '受理期满，谁也不提醒（第十一条第一项）',
    file: 'acceptance.bpmn',
    from: / duty:level="(hotline|office)-late"/g,
    to: '',
    says: '“受理期满” 届满以后没有升级',
  },
  {
    what: '是否退回不再由人选择（第二十七条第二款是“可以”）',
    file: 'handling.bpmn',
    from: /(key="reworkDecision" label="决定" type="choice") required="true"/,
    to: '$1',
    says: '“决定是否退回再次办理” 行使的是“可以”的权限',
  },
  {
    what: '回复要点可以不填（第二十四条）',
    file: 'handling.bpmn',
    from: /(key="replySummary" label="[^"]*" type="longText") required="true"/,
    to: '$1',
    says: '（replySummary）是 J20（“回复来电人”）的凭据，却可以不填',
  },
  {
    what: '认定的理由不存证（第四十条）',
    file: 'accountability.bpmn',
    from: /(key="findingReason"[^>]*) evidence="true"/,
    to: '$1',
    says: '的凭据，却不存证',
  },
  {
    what: '送达认定，没有留下凭据',
    file: 'accountability.bpmn',
    from: /(key="reviewRequested"[^>]*) evidence="true"/,
    to: '$1',
    says: '“送达认定、告知复核” 履行义务，表单里却没有必填并存证的栏目',
  },
];

const unlinked = (xml: string): string => xml.replaceAll(/\s*<duty:norm [^>]*\/>/g, '');

describe('改得不合法的图，核查说出为什么', () => {
  for (const { what, file, from, to, says } of whateverIsLinked) {
    it(`${what}；去掉全部条文链接也一样`, async () => {
      for (const xml of [sourceOf(file), unlinked(sourceOf(file))]) {
        const edited = xml.replace(from, to);
        expect(edited).to.not.equal(xml);
        const { findings } = await checkDiagram(edited, checkContext);
        const said = findings.find(({ message }) => message.includes(says));
        expect(said, findings.map(({ message }) => message).join('\n')).to.include({ severity: 'error' });
      }
    });
  }

  it('去掉全部条文链接，7、8、11 对随附的图没有可说的', async () => {
    for (const { file, xml } of shippedDiagrams) {
      const { findings } = await checkDiagram(unlinked(xml), checkContext);
      const wrong = findings.filter(({ rule }) => ['escalation', 'permission', 'evidence'].includes(rule));
      expect(wrong, file).to.deep.equal([]);
    }
  });

  for (const { what, file, from, to, severity = 'error', says } of edits) {
    it(what, async () => {
      const findings = await told(file, from, to);
      expect(findings.map((one) => `${one.severity} ${one.message}`).join('\n')).to.include(says);
      const said = findings.find(({ message }) => message.includes(says));
      expect(said).to.include({ severity });
      expect(said?.fix).to.match(/。$/);
    });
  }

  it('环节换了标识，什么都没有变：没有可说的', async () => {
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
