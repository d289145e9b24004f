import { expect } from 'chai';
import { packageText } from '../../../src/kernel/package-content.js';
import { weightyChanges } from '../../../src/design/governance/weight.js';
import { packageRoot } from '../../../src/kernel/package-root.js';

describe('改了什么须两人批准', () => {
  const handling = packageText('processes/handling.bpmn', packageRoot);
  const kindsOf = async (from: string | RegExp, to: string) => {
    const after = handling.replace(from, to);
    expect(after).not.to.equal(handling);
    return [...new Set((await weightyChanges('handling', handling, after)).map(({ property }) => property))];
  };

  it('第二十四条：期限的长短、按什么日子算、打断不打断', async () => {
    expect(await kindsOf('= limit("reply")', '= stricter(limit("reply"), "P4D")')).to.deep.equal([
      'deadline',
    ]);
    expect(await kindsOf('duty:unit="working-days"', 'duty:unit="natural"')).to.deep.equal(['deadline']);
    expect(await kindsOf('cancelActivity="false"', 'cancelActivity="true"')).to.deep.equal(['deadline']);
  });

  it('所依条款、岗位和回避、出口和表单的选项', async () => {
    expect(await kindsOf(/relation="fulfils"/, 'relation="records"')).to.deep.equal(['norm']);
    expect(await kindsOf('duty:role="unit"', 'duty:role="reviewer"')).to.deep.equal(['role']);
    expect(await kindsOf(/ duty:notBy="[^"]*"/, '')).to.deep.equal(['role']);
    expect(await kindsOf(/<duty:option value="[^"]*"/, '<duty:option value="otherwise"')).to.include('exit');
  });

  it('情景：停用、改动证明义务的；新增的、不证明什么的不算', async () => {
    const drawn = (name: string, more: string, steps: string): string =>
      handling.replace(
        /(<bpmn:process id="handling"[^>]*>)/,
        `$1<bpmn:extensionElements><duty:scenario name="${name}" title="按期回复"${more}>${steps}</duty:scenario></bpmn:extensionElements>`,
      );
    const proving = '{"steps":[{"then":"x","expect":{"duties":[{"norm":"J29","state":"satisfied"}]}}]}';
    const weighs = async (before: string, after: string, shipped: readonly string[] = []) =>
      (await weightyChanges('handling', before, after, shipped)).map(({ sentence }) => sentence);
    const standing = drawn('own', '', proving);
    const retired = ['证明义务的情景不再算数：“按期回复”'];
    expect(await weighs(standing, drawn('own', ' retired="过时"', proving))).to.deep.equal(retired);
    expect(await weighs(standing, handling)).to.deep.equal(retired);
    expect(await weighs(standing, drawn('own', '', proving.replace('satisfied', 'violated')))).to.deep.equal([
      '证明义务的情景有改动：“按期回复”',
    ]);
    expect(await weighs(handling, drawn('shipped', ' retired="过时"', proving), ['shipped'])).to.deep.equal(
      retired,
    );
    expect(await weighs(handling, standing)).to.deep.equal([]);
    expect(await weighs(drawn('own', '', '{}'), drawn('own', ' retired="过时"', '{}'))).to.deep.equal([]);
  });

  it('名称、说明、版面不算', async () => {
    expect(await kindsOf(/name="不再办理"/, 'name="不再继续"')).to.deep.equal([]);
    expect(await kindsOf(/<dc:Bounds x="\d+"/, '<dc:Bounds x="1"')).to.deep.equal([]);
    expect(await kindsOf('</bpmn:definitions>', '<!-- 说明 --></bpmn:definitions>')).to.deep.equal([]);
  });
});
