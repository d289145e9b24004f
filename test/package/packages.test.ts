/** Every city shipped under `packages/`: the check finds nothing, and every scenario holds. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { askForLaw } from '../../src/kernel/law.js';
import { packageRoot, usePackage } from '../../src/kernel/package-root.js';
import { checkPackage } from '../../src/package/index.js';

const day = '2026-03-02';
const cities = readdirSync(join(packageRoot, 'packages'));

describe('随附的其他城市', () => {
  const before = process.env['HOTLINE_PACKAGE'];
  afterEach(() => {
    if (before === undefined) delete process.env['HOTLINE_PACKAGE'];
    else process.env['HOTLINE_PACKAGE'] = before;
    askForLaw({});
  });

  for (const city of cities)
    it(`packages/${city}:核对没有一处可说的,每个情景都成立`, async () => {
      usePackage(join(packageRoot, 'packages', city));
      askForLaw({ day });
      const { findings, scenarios } = await checkPackage(day);
      expect(findings).to.deep.equal([]);
      expect(scenarios).to.be.greaterThan(20);
    });
});
