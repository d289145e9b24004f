import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { weightyChanges } from '../../src/governance/weight.js';
import { packageRoot } from '../../src/kernel/package-root.js';

describe('改了什么须两人批准', () => {
  const handling = readFileSync(join(packageRoot, 'processes', 'handling.bpmn'), 'utf8');
  const kindsOf = async (from: string | RegExp, to: string) => {
    const after = handling.replace(from, to);
    expect(after).not.to.equal(handling);
    return [...new Set((await weightyChanges('handling', handling, after)).map(({ property }) => property))];
  };

  it('第二十四条:期限的长短、按什么日子算、打断不打断', async () => {
    expect(await kindsOf('>P5D<', '>P4D<')).to.deep.equal(['deadline']);
    expect(await kindsOf('duty:unit="working-days"', 'duty:unit="natural"')).to.deep.equal(['deadline']);
    expect(await kindsOf('cancelActivity="false"', 'cancelActivity="true"')).to.deep.equal(['deadline']);
  });

  it('所依条款、岗位和回避、出口和表单的选项', async () => {
    expect(await kindsOf(/relation="fulfils"/, 'relation="records"')).to.deep.equal(['norm']);
    expect(await kindsOf('duty:role="unit"', 'duty:role="reviewer"')).to.deep.equal(['role']);
    expect(await kindsOf(/ duty:notBy="[^"]*"/, '')).to.deep.equal(['role']);
    expect(await kindsOf(/<duty:option value="[^"]*"/, '<duty:option value="otherwise"')).to.include('exit');
  });

  it('名称、说明、版面不算', async () => {
    expect(await kindsOf(/name="不再办理"/, 'name="不再继续"')).to.deep.equal([]);
    expect(await kindsOf(/<dc:Bounds x="\d+"/, '<dc:Bounds x="1"')).to.deep.equal([]);
    expect(await kindsOf('</bpmn:definitions>', '<!-- 说明 --></bpmn:definitions>')).to.deep.equal([]);
  });
});
