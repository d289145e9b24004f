/** One program, and the tests, may read several packages: each keeps its own rules and classes. */
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../../src/kernel/package-root.js';
import { radarRules } from '../../../src/measures/radar/index.js';

describe('线索的规则依条例包', () => {
  it('先读哪一个包，都不影响别的包', () => {
    const roots = [...['beijing', 'weifang'].map((key) => join(packageRoot, 'packages', key)), packageRoot];
    const digests = roots.map((root) => radarRules(root).digest);
    expect(new Set(digests).size).to.equal(roots.length);
    expect(roots.map((root) => radarRules(root).digest)).to.deep.equal(digests);
  });
});
