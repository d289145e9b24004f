/** The lint of the law: each rule finds its fault in a package that is otherwise right; the shipped packages have none. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageText } from '../../../src/kernel/package-content.js';
import { shippedFiles, shippedProcesses } from '../../../src/cases/index.js';
import { packageRoot, usePackage } from '../../../src/kernel/package-root.js';
import { future, lint, sendable } from '../../../src/design/package/lint/index.js';
import { shippedCheckContext } from '../../../src/design/checking/index.js';
import { checkSource } from '../../../src/design/compliance/index.js';
import { checkPackage } from '../../../src/design/package/index.js';
import type { PackageFinding } from '../../../src/design/package/index.js';
import { shippedStage } from '../../../src/design/rehearsal/index.js';
import { shippedLaw } from '../../../src/law/regulation/index.js';
import { copyOfPackage, type CityPackage } from '../../support/city-package.js';

const day = '2026-03-02';

const sourcesIn = (folder: string): ReadonlyMap<string, string> =>
  new Map(shippedProcesses().map((key) => [key, packageText(`processes/${key}.bpmn`, folder)] as const));

/** What the rules say of the package in use, without its scenarios. */
async function found(folder: string): Promise<readonly PackageFinding[]> {
  const sources = sourcesIn(folder);
  const files = shippedFiles().map(({ source }) => source);
  const drawn = async (on: string) => {
    const checked = files.map((source) => checkSource(source, shippedCheckContext(on)));
    return (await Promise.all(checked)).flatMap(({ findings }) =>
      findings.map(({ severity, element, message, fix }) => ({
        severity,
        where: element,
        what: message,
        fix,
      })),
    );
  };
  const stage = await shippedStage(files, shippedLaw(day));
  return [
    ...(await lint(sources, day)),
    ...(await future(day, [], drawn)),
    ...sendable(stage, shippedLaw(day), new Date(`${day}T09:00:00+08:00`)),
  ];
}

interface Chapter {
  readonly articles: readonly { readonly norms: readonly Record<string, unknown>[] }[];
}

interface Deed {
  readonly name: string;
  by?: string[];
  person?: boolean;
}

describe('条例的核对', () => {
  let city: CityPackage;
  beforeEach(() => (city = copyOfPackage()));
  afterEach(() => city.leave());

  const changeNorm = (chapter: number, id: string, change: (norm: Record<string, unknown>) => void): void =>
    city.changeJson(`regulation/catalogue/2018/chapter-${chapter}.json`, ({ articles }: Chapter) => {
      for (const norm of articles.flatMap(({ norms }) => norms)) if (norm['id'] === id) change(norm);
    });

  async function expectOne(rule: string, where: RegExp, what: RegExp): Promise<void> {
    const faults = await found(city.folder);
    const said = faults.map(({ rule: by, where: at, what: says }) => `${by ?? ''} ${at} ${says}`);
    expect(
      faults.map(({ rule: by }) => by),
      said.join('\n'),
    ).to.deep.equal([rule]);
    expect(faults[0]?.where).to.match(where);
    expect(faults[0]?.what).to.match(what);
    expect(faults[0]?.fix).to.have.length.greaterThan(5);
  }

  it('承担义务的一方做不了履行它的行为（来电人承担说明的义务）：指明哪一项、谁做得了', async () => {
    changeNorm(3, 'J21a', (norm) => (norm['bearers'] = ['caller']));
    await expectOne('bearers', /chapter|J21a/, /J21a 第十六条.*由来电人承担.*却只由承办单位/);
  });

  it('凭据出自不履行它的行为：指明凭据、履行各是什么', async () => {
    changeNorm(4, 'J28', (norm) => {
      norm['evidence'] = { events: ['task.completed'], fields: ['branch'], deeds: ['matter.registered'] };
    });
    await expectOne('evidence', /J28 evidence/, /J28 第二十四条.*凭据证明不了履行/);
  });

  it('“应当”而没有义务，也没有写为什么：提醒', async () => {
    changeNorm(3, 'J20', (norm) => delete norm['unowed']);
    await expectOne('unowed', /J20$/, /J20 第十五条/);
  });

  it('补救没有依据：madeGood 写了，compensatedBy 没有（第二十五条）', async () => {
    changeNorm(4, 'J34', (norm) => (norm['compensatedBy'] = ['J39']));
    await expectOne('cures', /J34 madeGood/, /J34 第二十五条.*J57.*没有依据/);
  });

  it('补救没有事由：compensatedBy 写了，madeGood 没有写哪些事由', async () => {
    changeNorm(4, 'J45', (norm) => (norm['compensatedBy'] = ['J57']));
    await expectOne('cures', /J45 compensatedBy/, /J45 第三十二条第二款.*没有写哪些事由/);
  });

  it('用途依据的条文不是它的义务的：指明引错了哪一条', async () => {
    city.changeJson(
      'regulation/catalogue/2018/purposes.json',
      ({ purposes }: { purposes: Record<string, unknown> }) => (purposes['reply'] = ['art8']),
    );
    await expectOne('purposes', /purposes\.json purposes\.reply/, /依据写第八条.*第二十四条/);
  });

  it('期限没有计时事件：指明谁永远不会超期', async () => {
    city.change('processes/acceptance.bpmn', (xml) => xml.replaceAll('= limit("explanation")', 'P5D'));
    await expectOne('clocks', /deeds\.json clocks explanation/, /J21a.*永远不会超期/);
  });

  it('只能由人做的行为由程序做：指明哪个环节', async () => {
    city.changeJson('regulation/catalogue/2018/deeds.json', ({ deeds }: { deeds: Deed[] }) => {
      for (const deed of deeds) if (deed.name === 'recusal.verified') deed.person = true;
    });
    const faults = await found(city.folder);
    expect(new Set(faults.map(({ rule }) => rule))).to.deep.equal(new Set(['persons']));
    expect(faults[0]?.what).to.match(/只能由人做，.*却由程序做/);
    expect(faults.map(({ where }) => where)).to.include('processes/acceptance.bpmn Task_CheckRecusal');
  });

  it('将要施行的一版，图对不上：现在就说，写明施行日', async () => {
    const catalogue = join(city.folder, 'regulation/catalogue');
    cpSync(join(catalogue, '2018'), join(catalogue, '2027'), { recursive: true });
    city.changeJson('regulation/catalogue/2018/version.json', (version) =>
      Object.assign(version, { inForceTo: '2027-01-01' }),
    );
    city.changeJson('regulation/catalogue/2027/version.json', (version) =>
      Object.assign(version, { version: '2027', inForceFrom: '2027-01-01' }),
    );
    city.changeJson('regulation/catalogue/2027/deeds.json', ({ deeds }: { deeds: Deed[] }) => {
      for (const deed of deeds) if (deed.name === 'objection.ruled') deed.by = ['general-office'];
    });
    await expectOne(
      'future',
      /^SubProcess_Objection_Task_/,
      /自 2027-01-01 起施行的 2027 版：.*依法由市政府办公厅做/,
    );
  });

  it('表单怎样填都交不出去：指明哪种处理方式、为什么', async () => {
    city.change('processes/acceptance.bpmn', (xml) =>
      xml.replace(
        /(<duty:deed name="channel\.told"[\s\S]*?<duty:form>[\s\S]*?)(<\/duty:form>)/,
        (_, form, end) =>
          `${String(form)}<duty:rule holds="kind = &quot;x&quot; or string length(kind) &lt; 1" says="填不出来"/>${String(end)}`,
      ),
    );
    await expectOne('sendable', /acceptance\.bpmn \w+/, /告知原途径.*怎样填都交不出去.*填不出来/);
  });

  for (const folder of ['.', 'packages/weifang', 'packages/beijing'])
    it(`${folder}：一处也没有，五秒之内`, async () => {
      const root = join(packageRoot, folder);
      usePackage(root);
      const began = performance.now();
      expect(await found(root)).to.deep.equal([]);
      expect(performance.now() - began).to.be.lessThan(5000);
    });

  it('package check 也说这些', async () => {
    changeNorm(3, 'J20', (norm) => delete norm['unowed']);
    const { findings } = await checkPackage(day);
    expect(findings.map(({ rule }) => rule)).to.deep.equal(['unowed']);
  });
});
