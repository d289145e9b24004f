/** Sources beside the city's law: what is weakly sourced is not executed, and a conflict is found by name when a package is loaded. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot, usePackage } from '../../../src/kernel/package-root.js';
import {
  assertCatalogueReadable,
  readSources,
  shippedCatalogue,
  shippedConflicts,
} from '../../../src/law/regulation/index.js';
import { copyOfPackage, type CityPackage } from '../../support/city-package.js';
import { refusalOf } from '../../support/refusal.js';

const day = '2026-03-02';

interface Editable {
  clauses: {
    id: string;
    trust: string;
    kept: string;
    reason?: string;
    limits?: object[];
    evidence?: object;
  }[];
}

describe('各级来源', () => {
  let city: CityPackage;
  beforeEach(() => (city = copyOfPackage()));
  afterEach(() => city.leave());

  const setPolicy = (key: string, value: string): void =>
    city.changeJson('regulation/policies.json', (policies: { key: string; value: string }[]) => {
      for (const one of policies) if (one.key === key) one.value = value;
    });
  const changeSource = (key: string, id: string, set: object): void =>
    city.changeJson(`regulation/sources/${key}.json`, ({ clauses }: Editable) => {
      Object.assign(clauses.find((clause) => clause.id === id) ?? {}, set);
    });
  const loading = () => refusalOf(assertCatalogueReadable)?.message;

  for (const folder of ['.', 'packages/weifang', 'packages/beijing'])
    it(`${folder}：装得进来；信箱 24 小时与受理的一个工作日不合，指名说出，不是错误`, () => {
      usePackage(join(packageRoot, folder));
      assertCatalogueReadable();
      const found = shippedConflicts(shippedCatalogue(day), day);
      expect(found.map(({ kind }) => kind)).to.deep.equal(['difference']);
      expect(found[0]?.sentence).to.match(
        /GB\/T 33358-2016.*（条号不知道）“信箱的诉求 24 小时以内有反应”.*政策“[^”]*”1 个工作日，更宽：自 2026-/,
      );
    });

  it('省的办法在市的条例之上：退单定三个工作日的装不进来，指名双方、各在何处、从哪一刻起算的例子', () => {
    setPolicy('returnLimit', 'P3D');
    expect(loading()).to.match(
      /山东省政务服务热线管理办法》（条号不知道）.*两个工作日.*至多 2 个工作日；政策“退单期限”3 个工作日，更宽：自 20\d\d-\d\d-\d\d \d\d:\d\d 起算，前者到 .*，后者到 /,
    );
  });

  it('延长的上限、条例自己的数字也比；上位写明容许的不算', () => {
    setPolicy('extensionMax', 'P15D');
    expect(loading()).to.match(/至多 10 个工作日；政策“延期最长”15 个工作日/);
    setPolicy('extensionMax', 'P10D');
    changeSource('shandong-2020', 'five-days', { limits: [{ clock: 'reply', days: 3, of: 'working' }] });
    expect(loading()).to.match(/至多 3 个工作日；《济南市.*》第二十四条.* J27.*5 个工作日，更宽/);
    const allowed = { clock: 'reply', days: 3, of: 'working', allows: ['city'] };
    changeSource('shandong-2020', 'five-days', { limits: [allowed] });
    expect(loading()).to.equal(undefined);
  });

  it('按起算的每一刻比，不按数字：三个自然日遇长假比两个工作日严', () => {
    setPolicy('returnLimit', 'P2D');
    changeSource('shandong-2020', 'return', {
      limits: [{ clock: 'return', policy: 'returnLimit', days: 3, of: 'natural' }],
    });
    expect(loading()).to.match(/至多 3 日；政策“退单期限”2 个工作日，更宽/);
    changeSource('shandong-2020', 'return', {
      limits: [{ clock: 'return', policy: 'returnLimit', days: 20, of: 'natural' }],
    });
    expect(loading()).to.equal(undefined);
  });

  it('来源不可靠的不执行：不能写期限，不能说由系统保证', () => {
    const weak = { trust: 'scrambled', kept: 'system', reason: undefined };
    changeSource('shandong-2020', 'return', weak);
    expect(loading()).to.include('来源不可靠的只能是 unknown');
    usePackage(packageRoot);
    const clauses = readSources().flatMap((source) => source.clauses);
    const unreliable = clauses.filter(({ trust }) => trust === 'weak' || trust === 'scrambled');
    expect(unreliable.length).to.be.greaterThan(5);
    expect(new Set(unreliable.map(({ kept }) => kept))).to.deep.equal(new Set(['unknown']));
  });

  it('凭据须是有的行为、考核的量、条目；没有的指名', () => {
    const evidence = { deeds: ['reply.made'], measures: ['speed'], entries: ['call.held'], screens: [] };
    changeSource('shandong-2020', 'return', { evidence });
    expect(loading())
      .to.include('没有行为 reply.made')
      .and.include('没有考核的量 speed')
      .and.include('没有条目 call.held');
  });

  it('凭据的网页都有', () => {
    const router = readFileSync(join(packageRoot, 'src/web/router.ts'), 'utf8');
    for (const folder of ['.', 'packages/weifang', 'packages/beijing']) {
      usePackage(join(packageRoot, folder));
      const screens = readSources().flatMap(({ clauses }) => clauses.flatMap((one) => one.evidence.screens));
      for (const screen of new Set(screens)) expect(router).to.match(new RegExp(`path: '${screen}[/']`));
    }
  });
});
