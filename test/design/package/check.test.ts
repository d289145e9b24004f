/** Faults of a city's package are named with their file; a database runs only with its own city's package. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { intakeForm, shippedProcesses } from '../../../src/cases/index.js';
import { findingsInChinese } from '../../../src/kernel/chinese-findings.js';
import { packageJson, packageText } from '../../../src/kernel/package-content.js';
import { manifestFindings } from '../../../src/design/package/manifest.js';
import { annotate, definitionOf, parseDiagram } from '../../../src/engine/index.js';
import { packageRoot, usePackage } from '../../../src/kernel/package-root.js';
import { checkPackage } from '../../../src/design/package/index.js';
import { programFieldsAsked } from '../../../src/design/package/program-fields.js';
import { sheetOptions, unservedWays } from '../../../src/design/package/sheet-options.js';
import { unknownNames } from '../../../src/design/package/unknown-names.js';
import {
  assertCatalogueReadable,
  assertOwnCity,
  recordShippedRegulation,
  shippedCatalogues,
  shippedLaw,
} from '../../../src/law/regulation/index.js';
import { copyOfPackage, type CityPackage } from '../../support/city-package.js';
import { refusalFrom, refusalOf } from '../../support/refusal.js';
import { useSystem } from '../../support/system.js';

const day = '2026-03-02';

const diagramsOf = ({ folder }: CityPackage): ReadonlyMap<string, string> =>
  new Map(shippedProcesses().map((key) => [key, packageText(`processes/${key}.bpmn`, folder)] as const));

describe('城市的条例包', () => {
  const system = useSystem({ shipped: false });
  let city: CityPackage;
  beforeEach(() => (city = copyOfPackage()));
  afterEach(() => city.leave());

  it('少了文件、不是 JSON、少填一项、不是 BPMN：各指明是哪个文件、错在哪里，一次说全', async () => {
    rmSync(join(city.folder, 'regulation/bodies.json'));
    city.change('regulation/districts.json', (text) => text.slice(0, -4));
    city.changeJson('regulation/policies.json', (policies: Record<string, unknown>[]) => {
      delete policies[0]?.['reason'];
    });
    city.change('processes/supervision.bpmn', () => '<nothing/>');
    const { regulation, findings } = await checkPackage(day);
    expect(regulation).to.equal('《济南市12345市民服务热线条例》2018 版');
    const said = findings.map(({ where, what }) => `${where} ${what}`).join('\n');
    for (const part of [
      /regulation\/bodies\.json 各级机构读不出来：regulation\/bodies\.json：没有这个文件/,
      /regulation\/districts\.json 区县读不出来：regulation\/districts\.json：不是合格的 JSON/,
      /regulation\/policies\.json 政策读不出来：0\.reason /,
      /processes\/supervision\.bpmn 流程图 supervision 读不出来/,
    ])
      expect(said).to.match(part);
    expect(findings.map(({ fix }) => fix)).to.include('写上它；各项见 docs/reference/package.md');
    expect(findings.every(({ severity, fix }) => severity === 'error' && fix.length > 0)).to.equal(true);
  });

  it('清单里的名称基础包没有、写了 replaces 却没有写、写了却一样：各指名，说得出怎么办', async () => {
    const own = copyOfPackage({ whole: false });
    const { templates } = packageJson('regulation/messages.json') as { templates: { rate: unknown } };
    own.changeJson('regulation/messages.json', (messages: { templates?: object }) => {
      messages.templates = { rate: templates.rate };
    });
    own.changeJson('regulation/city.json', (manifest: { replaces: string[]; drops: string[] }) => {
      manifest.replaces.push('districts', 'messages/occasions/closed', 'messages/templates/rate');
      manifest.drops.push('processes/none.dmn');
    });
    own.changeJson('regulation/publication.json', (content: { issuer: string }) => {
      content.issuer = '{operater}';
    });
    const found = manifestFindings();
    own.changeJson('regulation/messages.json', (messages: { templates: { closed?: object } }) => {
      messages.templates.closed = {};
    });
    const [undeclared] = (await checkPackage(day)).findings;
    own.leave();
    expect(undeclared?.where).to.equal('regulation/messages.json');
    expect(undeclared?.what).to.include('“messages/templates/closed”基础包里也有');
    expect(undeclared?.fix).to.include('"messages/templates/closed"');
    expect(found.map(({ severity, where, what }) => `${severity} ${where} ${what}`)).to.deep.equal([
      'error regulation/city.json 基础包 hotline@1 里没有“districts”',
      'error regulation/city.json 基础包 hotline@1 里没有“processes/none.dmn”',
      'error regulation/city.json “messages/occasions/closed”写进了 replaces，本市没有写它',
      'warning regulation/messages.json “messages/templates/rate”与基础包的一样',
      'error regulation/publication.json 没有“{operater}”这个称呼',
    ]);
    expect(found[4]?.fix).to.include('{operator}');
    expect(found[1]?.fix).to.include('processes/dispatch.dmn');
    expect(found[3]?.fix).to.include('replaces');
  });

  it('条例目录读不出来的、不是条例包的文件夹：启动和核对都先说这一处', () => {
    city.change('regulation/catalogue/2018/purposes.json', () => '{}');
    const refused = refusalOf(assertCatalogueReadable);
    expect(refused?.code).to.equal('package.invalid');
    expect(refused?.message).to.include('purposes.levels');
    usePackage('/nowhere');
    expect(refusalOf(assertCatalogueReadable)?.message).to.include('条例包没有清单');
    usePackage(city.folder);
  });

  it('条例目录里的一个文件没有、写错：指明是哪个文件，写错的说可以写什么', () => {
    findingsInChinese();
    const of = (name: string) => `regulation/catalogue/2018/${name}.json`;
    const refused = () => {
      const said = refusalOf(assertCatalogueReadable);
      return `${said?.where ?? ''} ${said?.message ?? ''} ${said?.remedy ?? ''}`;
    };
    const refusedIn = (change: (norm: Record<string, unknown>) => void): string => {
      const other = copyOfPackage();
      other.changeJson(
        of('chapter-4'),
        ({ articles }: { articles: { norms: Record<string, unknown>[] }[] }) => {
          const limited = articles.flatMap(({ norms }) => norms).find(({ limit }) => limit);
          if (limited) change(limited);
        },
      );
      const said = refused();
      other.leave();
      return said;
    };
    expect(refusedIn((norm) => (norm['limit'] = { days: 'five', of: 'working' })))
      .to.include(`${of('chapter-4')} `)
      .and.include('days：写 1 至 366 的整数，或者从小到大的两个，例如 [3, 5]');
    expect(refusedIn((norm) => (norm['limit'] = { workdays: 5 }))).to.include(
      '不认得 workdays；可以写的是 days、hours、months',
    );
    expect(refusedIn((norm) => (norm['deadline'] = { hours: 3 })))
      .to.include('没有这一项：“deadline”；可以写的是 id、provisions')
      .and.include('docs/reference/package.md');
    expect(refusedIn((norm) => (norm['enforceable'] = 'often'))).to.include(
      'enforceable 只能是 true、false 之一',
    );
    city.changeJson('regulation/policies.json', (policies: Record<string, unknown>[]) => {
      Object.assign(policies[0] ?? {}, { certainty: 'V' });
    });
    expect(refused()).to.match(/^regulation\/policies\.json .*certainty 只能是 P、R、U 之一/);
    rmSync(join(city.folder, of('measures')));
    expect(refused()).to.include(`${of('measures')} ${of('measures')}：没有这个文件`);
  });

  it('没有这个行为、政策、角色：指明文件和位置；随附的一处也没有', async () => {
    expect(unknownNames(day)).to.deep.equal([]);
    city.changeJson('regulation/bodies.json', (bodies: { policy: string }) => {
      bodies.policy = 'nothing';
    });
    city.changeJson('regulation/roles.json', ({ duties }: { duties: { role: string }[] }) => {
      for (const one of duties.slice(0, 1)) one.role = 'nobody';
    });
    expect(unknownNames(day).map(({ where, what }) => `${where} ${what}`)).to.deep.equal([
      'regulation/bodies.json policy 政策里没有“nothing”',
      'regulation/roles.json duties.0.role 角色里没有“nobody”',
    ]);
    city.changeJson('regulation/notifications.json', ({ task }: { task: { to: string[] } }) => {
      task.to.push('role:clerk');
    });
    city.changeJson('regulation/roles.json', (roles: { duties: { duty: string }[] }) => {
      roles.duties = roles.duties.filter(({ duty }) => duty !== 'adjudicator');
    });
    const more = unknownNames(day).map(({ what }) => what);
    expect(more).to.include.members(['岗位里没有“clerk”', '没有“adjudicator”这个岗位']);
  });

  it('类别、渠道、处理方式与受理流程图的选项不一致：逐项说明', async () => {
    city.changeJson(
      'regulation/sheet.json',
      ({ kinds, intake }: { kinds: { key: string }[]; intake: { waysOut: object[] } }) => {
        kinds.splice(0, 1, { ...kinds[0], key: 'praise' });
        intake.waysOut.push({ key: 'refusal', name: '不予受理', kinds: ['nothing'] });
      },
    );
    const acceptance = packageText('processes/acceptance.bpmn', city.folder);
    const found = sheetOptions(annotate(await parseDiagram(acceptance), 'acceptance'), shippedLaw(day));
    expect(found.map(({ where, what }) => `${where} ${what}`)).to.deep.equal([
      'regulation/sheet.json kinds “咨询”（praise）不是受理流程图 kind 一栏的选项，登记时会被拒绝',
      'regulation/sheet.json kinds 受理流程图 kind 一栏的选项 consultation 没有列在这里，程序不收',
      'regulation/sheet.json intake.waysOut “不予受理”（refusal）不是受理流程图 wayOut 一栏的选项，登记时会被拒绝',
      'regulation/sheet.json intake.waysOut refusal 没有“nothing”这一类',
    ]);
  });

  it('程序要读的一栏没有问、问成别的类型、受理页走不到：指明是哪一步、写什么', async () => {
    expect(await programFieldsAsked(diagramsOf(city))).to.deep.equal([]);
    city.change('processes/acceptance.bpmn', (xml) =>
      xml
        .replaceAll('key="relatedSheet"', 'key="olderSheet"')
        .replace(
          'key="accusedUnit" label="被投诉、举报的单位" type="unit"',
          'key="accusedUnit" label="单位" type="text"',
        )
        .replace(
          'key="unit" label="承办单位（多个单位时填拟定主办单位）" type="unit"',
          'key="office" label="单位" type="unit"',
        ),
    );
    const found = await programFieldsAsked(diagramsOf(city));
    expect(found.map(({ what }) => what)).to.deep.equal([
      '“单位”（accusedUnit）是 text，程序把 accusedUnit 当作 unit 来读',
      '“关联重复事项”的 linkRepeat 要读 relatedSheet，各张流程图都没有问',
    ]);
    expect(found.map(({ where }) => where)).to.deep.equal([
      'processes/acceptance.bpmn Task_Register',
      'processes/acceptance.bpmn Task_LinkRepeat',
    ]);
    expect(found[1]?.fix).to.contain('<duty:field key="relatedSheet" label="…" type="sheet"/>');
    const diagram = await parseDiagram(diagramsOf(city).get('acceptance') ?? '');
    const acceptance = { definition: definitionOf(diagram), annotations: annotate(diagram, 'acceptance') };
    const unserved = unservedWays(intakeForm(acceptance, shippedLaw(day), new Date(day)), shippedLaw(day));
    expect(unserved.map(({ what }) => what)).to.deep.equal([
      '“转承办单位”接着的环节没有问承办单位（key="unit" type="unit"），受理页写了 asks="unit" 要问',
    ]);
  });

  it('紧急电话的答案，受理流程图不这样问的：指明是哪一条渠道、哪一栏', async () => {
    const acceptance = await readFile(
      join(packageRoot, 'packages/weifang/processes/acceptance.bpmn'),
      'utf8',
    );
    usePackage(join(packageRoot, 'packages/beijing'));
    const found = sheetOptions(annotate(await parseDiagram(acceptance), 'acceptance'), shippedLaw(day));
    usePackage(city.folder);
    const ofPolice = found.filter(({ where }) => where === 'regulation/other-channels.json police');
    expect(ofPolice.map(({ what }) => what)).to.deep.equal([
      '“110 报警服务台”的答案 wayOut 是“emergency”，受理流程图那一栏没有这个选项',
      '“110 报警服务台”的答案 emergencyLine，受理流程图没有这一栏',
      '“110 报警服务台”的答案 emergencyTransferred，受理流程图没有这一栏',
      '“110 报警服务台”的答案 riskFound，受理流程图没有这一栏',
    ]);
  });

  it('一个包里两部条例：不用，指明是哪两部', async () => {
    const catalogue = join(city.folder, 'regulation', 'catalogue');
    cpSync(join(catalogue, '2018'), join(catalogue, '2021'), { recursive: true });
    city.changeJson('regulation/catalogue/2021/version.json', (version) =>
      Object.assign(version, { key: 'lu-12345' }),
    );
    const refused = refusalOf(() => shippedCatalogues());
    expect(refused?.code).to.equal('package.invalid');
    expect(refused?.message).to.include('jinan-12345、lu-12345');
    const { findings } = await checkPackage(day);
    expect(findings.map(({ where }) => where)).to.include('regulation/catalogue');
  });

  it('数据库是另一部条例的：打开时拒绝，指明是哪一部、怎么办', async () => {
    await assertOwnCity(system().database);
    await recordShippedRegulation(system());
    await assertOwnCity(system().database);
    const other = copyOfPackage();
    other.changeJson('regulation/catalogue/2018/version.json', (version) =>
      Object.assign(version, { key: 'lu-12345' }),
    );
    const { code, remedy } = (await refusalFrom(assertOwnCity(system().database))) ?? {};
    other.leave();
    expect(code).to.equal('package.other-city');
    expect(remedy).to.include('HOTLINE_PACKAGE');
  });
});
