/** A city's package is merged with its base by one reader: whole records, named; nothing is hidden. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect } from 'chai';
import {
  packageFiles,
  packageHas,
  packageJson,
  packageOn,
  packageRecords,
  packageText,
  packageVersions,
  packagesFrom,
} from '../../src/kernel/package-content.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { refusalOf } from '../support/refusal.js';

type Content = { readonly [key: string]: unknown };
interface Occasions {
  readonly occasions: readonly { readonly key: string; readonly title: string }[];
  readonly templates: { readonly [key: string]: { readonly zh: { readonly text: string } } };
}

describe('条例包与基础包', () => {
  let city: string;
  const write = (path: string, content: unknown): void => {
    mkdirSync(dirname(join(city, path)), { recursive: true });
    writeFileSync(join(city, path), typeof content === 'string' ? content : JSON.stringify(content));
  };
  const manifest = (said: Content = {}): void =>
    write('regulation/city.json', { format: 1, key: 'fourth', extends: 'hotline@1', ...said });
  /** Purposes that the base cites, each with an article of its own. */
  const used = ['callers-data', 'trail', 'investigation', 'early-warning', 'progress', 'sheet'];
  const citing = (purposes: readonly string[]): void =>
    write('regulation/catalogue/2026/purposes.json', {
      purposes: Object.fromEntries(purposes.map((purpose, at) => [purpose, [`art${at + 1}`, 'art90']])),
    });
  const messages = (): Occasions => packageJson('regulation/messages.json', city) as Occasions;
  const base = JSON.parse(
    readFileSync(join(packageRoot, 'packages/base/regulation/messages.json'), 'utf8'),
  ) as Occasions;
  const keys = base.occasions.map(({ key }) => key);

  beforeEach(() => {
    city = mkdtempSync(join(tmpdir(), 'fourth-'));
    citing(used);
    manifest();
  });
  afterEach(() => rmSync(city, { recursive: true }));

  it('第四个城市只写三项：改一项、加一项、不用一项，其余是基础包的，次序也是', () => {
    manifest({ replaces: ['messages/occasions/closed'], drops: ['messages/occasions/rate'] });
    write('regulation/messages.json', {
      occasions: [
        { key: 'closed', title: '结了' },
        { key: 'extra', title: '另加' },
      ],
    });
    expect(messages().occasions.map(({ key, title }) => (key === 'closed' ? title : key))).to.deep.equal([
      ...keys.filter((key) => key !== 'rate').map((key) => (key === 'closed' ? '结了' : key)),
      'extra',
    ]);
    expect(messages().templates['closed']?.zh.text).to.be.a('string');
    const own = packageRecords(city).filter(
      ({ file, from }) => file === 'regulation/messages.json' && from !== 'base',
    );
    expect(own.map(({ record, from, inBase }) => [record, from, inBase])).to.deep.equal([
      ['messages/occasions/closed', 'city', true],
      ['messages/occasions/rate', 'dropped', true],
      ['messages/occasions/extra', 'city', false],
    ]);
  });

  it('不用一个行为，列表里说它的也不用；来源要求它的照旧，本市做没做到另说', () => {
    const deeds = ['matter.presented', 'matter.dispatched', 'matter.closed', 'call-back.made'];
    const source = 'regulation/sources/guobanfa-2020-53.json';
    const before = packageJson(source, city);
    manifest({ drops: deeds.slice(1).map((deed) => `deeds/deeds/${deed}`) });
    expect(packageJson(source, city)).to.deep.equal(before);
    const told = messages().occasions as unknown as { key: string; on: { deed: string }[] }[];
    expect(told.find(({ key }) => key === 'closed')?.on.map(({ deed }) => deed)).to.deep.equal([
      'acceptance.concluded',
    ]);
  });

  it('只写名称的，说明基础包的一项在本市的次序里站在哪里；基础包没有的不收', () => {
    const last = keys.at(-1) ?? '';
    write('regulation/messages.json', { occasions: [last, { key: 'extra', title: '另加' }, keys[0]] });
    expect(messages().occasions.map(({ key }) => key)).to.deep.equal([
      last,
      'extra',
      ...keys.filter((key) => key !== last),
    ]);
    write('regulation/messages.json', { occasions: [{ key: 'extra' }, { key: 'extra' }] });
    expect(refusalOf(messages)?.message).to.equal('“messages/occasions/extra”写了两次');
    write('regulation/messages.json', { occasions: ['nothing'] });
    expect(refusalOf(messages)?.message).to.equal('“messages/occasions/nothing”基础包里没有，不能只写名称');
  });

  it('基础包也有、没有写进 replaces 的，拒绝并指名；一样的也是', () => {
    write('regulation/messages.json', { occasions: [base.occasions[0]] });
    const refused = refusalOf(messages);
    expect(refused?.code).to.equal('package.invalid');
    expect(refused?.message).to.equal(`“messages/occasions/${keys[0]}”基础包里也有，没有写进 replaces`);
    expect(refused?.where).to.equal(join(city, 'regulation/messages.json'));
    expect(refused?.remedy).to.include('删去');
    manifest({ replaces: [`messages/occasions/${keys[0]}`] });
    messages();
    const equal = packageRecords(city).filter((one) => one.equal);
    expect(equal.map(({ record }) => record)).to.deep.equal([`messages/occasions/${keys[0]}`]);
  });

  it('不深合并：改一项要写全，基础包的那一项一个字也不留', () => {
    manifest({ replaces: ['messages/templates/closed'] });
    write('regulation/messages.json', { templates: { closed: { zh: { text: '结了' } } } });
    expect(messages().templates['closed']).to.deep.equal({ zh: { text: '结了' } });
  });

  it('写进 drops 又写了的，拒绝；整份文件也可以换、可以不用', () => {
    manifest({ drops: ['messages/occasions/closed'] });
    write('regulation/messages.json', { occasions: [{ key: 'closed', title: '结了' }] });
    expect(refusalOf(messages)?.message).to.equal('“messages/occasions/closed”写进了 drops，本市又写了它');
    manifest({ replaces: ['messages'] });
    expect(messages()).to.deep.equal({ occasions: [{ key: 'closed', title: '结了' }] });
    rmSync(join(city, 'regulation/messages.json'));
    manifest();
    expect(packageFiles('processes', '.dmn', city)).to.deep.equal(['dispatch.dmn']);
    const table = packageText('processes/dispatch.dmn', city);
    expect(table).to.include('样本示例一区人民政府');
    write('processes/dispatch.dmn', table);
    expect(refusalOf(() => packageText('processes/dispatch.dmn', city))?.message).to.include('replaces');
    manifest({ replaces: ['processes/dispatch.dmn'] });
    expect(packageRecords(city).find(({ equal }) => equal)?.record).to.equal('processes/dispatch.dmn');
    rmSync(join(city, 'processes/dispatch.dmn'));
    manifest({ drops: ['processes/dispatch.dmn'] });
    expect(packageFiles('processes', '.dmn', city)).to.deep.equal([]);
    expect(packageHas('processes/dispatch.dmn', city)).to.equal(false);
    expect(refusalOf(() => packageText('processes/dispatch.dmn', city))?.message).to.include('程序还要用它');
  });

  it('称呼依清单，没有写的是基础包的；条文依本市条例的用途，没有的不引', () => {
    const policies = () => packageJson('regulation/policies.json', city) as readonly Content[];
    citing([]);
    expect(policies().find(({ key }) => key === 'keepTexts')?.['article']).to.equal('');
    citing(used);
    expect(policies().find(({ key }) => key === 'keepTexts')?.['article']).to.equal('art2');
    manifest({ titles: { caller: '居民' } });
    const kept = policies().find(({ key }) => key === 'keepCallers');
    expect(kept?.['label']).to.equal('居民资料保存多久：自办结起');
    expect(kept?.['article']).to.equal('art1');
    expect(JSON.stringify(policies())).not.to.match(/\{[a-z]/);
  });

  it('清单不对的，各用话说出错在哪里、可以写什么', () => {
    const said = (): string => {
      const refused = refusalOf(messages);
      return `${refused?.message ?? ''}。${refused?.remedy ?? ''}`;
    };
    manifest({ format: 2 });
    expect(said()).to.include('清单的 format 是 2，这个程序只认 1').and.include('更新的程序');
    manifest({ extends: 'hotline@7' });
    expect(said()).to.include('没有基础包 "hotline@7"').and.include('hotline@1');
    manifest({ titles: { mayor: '市长' } });
    expect(said()).to.include('titles 没有“mayor”').and.include('caller');
    manifest({ titles: { caller: '“来”"电"' } });
    expect(said()).to.include('清单的 titles 写得不对');
    manifest({ replace: [] });
    expect(said()).to.include('没有“replace”这一项').and.include('replaces');
    manifest({ drops: 'messages' });
    expect(said()).to.include('清单的 drops 写得不对').and.include('记录名');
    manifest({ key: '第四' });
    expect(said()).to.include('清单的 key 写得不对');
    for (const [text, what] of [
      ['{', '不是合格的 JSON'],
      ['[]', '不是一个对象'],
    ] as const) {
      write('regulation/city.json', text);
      expect(said()).to.include(what);
    }
    const isBase = refusalOf(() => packageVersions(join(packageRoot, 'packages/base')));
    expect(isBase?.message).to.equal('hotline@1 是基础包，不是一个城市的条例包');
    rmSync(join(city, 'regulation/city.json'));
    expect(said()).to.include('条例包没有清单').and.include('写一个 regulation/city.json');
  });

  describe('接着本市原来的条例', () => {
    let earlier: string;
    beforeEach(() => {
      earlier = city;
      city = mkdtempSync(join(tmpdir(), 'fourth-next-'));
      citing(used);
      write('regulation/catalogue/2026/version.json', { inForceFrom: '2026-01-01' });
      manifest({ follows: relative(city, earlier), drops: ['messages/occasions/rate'] });
    });
    afterEach(() => rmSync(earlier, { recursive: true }));

    it('在办的工单还要用的记录留着，两边都有的依新的；各日依哪一个条例包', () => {
      write('regulation/messages.json', { occasions: [{ key: 'extra', title: '另加' }] });
      const all = messages().occasions.map(({ key }) => key);
      expect(all).to.include.members(['rate', 'extra']);
      expect(new Set(all).size).to.equal(all.length);
      expect([packageOn('2025-12-31', city), packageOn('2026-01-01', city)]).to.deep.equal([earlier, city]);
      expect(packagesFrom('2025-12-31', city)).to.deep.equal([
        { root: earlier },
        { root: city, from: '2026-01-01' },
      ]);
    });

    it('那里没有条例包的、别的城市的，拒绝，说出写什么', () => {
      manifest({ follows: '../nowhere' });
      expect(refusalOf(messages)?.message).to.include('"../nowhere"，那里没有条例包');
      manifest({ follows: relative(city, earlier), key: 'fifth' });
      expect(refusalOf(messages)?.message).to.include('“fourth”的，本条例包是“fifth”的');
    });
  });

  it('不用基础包的，一字不添', () => {
    write('regulation/city.json', { format: 1, key: 'alone' });
    write('regulation/messages.json', { occasions: [] });
    expect(messages()).to.deep.equal({ occasions: [] });
    expect(() => packageJson('regulation/radar.json', city)).to.throw('regulation/radar.json：没有这个文件');
  });
});
