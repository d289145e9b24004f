/** A city without supervision, assessment, accountability and call-back needs none of their files, records and purposes. */
import { expect } from 'chai';
import { checkPackage } from '../../../src/design/package/index.js';
import { readAccessRules, readSamplePeople } from '../../../src/identity/index.js';
import { hasPart, lawOf } from '../../../src/kernel/law.js';
import { packageJson, packageRecords } from '../../../src/kernel/package-content.js';
import { usePackage } from '../../../src/kernel/package-root.js';
import { shippedLaw } from '../../../src/law/regulation/index.js';
import { radarRules } from '../../../src/measures/radar/index.js';
import { smallCity, smallCityFiles } from '../../support/small-city.js';

const day = '2026-03-02';

describe('没有考核、问责、督办、回访的城市', () => {
  const before = process.env['HOTLINE_PACKAGE'];
  const cities: { remove(): void }[] = [];
  const enter = (changed: Readonly<Record<string, unknown>> = {}): void => {
    const city = smallCity(changed);
    cities.push(city);
    usePackage(city.folder);
  };
  afterEach(() => {
    for (const city of cities.splice(0)) city.remove();
    if (before === undefined) delete process.env['HOTLINE_PACKAGE'];
    else process.env['HOTLINE_PACKAGE'] = before;
  });

  it('两张流程图、四条条文、十三项用途就够：核对没有一处可说的', async () => {
    enter();
    const { findings, diagrams, scenarios } = await checkPackage(day);
    expect(findings).to.deep.equal([]);
    expect([diagrams, scenarios]).to.deep.equal([2, 1]);
  });

  it('基础包里属于它们的记录随着不在：线索、通知、词汇、消息、示例帐号', () => {
    enter();
    const law = shippedLaw(day);
    for (const part of ['supervision', 'assessment', 'accountability', 'call-back', 'knowledge'] as const)
      expect(hasPart(part, law), part).to.equal(false);
    expect(lawOf('assessment-method', law)).to.equal('');
    expect(Object.keys(radarRules().acts)).to.not.include.members(['called-back', 'satisfied']);
    const left = packageRecords().flatMap(({ record, from }) => (from === 'dropped' ? [] : [record]));
    for (const record of [
      'deeds/deeds/supervision.ordered',
      'notifications/levels/supervision',
      'policies/warnRiseLeast',
      'roles/messages/accountability-clue',
    ])
      expect(left).to.not.include(record);
    const held = readSamplePeople().people.map(({ role }) => role);
    expect(held).to.include('head-of-unit');
    for (const role of ['reviewer', 'supervisor', 'assessor', 'inspector']) expect(held).to.not.include(role);
    expect(JSON.stringify(packageJson('regulation/notifications.json'))).to.not.match(/督办|回访|考核|问责/);
  });

  it('有了来问的，就要那一项用途：指明是谁问', async () => {
    const file = 'regulation/catalogue/2026/purposes.json';
    const content = smallCityFiles[file] as { purposes: object };
    enter({
      [file]: { ...content, purposes: { ...content.purposes, knowledge: ['art2'], reply: undefined } },
    });
    const { findings } = await checkPackage(day);
    expect(findings.map(({ where, what }) => `${where} ${what}`)).to.deep.equal([
      `${file} 知识库要引用“knowledge-owner”的条文，purposes 没有写它`,
      `${file} 知识库要引用“knowledge-review”的条文，purposes 没有写它`,
      `${file} 程序要引用“reply”的条文，purposes 没有写它`,
      `${file} 知识库要引用“unit-duties”的条文，purposes 没有写它`,
    ]);
  });

  it('情景里写单位的人：承办人自己的、别的单位的负责人不能审批；登记了人员的，依各人的角色、单位', async () => {
    const file = 'processes/scenarios/art07-reply.json';
    const lived = smallCityFiles[file] as { given: object; steps: { do?: string; by?: string }[] };
    const approvedBy = async (by: string, given: object = {}) => {
      const steps = lived.steps.map((step) => (step.do === 'reply.approved' ? { ...step, by } : step));
      const drafted = steps.map((step) =>
        step.do === 'reply.drafted' && 'people' in given ? { ...step, by: '承办人' } : step,
      );
      enter({ [file]: { ...lived, given: { ...lived.given, ...given }, steps: drafted } });
      return (await checkPackage(day)).findings.map(({ what }) => what).join();
    };
    expect(await approvedBy('市水务局/乙')).to.equal('');
    expect(await approvedBy('市水务局/甲')).to.include('“本单位负责人审批”不由 市水务局/甲 办理');
    expect(await approvedBy('市城管局/丙')).to.include('“本单位负责人审批”不由 市城管局/丙 办理');
    const register = {
      units: ['市水务局', '市城管局'].map((name) => ({ name, kind: 'department' })),
      people: [
        { name: '承办人', unit: '市水务局', roles: ['handler'] },
        { name: '本局负责人', unit: '市水务局', roles: ['head-of-unit'] },
        { name: '别局负责人', unit: '市城管局', roles: ['head-of-unit'] },
      ],
    };
    expect(await approvedBy('本局负责人', register)).to.equal('');
    expect(await approvedBy('别局负责人', register)).to.include('不由 别局负责人 办理');
    expect(await approvedBy('承办人', register)).to.include('不由 承办人 办理');
  });

  it('本市自己的角色：环节记的行为不在 may 里、may 里的没有环节做，都指明；消息可以只限几种单位', async () => {
    const file = 'regulation/roles.json';
    const content = smallCityFiles[file] as { roles: object[] };
    const roles = [{ ...content.roles[0], may: ['reply.given'] }];
    const messages = [{ message: 'asked', roles: ['handler', 'head-of-unit'], unitKinds: ['department'] }];
    enter({ [file]: { ...content, roles, messages } });
    const { findings } = await checkPackage(day);
    const found = findings.flatMap(({ rule, where }) => (rule === 'ownRoles' ? [where] : []));
    expect(found).to.deep.equal([
      'processes/handling.bpmn Task_Approve',
      'regulation/roles.json roles head-of-unit',
    ]);
    const rules = readAccessRules();
    expect(rules.maySend('asked', ['handler'], 'department')).to.equal(true);
    expect(rules.maySend('asked', ['handler'], 'hotline')).to.equal(false);
    expect(rules.maySend('asked', ['intake'], 'department')).to.equal(false);
  });

  it('列在条例里的条文要依次写，说了共几条的一条也不能少', async () => {
    const file = 'regulation/catalogue/2026/version.json';
    enter({ [file]: { ...(smallCityFiles[file] as object), articles: 7 } });
    const { findings } = await checkPackage(day);
    expect(findings[0]?.what).to.include('应当依次是第 1 至 7 条，实际是 1、2、5、7');
  });
});
