import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { shippedFiles } from '../../../src/cases/index.js';
import { packageRoot } from '../../../src/kernel/package-root.js';
import { checkValue, meaningOf, shippedPolicies } from '../../../src/law/policy/index.js';
import { shippedContents } from '../../../src/law/regulation/shipped.js';
import { refusalOf } from '../../support/refusal.js';
import { packageJson } from '../../../src/kernel/package-content.js';

describe('政策可以有的值', () => {
  const { all, ...catalogue } = shippedPolicies();
  const named = (key: string) => catalogue.named(key);

  it('每项政策随附的值都是它可以有的值，也说得出意思', () => {
    expect(new Set(all.map(({ key }) => key)).size).to.equal(all.length);
    for (const definition of all) {
      expect(() => checkValue(definition, definition.value), definition.key).not.to.throw();
      expect(meaningOf(definition, definition.value), definition.key).to.match(/\p{Script=Han}/u);
    }
  });

  it('关于程序的在基础包里，各城市一样；条例留白的是本市的', () => {
    expect(['keepLogs', 'tellClosed', 'mergeDays'].every((key) => catalogue.isBase(key))).to.equal(true);
    expect(['supervisionLimit', 'extensionAllowed'].some((key) => catalogue.isBase(key))).to.equal(false);
  });

  it('每项政策都有流程图或者程序在读，没有一项是空话', () => {
    const read = [
      'src/handlers',
      'src/cases/amendment',
      'src/calendar',
      'src/cases/retention',
      'src/cases/intake',
      'src/cases/merging',
      'src/cases/publication',
      'src/measures/warning',
      'src/measures/radar',
    ].flatMap((folder) =>
      readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => readFileSync(join(packageRoot, folder, file), 'utf8')),
    );
    // Diagrams with the fragments that they use.
    read.push(...shippedFiles().map(({ source }) => source));
    // The bodies of the regulation name the policy by which another stands in.
    read.push(JSON.stringify(packageJson('regulation/bodies.json'), null, 1));
    // Those of messages to callers name the policy of each occasion.
    read.push(JSON.stringify(packageJson('regulation/messages.json'), null, 1));
    // Norms and clocks name the policy that decides a limit.
    read.push(JSON.stringify(shippedContents(), null, 1));
    const isRead = ({ key }: { readonly key: string }) =>
      read.some(
        (text) =>
          text.includes(`duty:policy="${key}"`) ||
          text.includes(`<text>policies.${key}</text>`) ||
          text.includes(`.value('${key}')`) ||
          text.includes(`policy: '${key}'`) ||
          text.includes(`"policy": "${key}"`),
      );
    expect(all.filter((policy) => !isRead(policy)).map(({ key }) => key)).to.deep.equal([]);
  });

  it('选择、工作日、小时、办公时间，各有各的写法；写错的说得出可以写什么', () => {
    for (const [key, right, wrong, remedy] of [
      ['replyStart', 'receipt', 'tomorrow', 'dispatch（工作流转单转出）'],
      ['extensionAllowed', 'true', 'TRUE', 'false（不开放）'],
      ['publicationThreshold', '3', '2', '3 至 100'],
      ['supervisionLimit', 'P60D', 'P61D', 'P1D 至 P60D'],
      ['supervisionLimit', 'P1D', 'P0D', 'P1D 至 P60D'],
      ['yellowLead', 'P4D', 'P5D', 'P1D 至 P4D'],
      ['dispatchLimit', 'PT720H', 'P1D', 'PT1H 至 PT720H'],
      ['keepTexts', 'P36M', 'P35M', '不得少于 36 个月：《个人信息保护法》第五十六条'],
      ['keepLogs', 'P6M', 'P5M', '不得少于 6 个月：《网络安全法》第二十一条'],
      ['keepCallers', 'P1M', 'P0M', 'P1M 至 P600M'],
      ['dispatchLimit', 'PT1H', 'PT0H', 'PT1H 至 PT720H'],
      ['businessHours', '09:00-17:00; end=close; hours=natural', '九点到五点', '09:00-12:00'],
      ['businessHours', 'none', '17:00-09:00; end=close; hours=natural', '开始早于结束'],
    ] as const) {
      expect(() => checkValue(named(key), right), key).not.to.throw();
      const refusal = refusalOf(() => checkValue(named(key), wrong));
      expect(refusal, key).to.have.property('code', 'policy.invalid');
      expect(refusal?.remedy, key).to.contain(remedy);
    }
  });

  it('对象自带的名字不是可选的值', () => {
    expect(refusalOf(() => checkValue(named('replyStart'), 'constructor'))?.code).to.equal('policy.invalid');
  });

  it('没有的政策拒绝，并列出有哪些', () => {
    const refusal = refusalOf(() => named('lunch'));
    expect(refusal).to.include({ code: 'policy.not-found' });
    expect(refusal?.remedy).to.contain('supervisionLimit');
  });
});
