import { rmSync } from 'node:fs';
import { expect } from 'chai';
import { deedsIn, listIn } from '../../src/accountability/events/index.js';
import { isJsonObject, type JsonObject } from '../../src/kernel/index.js';
import { readScenarios } from '../../src/design/rehearsal/index.js';
import { dutiesOf, shippedCatalogue, type DutyEntry } from '../../src/law/regulation/index.js';
import { theShippedStage } from '../support/case-runner.js';
import { livedEntries } from '../support/lived-scenario.js';
import { file, folder, laidOver } from './laid.js';

const stage = await theShippedStage();
const catalogue = shippedCatalogue('2026-01-01');

/**
 * Eight of all scenarios. In some others a pause, a policy or a correction moves the limit: there a
 * log itself must state when it was due (`limits`, `due`).
 */
const names: readonly string[] = [
  'art16-no-reply',
  'art24-extension-granted',
  'art24-in-time',
  'art24-late-on-saturday',
  'art24-return-reassigned',
  'art27-audit-returns',
  'art40-2-not-handled',
  'c12-own-days-after-recusal',
];

describe('旧日志与轨迹判得一样', () => {
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('第二十四条：真的引擎走过的情景，只把行为和时刻写成日志，期限、是否超期、单位与轨迹里的一致', async () => {
    const differing: string[] = [];
    let compared = 0;
    for (const scenario of (await readScenarios()).filter(({ name }) => names.includes(name))) {
      const entries = livedEntries(stage, scenario);
      const own = dutiesOf(catalogue, entries)
        .filter(({ norm }) => norm === 'J27')
        .map(({ due, unit, violatedAt }) => ({ due, unit, late: violatedAt !== null }));
      const laid = await laidOver(...logOf(scenario.name, entries));
      const there = laid.cases
        .get(scenario.name)
        ?.duties.filter(({ norm }) => norm === 'J27')
        .map(({ due, unit, verdict }) => ({ due, unit, late: verdict === 'late' || verdict === 'unmet' }));
      compared += 1;
      if (JSON.stringify(there) !== JSON.stringify(own)) differing.push(scenario.name);
    }
    expect(differing).to.deep.equal([]);
    expect(compared).to.equal(names.length);
  });
});

/** An activity stands for a deed with its facts: the log's facts are those of the mapping. */
function logOf(name: string, entries: readonly DutyEntry[]): [log: string, mapping: object] {
  const rows = entries.flatMap((entry) =>
    deedsIn(entry).map(({ name: deed, facts = {} }) => ({
      deed,
      moves: extensionsIn(entry),
      facts: Object.entries(facts).filter(([, value]) =>
        ['string', 'boolean', 'number'].includes(typeof value),
      ),
      at: entry.at.toISOString(),
    })),
  );
  const lines = rows.map(({ at }, place) => `${name},${place},${at}`);
  return [
    file(`${name}.csv`, ['案件,行为,时刻', ...lines].join('\n')),
    {
      case: '案件',
      activity: '行为',
      instant: { column: '时刻' },
      activities: {
        ...Object.fromEntries(
          rows.map(({ deed, facts, moves }, place) => [
            String(place),
            [{ deed, moves, facts: Object.fromEntries(facts.map(([fact, value]) => [fact, { value }])) }],
          ]),
        ),
        // The log could show every deed of the regulation, so a missing one was not done.
        ...Object.fromEntries(
          catalogue.vocabulary.deeds.map(({ name: deed, facts }) => [
            deed,
            [{ deed, facts: Object.fromEntries(Object.keys(facts).map((fact) => [fact, { value: '' }])) }],
          ]),
        ),
      },
      asOf: entries.at(-1)?.at.toISOString(),
    },
  ];
}

/** Clock → additional working days, as the entry records the granted extension. */
const extensionsIn = (entry: DutyEntry): object =>
  Object.fromEntries(
    listIn(entry.body as JsonObject, 'clocks')
      .filter(isJsonObject)
      .filter(({ act }) => act === 'extend')
      .flatMap(({ limit, workingDays }) => (typeof limit === 'string' ? [[limit, { workingDays }]] : [])),
  );
