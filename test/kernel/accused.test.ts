/** Whom a clue accuses: a unit or a person by its key, and who corrects and orders for it. */
import { expect } from 'chai';
import { accusedFaults, presumedPath, wholeOf, type AccusedRows } from '../../src/identity/accused.js';
import { readAccessRules } from '../../src/identity/index.js';
import { accusedIn, accusedOf, accusedText, isAccused } from '../../src/kernel/accused.js';
import { copyOfPackage } from '../support/city-package.js';

const bodies = [
  { kind: 'hotline', name: '热线' },
  { kind: 'general-office', name: '办公厅' },
  { kind: 'government', name: '政府' },
];

const to = { corrects: 'body', orders: 'superior', decides: 'supervisory-organ' } as const;
const rows: AccusedRows = {
  paths: [
    { ...to, accused: ['unit', 'agent'], kinds: ['hotline'], above: ['general-office', 'government'] },
    { ...to, accused: ['unit', 'official'], kinds: ['general-office', 'department'], above: ['government'] },
  ],
  elsewhere: ['government'],
};

describe('被指控的单位、人员', () => {
  it('写作种类和编号；姓名（带空格的）、别的种类、空的不收', () => {
    expect(accusedIn('unit:市水务局')).to.deep.equal({ kind: 'unit', key: '市水务局' });
    expect(accusedIn('agent:1072')).to.deep.equal({ kind: 'agent', key: '1072' });
    for (const wrong of ['unknown', '市水务局', 'person:1', 'unit:', 'agent:王 芳', 7, null])
      expect(accusedIn(wrong), String(wrong)).to.equal(undefined);
    expect(isAccused('unknown')).to.equal(true);
    expect(isAccused('还不知道')).to.equal(false);
    expect(accusedText({ kind: 'unit', key: '市 水务局' })).to.equal('unit:市水务局');
  });

  it('没有写明的，是持有事项的单位；没有单位的，没有', () => {
    expect(accusedOf('agent:1072', '甲')).to.equal('agent:1072');
    expect(accusedOf(undefined, '甲')).to.equal('unit:甲');
    expect(accusedOf(undefined, undefined)).to.equal(undefined);
  });

  it('第四十条：热线的人员由热线改正、上级责令；部门由政府责令，热线的内设机构由热线整个改正', () => {
    expect(presumedPath(rows, bodies, { kind: 'agent', key: '1072' })).to.deep.equal({
      body: '热线',
      superiors: ['办公厅', '政府'],
    });
    expect(presumedPath(rows, bodies, { kind: 'unit', key: '办公厅' }).superiors).to.deep.equal(['政府']);
    expect(presumedPath(rows, bodies, { kind: 'unit', key: '甲' })).to.deep.equal({
      body: '甲',
      superiors: ['政府'],
    });
    const desk = { kind: 'hotline', name: '话务一科' };
    expect(wholeOf([desk, bodies[0] ?? desk], bodies)?.name).to.equal('热线');
    const bureau = { kind: 'department', name: '区住建局' };
    expect(wholeOf([bureau, { kind: 'department', name: '市住建局' }], bodies)).to.equal(bureau);
  });

  it('没有人能改正、能责令的，指名说出是哪一种单位', () => {
    const kinds = [...bodies, { kind: 'department', name: '部门' }, { kind: 'firm', name: '企业' }].map(
      ({ kind: key, name }) => ({ key, name }),
    );
    const all = accusedFaults(rows, kinds, () => true);
    expect(all).to.deep.equal(['没有写企业（firm）被指控时由谁改正、由谁责令']);
    const noOrder = accusedFaults(rows, kinds, (duty, kind) => duty === 'body' || kind === 'department');
    expect(noOrder.filter((one) => one.includes('没有人责令')).join()).to.match(/热线.*办公厅.*部门/);
    expect(accusedFaults(rows, kinds, (duty) => duty !== 'body').join()).to.include(
      '热线（hotline）被指控时没有人改正',
    );
  });

  it('装上的包里街道之类的单位没有人责令的，读不进来', () => {
    const city = copyOfPackage();
    try {
      expect(() => readAccessRules()).not.to.throw();
      city.changeJson('regulation/roles.json', ({ duties }: { duties: { duty: string }[] }) => {
        duties.splice(0, duties.length, ...duties.filter(({ duty }) => duty !== 'superior'));
      });
      expect(() => readAccessRules()).to.throw(/部门（department）被指控时没有人责令/);
    } finally {
      city.leave();
    }
  });
});
