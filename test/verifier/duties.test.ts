/** A second interpreter, written from docs/duties.md, beside the program's: over generated deeds. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot, usePackage } from '../../src/kernel/package-root.js';
import { shippedCatalogue } from '../../src/law/regulation/index.js';
import { dutiesOwed } from '../../verifier/duties/duties.mjs';
import { generatedTrails } from '../support/generated-trails.js';
import { cities, lawData } from '../support/law-data.js';
import { firstDisagreement } from '../support/second-interpreter.js';

const day = '2026-03-02';

describe('照页写的解释器：生成的行为', () => {
  const before = process.env['HOTLINE_PACKAGE'];
  after(() => {
    if (before === undefined) delete process.env['HOTLINE_PACKAGE'];
    else process.env['HOTLINE_PACKAGE'] = before;
  });

  for (const city of cities)
    it(`${city}：一千个生成的行为，每一条之后两个解释器说的一样`, () => {
      const law = lawData(city);
      usePackage(law.folder);
      const catalogue = shippedCatalogue(day);
      const trails = generatedTrails(law, { deeds: 1000, each: 30, seed: 1 });
      for (const [index, trail] of trails.entries()) {
        expect(firstDisagreement({ law, catalogue, trail }), `第 ${index + 1} 件`).to.equal('');
      }
    });

  it('说到现在为止：期限过了、轨迹还没有写的，也是违反；正好届满的一刻不算', () => {
    const law = lawData('.');
    const entry = {
      ...{ seq: 1, type: 'instance.started', at: '2026-03-02T02:00:00.000Z', instance: 1 },
      deeds: [{ name: 'matter.presented' }],
      armed: [{ element: 'a', clock: 'acceptance', due: '2026-03-03T16:00:00.000Z' }],
    };
    const stateAt = (now: string) => dutiesOwed(law, [entry], now).find(({ norm }) => norm === 'J13')?.state;
    expect(stateAt('2026-03-03T16:00:00.000Z')).to.equal('open');
    expect(stateAt('2026-03-03T16:00:00.001Z')).to.equal('temporarily-violated');
  });

  it('不用程序的代码，也不用别人的', () => {
    const folder = join(packageRoot, 'verifier', 'duties');
    const files = readdirSync(folder).filter((file) => file.endsWith('.mjs'));
    const imported = files.flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/from '([^']+)'/g)].map(([, name = '']) => name),
    );
    expect(imported.filter((name) => !/^\.\/\w+\.mjs$/.test(name))).to.deep.equal([]);
  });
});
