/** Stretches of time: whatever happened to a matter, the parts add up to the whole and never overlap. */
import { expect } from 'chai';
import { measured, sharesOf, stretchesOf } from '../../../src/cases/index.js';
import { processOf, type ReadableEntry } from '../../../src/accountability/events/index.js';
import { defaultCalendar } from '../../../src/calendar/index.js';
import { readScenarios, type Stage } from '../../../src/design/rehearsal/index.js';
import { shippedCatalogue, type DutyEntry } from '../../../src/law/regulation/index.js';
import { theShippedStage } from '../../support/case-runner.js';
import { livedEntries } from '../../support/lived-scenario.js';

const catalogue = shippedCatalogue('2026-01-01');
const calendar = defaultCalendar();

describe('为什么办了这么久', () => {
  let stage: Stage;
  let lived: Map<string, readonly DutyEntry[]>;

  before(async () => {
    stage = await theShippedStage();
    const scenarios = await readScenarios();
    lived = new Map(scenarios.map((one) => [one.name, livedEntries(stage, one)]));
  });

  const timeTakenOf = (trail: readonly DutyEntry[], until: Date) => {
    const elementsOf = (entry: ReadableEntry) => {
      const key = processOf(entry)?.process;
      const elements = stage.definitions.all.find((one) => one.key === key)?.annotations.elements ?? [];
      return new Map(elements.map((element) => [element.id, element]));
    };
    const first = trail[0]?.at ?? until;
    return measured(calendar, stretchesOf(trail, { elementsOf, catalogue, until }), first);
  };

  it('每个情景的随意几刻：各段首尾相接，分钟数加起来正好是全部，工作日的也是', () => {
    const random = numbers(7);
    let looked = 0;
    for (const [name, trail] of lived) {
      for (let time = 0; time < 6; time += 1) {
        const length = 1 + Math.floor(random() * trail.length);
        const part = trail.slice(0, length);
        const last = Math.max(...part.map(({ at }) => at.getTime()));
        const until = new Date(last + Math.floor(random() * 40 * 86_400_000));
        const timeTaken = timeTakenOf(part, until);
        let at = timeTaken.from;
        for (const one of timeTaken.stretches) {
          expect(one.from.getTime(), name).to.equal(at.getTime());
          expect(one.to.getTime(), name).to.be.greaterThan(at.getTime());
          expect(one.workingMinutes, name).to.be.within(0, one.minutes);
          at = one.to;
        }
        expect(at.getTime(), name).to.equal(timeTaken.to.getTime());
        for (const parts of [timeTaken.stretches, sharesOf(timeTaken.stretches)]) {
          expect(sum(parts, 'minutes'), name).to.equal(timeTaken.minutes);
          expect(sum(parts, 'workingMinutes'), name).to.equal(timeTaken.workingMinutes);
        }
        looked += 1;
      }
    }
    expect(looked).to.be.greaterThan(500);
  });

  /** Holder, provisions, pace, minutes, and minutes on working days. */
  const told = (name: string) => {
    const trail = lived.get(name) ?? [];
    const last = Math.max(...trail.map(({ at }) => at.getTime()));
    return timeTakenOf(trail, new Date(last + 86_400_000)).stretches.map((one) =>
      [one.hands, one.unit, one.provisions.join(' '), one.pace, one.minutes, one.workingMinutes].join(' | '),
    );
  };

  it('准予延期：原来的期限以内、延长的以内、过期以后，各是一段', () => {
    expect(told('art24-extension-granted')).to.deep.equal([
      'unit | 历下区政府 | art24.p1.i1 art24.p1 | in-time | 10920 | 8040',
      'unit | 历下区政府 | art24.p1.i1 art24.p1 | extended | 10080 | 7200',
      'unit | 历下区政府 | art24.p1.i1 art24.p1 | late | 1440 | 1440',
    ]);
  });

  it('期限暂停的时间不算在单位手里，依据的是暂停的那个期限', () => {
    expect(told('art24-pause')).to.deep.equal([
      'unit | 历下区政府 | art24.p1.i1 art24.p1 | in-time | 5820 | 5820',
      'stopped | 历下区政府 | art24.p1 | in-time | 10020 | 7140',
      'unit | 历下区政府 | art24.p1.i1 art24.p1 | in-time | 5160 | 2280',
      'unit | 历下区政府 | art24.p1.i1 art24.p1 | late | 1440 | 1440',
    ]);
  });

  it('退单：裁定的时间在热线手里，期限停着也是，裁定的期限过了另是一段；改派以后在新的单位手里', () => {
    expect(told('art24-return-suspended')).to.deep.equal([
      'unit | 历下区政府 | art13.p1.i2 art12.p1.i2 | in-time | 1800 | 1800',
      'hotline |  | art23.p1.i2 | in-time | 1920 | 1920',
      'hotline |  | art23.p1.i2 | late | 600 | 600',
      'unit | 市城管局 | art13.p1.i2 art12.p1.i2 | in-time | 1440 | 1440',
    ]);
  });

  it('由政府办公厅研究的，在办公厅手里', () => {
    expect(told('art29-complex')).to.deep.equal(['office |  | art29.p2 | in-time | 1440 | 1440']);
  });

  it('一个时刻以后没有任何流程的，不再计；不满一分钟的边界只舍一次', () => {
    const trail = lived.get('art24-return-suspended') ?? [];
    const until = new Date((trail.at(-1)?.at.getTime() ?? 0) + 90_001);
    const timeTaken = timeTakenOf(trail, until);
    expect(sum(timeTaken.stretches, 'minutes')).to.equal(timeTaken.minutes);
    const closed = lived.get('art23-on-the-spot') ?? [];
    const end = closed.at(-1)?.at ?? until;
    expect(timeTakenOf(closed, new Date(end.getTime() + 86_400_000)).to.getTime()).to.equal(end.getTime());
  });
});

const sum = <Name extends string>(parts: readonly Readonly<Record<Name, number>>[], name: Name): number =>
  parts.reduce((total, one) => total + one[name], 0);

/** Deterministic. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
