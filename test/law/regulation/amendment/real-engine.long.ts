/**
 * Old cases under another law, without an engine: 1,000 messages on the real engine with the other
 * law's diagrams agree case by case; `npm run proof -- two-laws` measures 100,000 cases.
 */
import { expect } from 'chai';
import { factsOf } from '../../../../src/measures/assessment/index.js';
import { createDueDates, defaultCalendar } from '../../../../src/calendar/index.js';
import {
  changedClocks,
  comparingLaws,
  dutyInWords,
  relive,
  shippedLaw,
  standingOf,
  type Catalogue,
  type DutyEntry,
} from '../../../../src/law/regulation/index.js';
import {
  messageCases,
  replayPastCase,
  shippedStage,
  type PastCase,
  type Stage,
} from '../../../../src/design/rehearsal/index.js';
import { shippedSources } from '../../../support/case-runner.js';
import { shared } from '../../../support/shared.js';
import { shippedLevels, twoLaws } from '../../../support/two-laws.js';
import { levelsIn } from '../../../../src/accountability/events/index.js';

const theLaw = shippedLaw('2026-03-02');
const dueDates = createDueDates({ calendar: defaultCalendar() });
const ofClock = new Set(['J27', 'J28', 'J29', 'J30', 'J31']);
/** Measures that the limit decides. */
const ofLimit = new Set(['reply', 'completion']);
const ladder = new Set(['Timer_Reminder', 'Timer_YellowCard', 'Timer_RedCard']);

const known = new Map<number, readonly [Catalogue, Catalogue]>();
function lawsOf(days: number): readonly [Catalogue, Catalogue] {
  const laws = known.get(days) ?? (Object.values(twoLaws(days)) as [Catalogue, Catalogue]);
  known.set(days, laws);
  return laws;
}

function lived(stage: Stage, past: PastCase): DutyEntry[] {
  const { rehearsed } = replayPastCase(stage, past);
  return rehearsed.entries.map((entry, index) => ({ ...entry, seq: index + 1 }));
}

describe('以前的工单依两部条例各办一遍', () => {
  const past: PastCase[] = [];
  let trails: DutyEntry[][] = [];
  let asDrawn: Stage;
  let levelOf: Awaited<ReturnType<typeof shippedLevels>>;

  before(async function () {
    this.timeout(600_000);
    const file = shared(this, 'cases/messages.jsonl');
    for await (const one of messageCases(file)) if (past.push(one) === 1000) break;
    asDrawn = await shippedStage(shippedSources(), theLaw);
    trails = past.map((one) => lived(asDrawn, one));
    levelOf = await shippedLevels();
  });

  for (const [days, most] of [
    [3, 1000],
    [15, 300],
  ] as const) {
    it(`五个工作日改为 ${days} 个：${most} 件与真实的引擎逐件相同（期限、何时违反、归谁、升级、考核怎样计）`, async function () {
      this.timeout(600_000);
      const { before: law, after } = twoLaws(days);
      const reply = { days, of: 'working' } as const;
      const stage = await shippedStage(shippedSources(), { ...theLaw, limits: { ...theLaw.limits, reply } });
      const changes = changedClocks(law, after);
      let [violated, late] = [0, 0];
      for (const [index, one] of past.slice(0, most).entries()) {
        const found = relive(after, trails[index] ?? [], { changes, dueDates, levelOf });
        const real = lived(stage, one);
        const said = (duties: typeof found.duties) =>
          duties
            .filter(({ norm }) => ofClock.has(norm))
            .map(({ norm, due, missedAt, unit, round }) => ({
              ...{ norm, unit, round },
              due: due?.toISOString(),
              missed: missedAt?.toISOString(),
            }));
        const wanted = said(standingOf(after, real).duties);
        expect(said(found.duties), one.no).to.deep.equal(wanted);
        const levels = real.flatMap((entry) =>
          entry.type === 'timer.fired' && ladder.has(entry.body.of)
            ? levelsIn(entry).map((level) => `${level} ${entry.at.toISOString()}`)
            : [],
        );
        expect(
          found.levels.map(({ level, at }) => `${level} ${at.toISOString()}`),
          one.no,
        ).to.deep.equal(levels);
        // A case's assessment under the other law follows from its rewritten trail.
        const counted = (trail: readonly DutyEntry[]) =>
          factsOf(after, trail).flatMap(({ measure, met, unit, period, round, at }) =>
            ofLimit.has(measure) ? [{ measure, met, unit, period, round, at: at.toISOString() }] : [],
          );
        const facts = counted(real);
        expect(counted(found.trail), one.no).to.deep.equal(facts);
        late += facts.filter(({ met }) => !met).length;
        violated += wanted.filter(({ missed }) => missed !== undefined).length;
      }
      expect(violated).to.be.greaterThan(days === 3 ? 50 : 5);
      expect(late).to.be.greaterThan(days === 3 ? 50 : 5);
    });
  }

  it('办完以后工单还开着很久：届满、升级不会因为期限变长而算到办完以后', () => {
    const changes = changedClocks(...lawsOf(15));
    let late = 0;
    for (const trail of trails.slice(0, 200)) {
      const last = trail.at(-1);
      if (!last) continue;
      const at = new Date(last.at.getTime() + 60 * 86_400_000);
      const after: unknown = {
        ...last,
        seq: last.seq + 1,
        at,
        body: { ...last.body, deeds: [], armed: [], withdrawn: [] },
      };
      const [short, long] = [trail, [...trail, after as DutyEntry]].map((one) =>
        relive(lawsOf(15)[1], one, { changes, dueDates, levelOf }),
      );
      expect(long?.levels).to.deep.equal(short?.levels);
      late += Number(long?.levelsBefore.some(({ level }) => level === 'red'));
    }
    expect(late).to.be.greaterThan(5);
  });

  it('有的变成违反，没有变成不违反的；每件写明为什么', () => {
    const comparing = comparingLaws(twoLaws(3), { dueDates, levelOf });
    const unexplained = trails.flatMap((trail, index) => {
      const { difference } = comparing.add({ no: String(index), trail });
      return difference?.duties.filter((duty) => dutyInWords(duty).reason === '') ?? [];
    });
    const told = comparing.told();
    expect(told.cases).to.equal(1000);
    expect(told.figures.find(({ norm }) => norm === 'J27')).to.satisfy(
      (one: { violatedBefore: number; violatedAfter: number }) => one.violatedAfter > one.violatedBefore,
    );
    expect(told.figures.every((one) => one.violatedAfter >= one.violatedBefore)).to.equal(true);
    expect(unexplained).to.deep.equal([]);
  });
});
