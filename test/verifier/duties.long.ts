/** Two interpreters of the law beside each other: scenarios, real messages, generated deeds, planted faults. */
import { expect } from 'chai';
import { usePackage } from '../../src/kernel/package-root.js';
import { shippedCatalogue } from '../../src/law/regulation/index.js';
import { messageCases, replayPastCase } from '../../src/design/rehearsal/index.js';
import { dutiesOwed } from '../../verifier/duties/duties.mjs';
import { generatedTrails } from '../support/generated-trails.js';
import { lawFaults } from '../support/law-faults.js';
import { singleFaults } from '../support/single-faults.js';
import { cities, lawData } from '../support/law-data.js';
import {
  disagreement,
  firstDisagreement,
  scenarioTrails,
  stageOfPackage,
  stored,
  type NamedTrail,
} from '../support/second-interpreter.js';
import { shared } from '../support/shared.js';

const day = '2026-03-02';

/** These change nothing: the deed that opens the duty does it, too, so that nothing finds it owed. */
const withoutEffect = new Set([
  'J28 void matter.withdrawn',
  'J34 discharged 0 handling.stated',
  'W20a void matter.withdrawn',
  'W20a void termination.approved',
]);

describe('照页写的解释器与程序的解释器', function () {
  this.timeout(600_000);
  const before = process.env['HOTLINE_PACKAGE'];
  const lived = new Map<string, readonly NamedTrail[]>();
  after(() => {
    if (before === undefined) delete process.env['HOTLINE_PACKAGE'];
    else process.env['HOTLINE_PACKAGE'] = before;
  });

  /** The law of a package, and the trails of its scenarios, played once. */
  async function packageOf(city: string) {
    const law = lawData(city);
    usePackage(law.folder);
    const trails = lived.get(city) ?? (await scenarioTrails(law.folder, day));
    lived.set(city, trails);
    return { law, catalogue: shippedCatalogue(day), trails };
  }

  for (const city of cities) {
    it(`${city}：每个情景的每一条之后说的一样`, async () => {
      const { law, catalogue, trails } = await packageOf(city);
      expect(trails.length).to.be.greaterThan(20);
      for (const { name, trail } of trails)
        expect(firstDisagreement({ law, catalogue, trail }), name).to.equal('');
    });

    it(`${city}：一万个生成的行为，每一条之后说的一样；五种状态都有`, () => {
      const law = lawData(city);
      usePackage(law.folder);
      const catalogue = shippedCatalogue(day);
      const met = new Set<string>();
      const trails = generatedTrails(law, { deeds: 10_000, each: 30, seed: 12_345 });
      for (const [index, trail] of trails.entries()) {
        expect(firstDisagreement({ law, catalogue, trail }), `第 ${index + 1} 件`).to.equal('');
        for (const { state } of dutiesOwed(law, stored(trail))) met.add(state);
      }
      const states = ['open', 'satisfied', 'temporarily-violated', 'permanently-violated', 'compensated'];
      expect([...met]).to.have.members(states);
    });
  }

  it('2,017 封来信，每封办成一件，说的一样', async function () {
    const law = lawData('.');
    usePackage(law.folder);
    const catalogue = shippedCatalogue(day);
    const stage = await stageOfPackage(law.folder, day);
    let count = 0;
    for await (const past of messageCases(shared(this, 'cases/messages.jsonl'))) {
      const { entries } = replayPastCase(stage, past).rehearsed;
      const trail = entries.map((entry, index) => ({ ...entry, seq: index + 1 }));
      expect(disagreement({ law, catalogue, trail }), past.no).to.equal('');
      count += 1;
    }
    expect(count).to.equal(2017);
  });

  for (const city of cities)
    it(`${city}：程序读到的任一项规范错了一处，就看得出`, async () => {
      const { law, catalogue, trails } = await packageOf(city);
      const any = generatedTrails(law, { deeds: 3000, each: 30, seed: 1 });
      const unseen = singleFaults(catalogue).filter(({ norm, catalogue: faulty }) => {
        const near = generatedTrails(law, { deeds: 3000, each: 30, seed: 7, on: norm });
        const all = [...near, ...any, ...trails.map(({ trail }) => trail)];
        return all.every((trail) => disagreement({ law, catalogue: faulty, trail }) === '');
      });
      expect(unseen.map(({ title }) => title).filter((title) => !withoutEffect.has(title))).to.deep.equal([]);
    });

  for (const { title, law: changed, program } of lawFaults)
    it(`程序有错就看得出：${title}`, async () => {
      for (const city of cities) {
        const { law, catalogue, trails } = await packageOf(city);
        const read = changed?.(catalogue) ?? catalogue;
        const generated = generatedTrails(law, { deeds: 3000, each: 30, seed: 1 });
        const all = [...trails.map(({ trail }) => trail), ...generated];
        const faulty = { law, catalogue: read, ...(program && { program }) };
        if (all.some((trail) => disagreement({ ...faulty, trail }) !== '')) return;
      }
      expect.fail('两个解释器说的还是一样');
    });
});
