/** The duties of every scenario. */
import { expect } from 'chai';
import { dutiesOf, shippedCatalogue } from '../../../src/law/regulation/index.js';
import { readScenarios } from '../../../src/design/rehearsal/index.js';
import { theShippedStage } from '../../support/case-runner.js';
import { livedEntries } from '../../support/lived-scenario.js';

const catalogue = shippedCatalogue('2026-01-01');

describe('一件工单的法定义务：每个情景', () => {
  it('每一刻：状态只出自已有的记录；期限届满没有办的都算违反', async () => {
    const stage = await theShippedStage();
    for (const scenario of await readScenarios()) {
      const trail = livedEntries(stage, scenario);
      for (let length = 1; length <= trail.length; length += 1) {
        const sofar = trail.slice(0, length);
        const now = sofar.at(-1)?.at.getTime() ?? 0;
        for (const { norm, state, due, entries } of dutiesOf(catalogue, sofar)) {
          expect(Math.max(...entries), scenario.name).to.be.at.most(length);
          if (state !== 'open' || due === null) continue;
          expect(due.getTime(), `${scenario.name} 第 ${length} 条 ${norm}`).to.be.at.least(now);
        }
      }
    }
  });
});
