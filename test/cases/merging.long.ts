/** Thirty planted incidents, in words that were not used for fitting the weights (docs/merging.md). */
import { performance } from 'node:perf_hooks';
import { expect } from 'chai';
import { plantIncidents } from '../support/incidents/generate.js';
import { heldOutWords } from '../support/incidents/words-held-out.js';
import { liveIncidents, type Figures } from '../support/incidents/lived.js';
import { useSystem } from '../support/system.js';

describe('并单的提示：种下的三十件事，5 至 200 位来电人', () => {
  const system = useSystem();
  let figures: Figures;

  before(async function () {
    this.timeout(1_800_000);
    figures = await liveIncidents(system(), plantIncidents(heldOutWords, 7), {
      moveTo: (instant) => system().clock.moveTo(instant),
      now: () => performance.now(),
    });
  });

  it('同一件事的来电人，至少九成提示得出', () => {
    const { found, members } = figures;
    expect(found / members, JSON.stringify({ found, members })).to.be.at.least(0.9);
  });

  it('提示里不相干的至多百分之二，被提示的不相干的人至多百分之二', () => {
    const { wrong, proposals, strangersProposed, strangers } = figures;
    expect(wrong / proposals, JSON.stringify({ wrong, proposals })).to.be.at.most(0.02);
    expect(strangersProposed / strangers, JSON.stringify({ strangersProposed, strangers })).to.be.at.most(
      0.02,
    );
  });
});
