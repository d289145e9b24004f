import { expect } from 'chai';
import {
  difference as differenceUnder,
  isShortened,
  noWords,
  type Change,
} from '../../../src/design/compliance/index.js';
import { shippedCatalogue, shippedLaw } from '../../../src/law/regulation/index.js';
import { shippedDiagrams } from '../../support/check-context.js';
import { drawnLimit } from '../../support/drawn-limit.js';

const handling = shippedDiagrams.find(({ file }) => file === 'handling.bpmn')?.xml ?? '';

const law = shippedLaw('2026-03-02');
const difference = (from: string, to: string, words = noWords): Promise<readonly Change[]> =>
  differenceUnder(from, to, words, law);

const changed = (from: string | RegExp, to: string): Promise<readonly Change[]> =>
  difference(handling, handling.replace(from, to));

describe('两张图的差别', () => {
  it('第二十四条：回复期限由 5 个工作日改为 6 个工作日，写成一句话', async () => {
    const [change, ...others] = await difference(drawnLimit(handling, 'P5D'), drawnLimit(handling, 'P6D'));
    expect(others).to.deep.equal([]);
    expect(change).to.deep.equal({
      element: 'Timer_ReplyLimit',
      elementName: '回复期限届满',
      property: 'timeDuration',
      article: '第二十四条第一款',
      before: 'P5D',
      after: 'P6D',
      sentence: '第24条 回复期限由 5 个工作日改为 6 个工作日',
      kind: 'semantic',
    });
  });

  it('换了写法的期限不会蒙混过去：PT1H', async () => {
    const before = drawnLimit(handling, 'P5D');
    const after = before.replace(
      /(<bpmn:timerEventDefinition id="Definition_ReplyLimit_Timer" duty:clock="reply") duty:unit="working-days">(\s*<bpmn:timeDuration[^>]*>)P5D/,
      '$1>$2PT1H',
    );
    const changes = await difference(before, after);
    expect(changes.map(({ property }) => property)).to.have.members(['timeDuration', 'duty:unit']);
    for (const { sentence } of changes) expect(sentence).to.equal('第24条 回复期限由 5 个工作日改为 1 小时');
  });

  it('删去的条文链接、改动的表单、去掉的排除、出口的先后都说得出来', async () => {
    const said = async (from: string | RegExp, to: string): Promise<readonly string[]> =>
      (await changed(from, to)).map(({ sentence }) => sentence);
    expect(await said(/<duty:norm[^>]*norm="J40"[^>]*>/, '')).to.deep.equal([
      '办理环节“召集协调、确定主办单位”不再链接第二十九条第一款（J40，履行）',
    ]);
    expect(await said(/(<duty:field key="handlingResult"[^>]*) required="true"/, '$1')).to.deep.equal([
      '第24条 办理环节“办理”的表单栏目“handlingResult”的是否必填删去了（原为 “是”）',
    ]);
    expect(await said(' duty:notBy="Task_Receive"', '')).to.deep.equal([
      '第23条 办理环节“裁定退单”的排除哪些环节的经办人删去了（原为 “签收工单”）',
    ]);
    expect(
      await said(
        '<bpmn:outgoing>Flow_Received_SignFor</bpmn:outgoing>\n        <bpmn:outgoing>Flow_Received_AssignUnit</bpmn:outgoing>',
        '<bpmn:outgoing>Flow_Received_AssignUnit</bpmn:outgoing>\n        <bpmn:outgoing>Flow_Received_SignFor</bpmn:outgoing>',
      ),
    ).to.satisfy((sentences: readonly string[]) => sentences.some((one) => one.includes('各出口的先后')));
    // Other elements are named by name, never by id.
    const moved = await said(/(id="Flow_Receive_Received" sourceRef=")Task_Receive"/, '$1Task_Handle"');
    expect(moved).to.include('顺序流“办理 → 签收意见”的起点由 “签收工单”改为 “办理”');
    expect(moved.join('')).to.not.match(/Task_|Flow_/);
  });

  it('行为、事实和条例里的期限，按条例的说法说，不说名称', async () => {
    const { vocabulary } = shippedCatalogue('2026-03-02');
    const said = async (from: string | RegExp, to: string): Promise<readonly string[]> =>
      (await difference(handling, handling.replace(from, to), vocabulary)).map(({ sentence }) => sentence);
    expect(await said(/<duty:deed name="reply\.given">[\s\S]*?<\/duty:deed>/, '')).to.deep.equal([
      '第24条 办理环节“回复来电人”不再做行为“回复来电人”（事实“way 回复方式”的值 “= replyChannel”）',
    ]);
    expect(await said('value="= replyChannel"', 'value="= channel"')).to.deep.equal([
      '第24条 办理环节“回复来电人”的行为“回复来电人”的事实“way 回复方式”的值由 “= replyChannel”改为 “= channel”',
    ]);
    expect(await said('<duty:deed name="report.made"/>', '<duty:deed name="report.made" on="begun"/>'))
      .to.have.length(1)
      .and.satisfy(([one]: [string]) => one.endsWith('的行为“专题报告市政府”的何时算做了写上了 “走到时”'));
    expect(await said('= limit("reply")', '= limit("completion")')).to.deep.equal([
      '第24条 回复期限由 条例规定的回复、反馈的期限改为 条例规定的答复的办结期限',
    ]);
    expect(await said(' duty:clock="follow-up"', ' duty:clock="reply"')).to.deep.equal([
      '第27条 边界事件“审核期满”的条例里的期限由 “审核、回访的期限”改为 “回复、反馈的期限”',
    ]);
    const [handler = ''] = await said('duty:handler="signFor"', 'duty:handler="takeBack"');
    expect(handler).to.match(/的处理程序由 “记载签收”改为 “收回工单”$/);
    // Only the name is the same: the deeds of a different element are reported in full.
    const renamed = await difference(
      handling,
      handling.replaceAll(/\bTask_SpecialReport\b/g, 'Task_Renamed'),
      vocabulary,
    );
    const removed = renamed.find(({ element }) => element === 'Task_SpecialReport')?.sentence;
    expect(removed).to.match(/^删去办理环节“专题报告市政府”.*行为“专题报告市政府”/);
  });

  it('新增、删去的环节连同内容说一遍', async () => {
    const added = await changed(
      '<bpmn:boundaryEvent id="Timer_Reminder"',
      `<bpmn:boundaryEvent id="Timer_New" name="偷加的" attachedToRef="Task_AuditFeedback">
         <bpmn:timerEventDefinition id="New_Definition"><bpmn:timeDuration>PT1M</bpmn:timeDuration></bpmn:timerEventDefinition>
       </bpmn:boundaryEvent><bpmn:boundaryEvent id="Timer_Reminder"`,
    );
    expect(added.map(({ element, property }) => [element, property])).to.deep.equal([
      ['Timer_New', 'element'],
    ]);
    expect(added[0]?.sentence).to.contain('新增边界事件“偷加的”').and.contain('PT1M');
  });

  it('只是重新排版的，没有差别；移动图形是图面的差别', async () => {
    const reformatted = handling
      .replace(/>\s+</g, '>\n\n<')
      .replace(/<bpmn:userTask id="(\w+)" name="([^"]+)"/g, "<bpmn:userTask name='$2'\n id='$1'")
      .replaceAll('bpmn:', 'b:')
      .replace('xmlns:bpmn=', 'xmlns:b=')
      .replaceAll('="b:t', '="b:t');
    expect(await difference(handling, reformatted)).to.deep.equal([]);
    const [moved, ...others] = await changed(/(<dc:Bounds x=")/, '$11');
    expect(others).to.deep.equal([]);
    expect(moved).to.include({ kind: 'layout', property: 'bounds.x' });
  });

  it('改了名称、又带着很长的说明和表单的，一句话读得完；删改的地方看得见，原文一字不少', async () => {
    const long = (middle: string): string => `${'办理依据'.repeat(300)}${middle}${'以下从略'.repeat(300)}`;
    const written = (name: string, text: string): string =>
      handling.replace(
        /(<bpmn:userTask id="Task_Handle" name=")[^"]*("[^>]*>)/,
        `$1${name}$2<bpmn:documentation>${text}</bpmn:documentation>`,
      );
    const name = `办理${'并报告'.repeat(60)}`;
    const changes = await difference(written('办理', long('旧')), written(name, long('新')));
    expect(changes.map(({ property }) => property)).to.have.members(['name', 'documentation.text']);
    for (const { sentence } of changes) expect([...sentence].length, sentence).to.be.lessThan(220);
    const text = changes.find(({ property }) => property !== 'name');
    expect(text).to.include({ before: long('旧'), after: long('新') });
    expect(text?.sentence).to.match(/由 “……[^”]*旧[^”]*……”改为 “……[^”]*新[^”]*……”$/);
    expect(changes.map((one) => isShortened(one))).to.deep.equal([true, true]);

    const [gone, ...others] = (
      await difference(
        written('办理', long('旧')),
        written('办理', long('旧')).replaceAll(/\bTask_Handle\b/g, 'Task_Renamed'),
      )
    ).filter(({ property }) => property === 'element');
    for (const { sentence } of [gone, ...others].flatMap((one) => one ?? [])) {
      expect([...sentence].length, sentence).to.be.lessThan(340);
    }
    expect(gone && isShortened(gone)).to.equal(true);
  });

  it('删去的环节，所履行的义务写成条文，不写标识', async () => {
    const changes = await changed(/\bTask_Handle\b/g, 'Task_Renamed');
    const gone = changes.find(({ property, after }) => property === 'element' && after === null);
    expect(gone?.sentence).to.match(/^删去办理环节“办理”（.*义务 第[一-龥]+条.*（J\d+，履行）/);
    expect(gone?.sentence).to.not.contain('fulfils');
  });

  it('缩短的文字不把一个字切成两半', async () => {
    const [change] = await changed('name="裁定退单"', `name="${'𠮷'.repeat(200)}"`);
    expect(change?.sentence)
      .to.contain('𠮷……𠮷')
      .and.not.match(/\p{Surrogate}/u);
  });
});
