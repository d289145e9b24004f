/** Stored duties, compared step by step with those that each story's trail gives. */
import { expect } from 'chai';
import { sequence } from '../../../src/accountability/index.js';
import {
  dutiesOf,
  followDuties,
  keptDuties,
  rebuildDuties,
  shippedCatalogue,
  stateAt,
  violatedDuties,
  type Duty,
  type KeptDuty,
} from '../../../src/law/regulation/index.js';
import { asViewer } from '../../../src/platform/database/index.js';
import { readScenarios } from '../../../src/design/rehearsal/index.js';
import { theShippedStage } from '../../support/case-runner.js';
import { livedEntries } from '../../support/lived-scenario.js';
import { asOwner } from '../../support/owner.js';
import { useSystem } from '../../support/system.js';
import { subjectOf } from '../../../src/accountability/events/index.js';

const stage = await theShippedStage();
const catalogue = shippedCatalogue('2026-01-01');
const lived = (await readScenarios()).map((scenario) => ({
  stream: scenario.name,
  entries: livedEntries(stage, scenario),
}));
/** Every story, and one that is not over: received, not replied to. */
const stories = [...lived, halfway('art24-in-time', 'Task_Receive')];

describe('法定义务的状态，沿轨迹的树记下', function () {
  this.timeout(300_000);
  const system = useSystem({ shipped: false });
  const within: ReturnType<typeof system>['database']['transaction'] = (work) =>
    system().database.transaction(work);
  const streams = stories.map(({ stream }) => stream);

  const follow = async (): Promise<void> => {
    await sequence(system().database);
    while ((await followDuties(system().database, system().catalogues)) > 0);
  };
  const expectKept = async (known: number): Promise<void> => {
    const kept = await within((tx) => keptDuties(tx, streams));
    for (const { stream, entries } of stories) {
      const said = dutiesOf(catalogue, entries.slice(0, known));
      expect(
        kept.filter((duty) => duty.stream === stream).map(bare),
        `${stream} 第 ${known} 条`,
      ).to.deep.equal(said);
    }
  };

  before(() =>
    asOwner(
      system().database.url,
      ...stories.map(
        ({ stream }) =>
          `INSERT INTO hotline.process_case (business_key, variables, standing, started_at)
           VALUES ('${stream}', '{}', '{}', '2026-01-01')`,
      ),
    ),
  );

  it('每个情景的每一步之后，记下的就是轨迹所说的', async () => {
    const longest = Math.max(...stories.map(({ entries }) => entries.length));
    for (let step = 0; step < longest; step += 1) {
      const next = stories.flatMap(({ stream, entries }) => {
        const entry = entries[step];
        return entry ? [{ ...entry, stream }] : [];
      });
      await within((tx) => system().trail.append(tx, next));
      await follow();
      await expectKept(step + 1);
    }
  });

  it('只凭轨迹重做，与记下的一样；丢了、改了的也改正', async () => {
    const before = await within((tx) => keptDuties(tx, streams));
    await asOwner(
      system().database.url,
      `DELETE FROM hotline.case_duty WHERE stream < 'art25'`,
      `UPDATE hotline.case_duty SET state = 'permanently-violated', violated_at = '2026-01-01' WHERE place = 1`,
      `INSERT INTO hotline.case_duty (realm, stream, place, norm, article, round, state, opened_seq, opened_at, entries)
       VALUES ('live', '${streams[0] ?? ''}', 999, 'J27', 24, 1, 'open', 1, now(), '{1}')`,
    );
    expect(await rebuildDuties(system().database, system().catalogues)).to.equal(stories.length);
    expect(await within((tx) => keptDuties(tx, streams))).to.deep.equal(before);
  });

  it('问哪一刻，答哪一刻：期限一过即算违反，不必等轨迹写下；正好届满的一刻不算', async () => {
    const open = (await within((tx) => keptDuties(tx, streams))).filter(
      (duty): duty is KeptDuty & { due: Date } => duty.state === 'open' && duty.due !== null,
    );
    expect(open.length, '有未办、有期限的').to.be.greaterThan(0);
    for (const { stream, place, due, ...duty } of open) {
      const listed = async (at: Date) =>
        (await within((tx) => violatedDuties(tx, { realm: 'live', at, most: 1000 }))).some(
          (one) => one.stream === stream && one.place === place && one.state === 'temporarily-violated',
        );
      const later = new Date(due.getTime() + 1);
      expect([await listed(due), await listed(later)], `${stream} ${duty.norm}`).to.deep.equal([false, true]);
      expect(stateAt({ state: duty.state, due }, due)).to.equal('open');
      expect(stateAt({ state: duty.state, due }, later)).to.equal('temporarily-violated');
    }
  });

  it('已违反的查得全：与逐件计算的相同；按状态、按条文、按单位只给所问的，逐页不漏不重', async () => {
    const at = new Date('2040-01-01T00:00:00Z');
    const all = (await within((tx) => keptDuties(tx, streams))).map((duty) => ({
      ...duty,
      state: stateAt(duty, at),
    }));
    const keyOf = ({ stream, place }: KeptDuty) => `${stream} ${place}`;
    const asked = async (question: object): Promise<string[]> => {
      const found: string[] = [];
      for (let after: readonly [string, string, number] | undefined; ;) {
        const page = await within((tx) =>
          violatedDuties(tx, { realm: 'live', at, most: 7, after, ...question }),
        );
        found.push(...page.map(keyOf));
        after = page.at(-1)?.mark;
        if (page.length < 7) return found;
      }
    };
    const expectAnswer = async (question: object, wanted: (duty: KeptDuty) => boolean): Promise<void> => {
      const answer = await asked(question);
      expect(answer.toSorted(), JSON.stringify(question)).to.deep.equal(all.filter(wanted).map(keyOf).sort());
      expect(answer.length, JSON.stringify(question)).to.be.greaterThan(0);
    };
    const violated = ({ state }: KeptDuty) => /violated/.test(state);
    await expectAnswer({}, violated);
    for (const state of ['temporarily-violated', 'permanently-violated', 'compensated'] as const) {
      await expectAnswer({ state }, (duty) => duty.state === state);
    }
    await expectAnswer({ article: 24 }, (duty) => violated(duty) && duty.article === 24);
    const units = [...new Set(all.filter(violated).map(({ unit }) => unit ?? ''))].filter(Boolean);
    for (const unit of units) {
      await expectAnswer({ units: [unit] }, (duty) => violated(duty) && duty.unit === unit);
    }
    await expectAnswer({ units: [...units, '没有的单位'] }, (duty) => violated(duty) && duty.unit !== null);
  });

  it('单位只看得到自己工单的义务，要回避的看不到', async () => {
    const at = new Date('2040-01-01T00:00:00Z');
    const [mine = '', other = ''] = [
      ...new Set(
        (await within((tx) => violatedDuties(tx, { realm: 'live', at, most: 1000 }))).map(
          ({ stream }) => stream,
        ),
      ),
    ];
    await asOwner(
      system().database.url,
      `INSERT INTO hotline.case_party (party, case_id, business_key)
       SELECT '本单位', id, business_key FROM hotline.process_case WHERE business_key = '${mine}'`,
    );
    const seen = async (units: readonly string[] | 'all', recused: readonly string[] = []) => {
      const rows = await asViewer(system().database, units, recused).transaction((tx) =>
        violatedDuties(tx, { realm: 'live', at, most: 1000 }),
      );
      return [...new Set(rows.map(({ stream }) => stream))];
    };
    expect(await seen(['本单位'])).to.deep.equal([mine]);
    expect(await seen(['别的单位'])).to.deep.equal([]);
    const others = await seen('all', [mine]);
    expect(others).to.include(other).and.not.include(mine);
  });
});

function halfway(name: string, task: string): (typeof lived)[number] {
  const entries = lived.find(({ stream }) => stream === name)?.entries ?? [];
  const last = entries.findIndex((entry) => subjectOf(entry) === task);
  return { stream: `${name}-halfway`, entries: entries.slice(0, last + 1) };
}

/** The duty without its case. */
function bare({ realm: _realm, stream: _stream, place: _place, article: _article, ...duty }: KeptDuty): Duty {
  return duty;
}
