/**
 * The 35 cases of the law, and every fault that was found in the three packages, by the runner of
 * `hotline rehearse` alone: a file, a package, nothing else.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { lawOf } from '../../../src/cli/frame/package-folder.js';
import { rehearse, scenarioIn } from '../../../src/design/rehearsal/index.js';
import { packageRoot } from '../../../src/kernel/package-root.js';

const packages = ['', 'packages/weifang', 'packages/beijing'] as const;
const folderOf = (city: string): string => join(packageRoot, city);
const scenariosOf = (city: string): readonly string[] =>
  readdirSync(join(folderOf(city), 'processes', 'scenarios'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length));

/** Fault → what the law demands there. Faults of one diagram's words or of the desk have their own tests. */
const faults: {
  readonly [city in (typeof packages)[number]]: { readonly [fault: string]: readonly string[] };
} = {
  '': {
    '1 别人或者没有人改正': ['art40-4-agent', 'art40-accused-unknown'],
    '2 办了、答复了的不问责': ['art24-only-feedback-late', 'art28-ordered-though-handled'],
    '3 始终没有解决的': ['art28-never-solved', 'art28-solved-ends-it'],
    '4 没有办的不算补救': ['art40-4-heals-no-lateness', 'c06-reprisal-heals-no-lateness'],
    '5 谁都可以要求回避': ['c12-demand-by-no-accuser'],
    '6 没有人转达': ['c19-never-relayed'],
    '8 为别人说的话负责': ['c12-tracked-unit-withdraws', 'art24-stated-by-another-unit'],
    '9 说明是谁的': [
      'c18-hotline-explains-late',
      'c18-too-early',
      'c18-hotline-owes-the-ruling',
      'c18-hotline-was-late',
      'c18-hotline-ruled-late',
    ],
    '10 不实的答复': ['art40-3-false-reply-returned', 'c31-unreachable'],
    '11 主办、协办': ['c29-supporter-leads', 'c29-found-while-handling'],
    '12 审核': [
      'art27-interim-never-audited',
      'c30-withdrawn-after-feedback',
      'c30-withdrawn-before-dispatch',
    ],
    '13 结果、状态': ['art40-1-not-established', 'art28-borne-by-hotline'],
  },
  'packages/weifang': {
    '2 省级以上的事项': ['art20-upper-limit'],
    '4 选错了改不了': ['art18-way-chosen-anew'],
    '5 热线的拖延': ['art21-audit-halts-supervision'],
    '7 没有人改正': ['art33-3-agent'],
    '9 办结不等于解决': [
      'art21-not-after-feedback',
      'art23-after-explained',
      'art23-unsolved-goes-to-office',
      'art26-3-explained-is-not-solved',
    ],
    '10 谁主办': ['art24-ruling', 'art24-no-overlap', 'art24-not-to-towns', 'art24-hotline-not-to-towns'],
    '11 补救': ['art33-3-heals-no-lateness'],
    '12 协办': ['art22-supporter-leads'],
    '13 只忘了反馈、不实、说明': ['art26-2-only-feedback', 'art33-2-returned', 'art14-not-yet'],
  },
  'packages/beijing': {
    '1 迟来的反馈不是弄虚作假': ['art23-late-feedback'],
    '3 自己给自己延期': [
      'art15-2-extension-decided',
      'art15-2-extension-untold',
      'art15-2-extension-critical',
    ],
    '4 选错了改不了': ['art11-3-3-progress', 'art11-2-something-new', 'art11-chosen-anew'],
    '6 紧急事项等过周末': ['art11-3-1-emergency-late'],
    '7 没有人改正、别的机关责令': ['art35-1-street'],
    '8 忘了区': ['art12-1-2-not-a-district'],
    '11 补救、谁的': ['art35-1-heals-no-lateness', 'art20-coordination-late'],
    '12 协办': ['art14-2-support-later'],
    '14 小处': ['art15-1-no-number', 'art29-risk-at-dispatch'],
  },
};

describe('只用 hotline rehearse：三十五件、各城市的每一处，结果都是法律要的', () => {
  const before = process.env['HOTLINE_PACKAGE'];
  afterEach(() => {
    if (before === undefined) delete process.env['HOTLINE_PACKAGE'];
    else process.env['HOTLINE_PACKAGE'] = before;
  });

  it('三十五件每件都有', () => {
    const names = scenariosOf('');
    const cases = Array.from({ length: 35 }, (_, index) => `c${String(index + 1).padStart(2, '0')}-`);
    expect(cases.filter((one) => !names.some((name) => name.startsWith(one)))).to.deep.equal([]);
  });

  for (const city of packages) {
    it(`${city || '济南'}：每一处都有情景`, () => {
      const names = scenariosOf(city);
      const missing = Object.values(faults[city])
        .flat()
        .filter((name) => !names.includes(name));
      expect(missing).to.deep.equal([]);
    });

    it(`${city || '济南'}：全部情景`, async () => {
      const { stage, catalogue } = await lawOf(folderOf(city), '2026-03-02');
      const wrong: string[] = [];
      for (const name of scenariosOf(city)) {
        const text = readFileSync(join(folderOf(city), 'processes', 'scenarios', `${name}.json`), 'utf8');
        const script = await scenarioIn(JSON.parse(text), name);
        const unmet = rehearse(stage, catalogue, script).flatMap((line) => line.unmet);
        wrong.push(...unmet.map((one) => `${name}：${one}`));
      }
      expect(wrong).to.deep.equal([]);
    });
  }
});
