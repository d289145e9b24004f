/** Three laws that the program has never seen, by `package new` alone: no line of `src/` for any of them. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../../src/kernel/package-root.js';
import { filesOfNew, linesIn, newCity, newLaws, type NewLaw } from '../../support/new-city.js';

interface Report {
  readonly findings: readonly { readonly where: string; readonly what: string }[];
  readonly scenarios: number;
  readonly differences: readonly string[];
}

const checked = (folder: string): Report =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [join(packageRoot, 'bin', 'hotline.mjs'), 'package', 'check', folder, '--json'],
      {
        encoding: 'utf8',
      },
    ),
  ) as Report;

describe('没有见过的法，由条文和回答写成', () => {
  for (const law of Object.keys(newLaws) as NewLaw[]) {
    it(`${newLaws[law]}：核对没有一处可说的，每个情景都成立，不到 1,500 行`, function () {
      const city = newCity(this, law);
      try {
        const { findings, scenarios } = checked(city.folder);
        expect(findings).to.deep.equal([]);
        expect(scenarios).to.be.greaterThan(10);
        expect(linesIn(city.folder)).to.be.below(1500);
      } finally {
        city.remove();
      }
    });
  }

  it('推荐的标准更严的，说出差异（鞍山 2019：三个工作日确定，信箱二十四小时）', function () {
    const city = newCity(this, 'anshan-2019');
    try {
      expect(checked(city.folder).differences.join()).to.include('信箱的诉求 24 小时以内有反应');
    } finally {
      city.remove();
    }
  });

  it('法里没有的，一个字也没有：鞍山 2025 没有退单，呼和浩特没有督办', function () {
    const [hohhot, anshan] = (['hohhot', 'anshan-2025'] as const).map(
      (law) => JSON.parse(filesOfNew(this, law).get('regulation/city.json') ?? '{}') as { drops: string[] },
    );
    expect(hohhot?.drops).to.include('processes/supervision.bpmn');
    expect(anshan?.drops).to.include.members(['deeds/deeds/return.applied', 'measures/measures/returned']);
  });
});
