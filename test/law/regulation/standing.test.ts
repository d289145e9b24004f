/** How duties stand after trails that nobody lives: when each opens, ends, lapses, what it is about, whose it is. */
import { expect } from 'chai';
import type { Body, Deed } from '../../../src/accountability/events/index.js';
import {
  catalogueOf,
  shippedCatalogue,
  standingOf,
  stateAt,
  type DutyEntry,
  type OwedDuty,
} from '../../../src/law/regulation/index.js';
import {
  at,
  deedOn,
  firedOn,
  migratedOn,
  recomputedOn,
  stepOn,
  theSheetCorrected,
} from '../../accountability/course/entries.js';
import { shippedContents } from '../../../src/law/regulation/shipped.js';

const catalogue = shippedCatalogue('2026-01-01');
const standing = (...trail: readonly DutyEntry[]) => standingOf(catalogue, trail);
const duties = (norm: string, ...trail: readonly DutyEntry[]): readonly OwedDuty[] =>
  standing(...trail).duties.filter((duty) => duty.norm === norm);
const states = (norm: string, ...trail: readonly DutyEntry[]): readonly string[] =>
  duties(norm, ...trail).map(({ state }) => state);

type Arm = NonNullable<Body<'task.completed'>['armed']>[number];
const limit = (clock: string, due: number | null, element = clock): Arm => ({
  ...{ element, clock, due: due === null ? null : at(due).toISOString(), derivation: null },
});
const deed = (name: string, facts: Deed['facts'] & {} = {}): Deed => ({ name, facts });
const lapsed = (day: number, clock: string, said: Partial<Body<'timer.fired'>> = {}): DutyEntry => {
  const fired = firedOn(day, clock);
  return { ...fired, body: { ...fired.body, clock, ...said } };
};

const registered = (wishesReply: boolean) => deedOn(1, 'matter.registered', { wishesReply });
const handed = stepOn(2, {
  deeds: [deed('handling.begun'), deed('matter.handed-over', { to: '市水务局' })],
  armed: [limit('reply', 9)],
});
const stated = (day: number, facts: Deed['facts'] & {} = {}) =>
  deedOn(day, 'handling.stated', { branch: 'within-limit', ...facts });
const replied = (day: number) =>
  stepOn(day, { deeds: [deed('reply.given'), deed('hotline.informed', { interim: false })] });

/** The state of a norm's duties if other deeds make its violation good. */
function statesIfMadeGood(norm: string, madeGood: readonly object[], ...trail: readonly DutyEntry[]) {
  const [content] = structuredClone(shippedContents()) as [
    { chapters: { articles: { norms: { id: string; duty: { madeGood: unknown } }[] }[] }[] },
  ];
  const norms = content.chapters.flatMap(({ articles }) => articles.flatMap(({ norms }) => norms));
  for (const { id, duty } of norms) if (id === norm) duty.madeGood = madeGood;
  const { duties } = standingOf(catalogueOf(content), trail);
  return duties.filter((duty) => duty.norm === norm).map(({ state }) => state);
}

describe('法定义务：何时起、何时了、怎样算', () => {
  it('义务从行为起，何时届满照它的期限；办了就了，写明哪几条、哪一条了的、哪个单位的', () => {
    expect(duties('J27', handed)).to.deep.equal([
      {
        ...{ norm: 'J27', subject: 'matter', round: 1, state: 'open', opened: { seq: 2, at: at(2) } },
        ...{ due: at(9), violatedAt: null, missedAt: null, unit: '市水务局', entries: [2], ended: null },
        ...{ by: null, waivedBy: null },
        acts: [deed('handling.begun'), deed('matter.handed-over', { to: '市水务局' })],
      },
    ]);
    const [done] = duties('J27', handed, stated(3), replied(4), stepOn(5, { armed: [limit('reply', 20)] }));
    expect(done).to.deep.include({ state: 'satisfied', due: at(9), entries: [2, 4], ended: 4 });
  });

  it('一样没有办的，不算办了；不该办的那一样，照登记的，以最近的登记为准', () => {
    expect(states('J27', handed, stated(3))).to.deep.equal(['open']);
    expect(states('J27', handed, deedOn(3, 'no-further.stated'))).to.deep.equal(['open']);
    const answered = [handed, stated(3), deedOn(4, 'reply.given'), lapsed(9, 'reply')];
    expect(states('J27', ...answered)).to.deep.equal(['satisfied']);
    expect(states('J27b', ...answered)).to.deep.equal(['temporarily-violated']);
    const informed = deedOn(4, 'hotline.informed', { interim: false });
    expect(states('J27', handed, stated(3), informed)).to.deep.equal(['open']);
    const [waived] = duties('J27', registered(false), handed, stated(3), informed);
    expect(waived).to.include({ state: 'satisfied', waivedBy: 'J21' });
    const again = { ...registered(true), seq: 2, at: at(2) };
    const [owed] = duties('J27', registered(false), again, handed, stated(3), informed);
    expect(owed).to.include({ state: 'open', waivedBy: null });
  });

  it('已经不必的几样都不必的，起的时候就了', () => {
    const facts = { branch: 'no-further', feedbackWaived: true };
    const [reply] = duties('J34', registered(false), handed, stated(3, facts));
    expect(reply).to.deep.include({ state: 'satisfied', ended: 3, entries: [3], waivedBy: 'J21' });
  });

  it('更正了登记的，从那时起照更正的；已经了的照旧', () => {
    const informed = deedOn(4, 'hotline.informed', { interim: false });
    const open = [registered(true), handed, stated(3), informed];
    const corrected = theSheetCorrected(5, { wishesReply: false });
    const [ended] = duties('J27', ...open, corrected);
    expect(ended).to.deep.include({ state: 'satisfied', ended: 5, waivedBy: 'J21', entries: [2, 5] });
    const done = [registered(false), handed, stated(3), informed];
    const owed = theSheetCorrected(5, { wishesReply: true });
    expect(duties('J27', ...done, owed)[0]).to.include({ state: 'satisfied', ended: 3, waivedBy: 'J21' });
    const [newer] = duties('J27', ...done, owed, { ...handed, seq: 6, at: at(6) }).slice(1);
    expect(newer).to.include({ waivedBy: null });
    const full = [registered(true), handed, stated(3), replied(4)];
    expect(duties('J27', ...full, corrected)[0]).to.include({ ended: 4, waivedBy: null });
    const twice = [corrected, { ...theSheetCorrected(6, { wishesReply: true }) }];
    expect(duties('J27', ...full, ...twice)[0]).to.include({ waivedBy: null });
    expect(duties('J27', ...open, theSheetCorrected(5, { other: false }))[0]).to.include({ state: 'open' });
    const told = deedOn(3, 'caller.dissuaded', { wishesReply: true });
    expect(states('J27', told, handed, stated(3), informed, corrected)).to.deep.equal(['open']);
  });

  it('只有更正登记改得了登记：登记没有说的、别的行为说的、别的步骤填的，都不是', () => {
    const informed = deedOn(4, 'hotline.informed', { interim: false });
    const open = [handed, stated(3), informed];
    const corrected = theSheetCorrected(5, { wishesReply: false });
    const silent = deedOn(1, 'matter.registered', { kind: '投诉' });
    expect(states('J27', silent, ...open, corrected)).to.deep.equal(['open']);
    const filled = stepOn(5, { data: { wishesReply: false } });
    expect(states('J27', registered(true), ...open, filled)).to.deep.equal(['open']);
    const told = [handed, stated(3, { feedbackWaived: false }), deedOn(4, 'reply.given')];
    const waived = theSheetCorrected(5, { feedbackWaived: true });
    expect(states('J27b', registered(true), ...told, waived)).to.deep.equal(['open']);
  });

  it('撤回了的事项：没有届满的义务不再有；已经届满的，违反仍在', () => {
    const withdrawn = deedOn(10, 'matter.withdrawn');
    expect(duties('J27', handed, withdrawn)).to.deep.equal([]);
    const [late] = duties('J27', handed, lapsed(9, 'reply'), withdrawn);
    expect(late).to.deep.include({ state: 'permanently-violated', violatedAt: at(9), ended: 10 });
    expect(late?.entries).to.deep.equal([2, 9, 10]);
    const over = [handed, stated(3), replied(4), withdrawn];
    expect(duties('J27', ...over)[0]).to.include({ state: 'satisfied', ended: 4 });
    const again = { ...handed, seq: 12, at: at(12) };
    expect(duties('J27', handed, withdrawn, again).map(({ opened }) => opened.seq)).to.deep.equal([12]);
  });

  it('反馈以后撤回的，没有审核的不算审核；审核以后依政策不回访而归档的，算', () => {
    const closed = deedOn(11, 'matter.closed');
    const over = [handed, stated(3), replied(4)];
    expect(duties('J37', ...over, deedOn(10, 'matter.withdrawn'), closed)).to.deep.equal([]);
    expect(states('J37', ...over, closed)).to.deep.equal(['open']);
    expect(states('J37', ...over, deedOn(10, 'feedback.audited'), closed)).to.deep.equal(['satisfied']);
  });

  it('一件事项的义务没有了的，不再起第二次；了了的，再起一次', () => {
    const again = { ...handed, seq: 5, at: at(5) };
    expect(duties('J27', handed, again).map(({ opened }) => opened.seq)).to.deep.equal([2]);
    const done = [stated(3), replied(4)];
    expect(duties('J27', handed, ...done, again).map(({ opened }) => opened.seq)).to.deep.equal([2, 5]);
  });

  it('期限停了的没有届满之日；届满以后停的，换到另一版图停的，仍是原来的', () => {
    const stopped = stepOn(3, { withdrawn: ['reply'] });
    expect(duties('J27', handed, stopped)[0]?.due).to.equal(null);
    const late = stepOn(10, { withdrawn: ['reply'] });
    expect(duties('J27', handed, lapsed(9, 'reply'), late)[0]?.due).to.deep.equal(at(9));
    expect(duties('J27', handed, migratedOn(3, {}, ['reply']))[0]?.due).to.deep.equal(at(9));
    const other = stepOn(3, { armed: [limit('follow-up', 12)] });
    const otherStopped = stepOn(4, { withdrawn: ['follow-up'] });
    expect(duties('J27', handed, other, otherStopped)[0]?.due).to.deep.equal(at(9));
  });

  it('期限届满的，只是它自己的、还没有了的义务违反；是届满那一刻持有的单位违反', () => {
    const [reply] = duties('J27', handed, lapsed(9, 'reply'));
    expect(reply).to.deep.include({ state: 'temporarily-violated', violatedAt: at(9), missedAt: at(9) });
    expect(reply?.entries).to.deep.equal([2, 9]);
    expect(duties('J27', handed, lapsed(9, 'follow-up'))[0]).to.include({ state: 'open', violatedAt: null });
    expect(states('J27', handed, stated(3), replied(4), lapsed(9, 'reply'))).to.deep.equal(['satisfied']);
    const passedOn = deedOn(10, 'matter.handed-over', { to: '历下区' });
    expect(duties('J27', handed, lapsed(9, 'reply'), passedOn)[0]?.unit).to.equal('市水务局');
    expect(duties('J27', handed, { ...passedOn, seq: 5, at: at(5) })[0]?.unit).to.equal('历下区');
    const done = [handed, stated(3), replied(4)];
    expect(duties('J27', ...done, { ...passedOn, seq: 5, at: at(5) })[0]?.unit).to.equal('市水务局');
  });

  it('一件事项只有一个的义务，哪个流程里届满、起算都算', () => {
    const passed = lapsed(9, 'reply', { instance: 2 });
    expect(duties('J27', handed, passed)[0]?.violatedAt).to.deep.equal(at(9));
    const moved = stepOn(3, { instance: 2, armed: [limit('reply', 12)] });
    expect(duties('J27', handed, moved)[0]?.due).to.deep.equal(at(12));
  });

  it('同一期限下后起的义务，接着先前的期限，已经届满的也算它届满；不另起一个', () => {
    const told = (day: number) => stated(day, { branch: 'statutory-limit' });
    const [within] = duties('J29', handed, told(3));
    expect(within).to.deep.include({ due: at(9), missedAt: null, state: 'open' });
    const [late] = duties('J29', handed, lapsed(9, 'reply'), told(10));
    expect(late).to.deep.include({ missedAt: at(9), state: 'temporarily-violated', entries: [10] });
    expect(standing(handed, told(3)).began).to.deep.equal([{ norm: 'J27', clock: 'reply', seq: 2, of: '' }]);
    const alone = standing(told(3));
    expect(alone.began).to.deep.include({ norm: 'J29', clock: 'reply', seq: 3, of: '' });
    expect(duties('J29', told(3))[0]).to.include({ due: null, missedAt: null });
    const presented = deedOn(1, 'matter.presented');
    const withdrawn = deedOn(3, 'matter.withdrawn');
    const both = standing(presented, handed, withdrawn, told(4));
    expect(both.began.map(({ norm, seq }) => `${norm} ${seq}`)).to.deep.equal(['J13 1', 'J27 2', 'J29 4']);
    expect(both.duties.find(({ norm }) => norm === 'J29')?.due).to.equal(null);
    const over = standing(handed, deedOn(3, 'no-further.explained'), deedOn(4, 'no-further.stated'), told(5));
    expect(over.began.map(({ norm, seq }) => `${norm} ${seq}`)).to.deep.equal(['J27 2', 'J29 5']);
  });

  it('退回再办的，本轮办得不对；别的轮次的不是；再办好了的补救', () => {
    const rework = deedOn(5, 'rework.ordered');
    const round = [handed, stated(3), replied(4)];
    const [first] = duties('J28', ...round, rework);
    expect(first).to.deep.include({ state: 'temporarily-violated', violatedAt: at(5), missedAt: null });
    expect(first?.entries).to.deep.equal([3, 5]);
    const next = [{ ...handed, seq: 6, at: at(6) }, { ...stated(7) }];
    const again = duties('J28', ...round, rework, ...next, { ...rework, seq: 8, at: at(8) });
    expect(again.map(({ round, subject, violatedAt }) => [round, subject, violatedAt])).to.deep.equal([
      [1, 'matter', at(5)],
      [2, 'matter 2', at(8)],
    ]);
    expect(again[0]?.entries).to.deep.equal([3, 5]);
    const mended = duties('J28', ...round, rework, ...next, replied(8));
    expect(mended.map(({ state, by }) => [state, by])).to.deep.equal([
      ['compensated', 'J38'],
      ['satisfied', null],
    ]);
    expect(mended[0]?.entries).to.deep.equal([3, 5, 8]);
    const closed = deedOn(9, 'matter.closed');
    expect(states('J28', ...round, rework, closed)).to.deep.equal(['permanently-violated']);
  });

  it('先由督办补救了的，以后的问责不再改写由什么补救；没有违反的，无从补救', () => {
    const ended = deedOn(10, 'supervision.ended', { result: 'handled', ground: 'art28.p1.i1' });
    const concluded = deedOn(11, 'accountability.concluded', { result: 'corrected', ground: 'art40.p1.i2' });
    const late = [handed, lapsed(9, 'reply')];
    expect(duties('J27', ...late, ended, concluded)[0]).to.deep.include({
      ...{ state: 'compensated', by: 'J39', entries: [2, 9, 10] },
    });
    expect(duties('J27', ...late, concluded)[0]).to.include({ by: 'J57' });
    expect(duties('J27', handed, ended)[0]).to.include({ state: 'open', by: null });
    const failed = deedOn(10, 'supervision.ended', { result: 'not-handled' });
    expect(duties('J27', ...late, failed)[0]).to.include({ by: null });
  });

  const late = [handed, lapsed(9, 'reply')];
  const closed = [stated(15), replied(16), deedOn(17, 'matter.closed')];
  const inside = (day: number, name: string, facts: Deed['facts'] & {} = {}, instance = 3) =>
    stepOn(day, { instance, deeds: [deed(name, facts)] });

  it('正在督办的，违反了也还来得及补救，事项办结了也是', () => {
    expect(states('J27', ...late, ...closed)).to.deep.equal(['permanently-violated']);
    const ordered = inside(10, 'supervision.ordered', { ground: 'art28.p1.i1' });
    expect(states('J27', ...late, ordered, ...closed)).to.deep.equal(['temporarily-violated']);
    const over = inside(18, 'supervision.ended', { result: 'not-handled' });
    expect(states('J27', ...late, ordered, ...closed, over)).to.deep.equal(['permanently-violated']);
  });

  it('督办、问责只使它自己能补救的违反还来得及：规范、事由、单位都对', () => {
    const knowledge = inside(10, 'supervision.ordered', { ground: 'art28.p1.i3' });
    expect(states('J27', ...late, knowledge, ...closed)).to.deep.equal(['permanently-violated']);
    const opened = inside(10, 'accountability.opened');
    expect(states('J27', ...late, opened, ...closed)).to.deep.equal(['permanently-violated']);
    const clue = (ground: string) => inside(11, 'clue.registered', { ground });
    const rude = [...late, opened, clue('art40.p1.i4'), ...closed];
    expect(states('J27', ...rude)).to.deep.equal(['permanently-violated']);
    const undone = [...late, opened, clue('art40.p1.i2'), ...closed];
    expect(states('J27', ...undone)).to.deep.equal(['temporarily-violated']);
    // The hotline dispatched late, which no supervision of a unit can make good.
    const chosen = stepOn(1, {
      ...{ deeds: [deed('way-out.chosen', { way: 'dispatch' })], armed: [limit('ruling', 1)] },
    });
    const decided = deedOn(5, 'dispatch.decided');
    const lateRuling = [chosen, lapsed(2, 'ruling'), decided, ...late];
    expect(states('J26f', ...lateRuling)).to.deep.equal(['permanently-violated']);
    const ordered = inside(10, 'supervision.ordered', { ground: 'art28.p1.i1' });
    expect(states('J26f', ...lateRuling, ordered)).to.deep.equal(['permanently-violated']);
    expect(states('J26f', ...lateRuling, opened)).to.deep.equal(['permanently-violated']);
  });

  it('问责只使它补救的那一样还来得及：办得不对的、没有按期的各是各的，补救过的不再算', () => {
    const opened = inside(18, 'accountability.opened');
    const accused = (ground: string) => inside(19, 'clue.registered', { ground });
    const bad = [handed, stated(3), replied(4), deedOn(5, 'clue.raised'), deedOn(17, 'matter.closed')];
    expect(states('J28', ...bad, opened, accused('art40.p1.i2'))).to.deep.equal(['permanently-violated']);
    expect(states('J28', ...bad, opened, accused('art40.p1.i3'))).to.deep.equal(['temporarily-violated']);
    const reported = deedOn(16, 'completion.reported');
    const mended = [...late, stated(10), deedOn(11, 'rework.ordered'), reported, deedOn(17, 'matter.closed')];
    expect(states('J28', ...mended, opened, accused('art40.p1.i3'))).to.deep.equal(['permanently-violated']);
    expect(states('J28', ...mended, opened, accused('art40.p1.i2'))).to.deep.equal(['temporarily-violated']);
  });

  it('不论事由都补救的，督办着就还来得及；本案的别的义务还没有办，不算正在补救', () => {
    const ordered = inside(10, 'supervision.ordered', { ground: 'art28.p1.i3' });
    const always = [{ by: 'J39', when: { deed: 'supervision.tracked' } }];
    const found = statesIfMadeGood('J27', always, ...late, ordered, ...closed);
    expect(found).to.deep.equal(['temporarily-violated']);
    const byFeedback = [{ by: 'J27b', when: { deed: 'hotline.informed' } }];
    const unfed = [...late, stated(15), deedOn(16, 'reply.given'), deedOn(17, 'matter.closed')];
    expect(statesIfMadeGood('J27', byFeedback, ...unfed)).to.deep.equal(['permanently-violated']);
  });

  it('督办结束时没有写事由的，照它下达时的；不在哪个流程里的，不认它针对谁', () => {
    const ordered = inside(10, 'supervision.ordered', { ground: 'art28.p1.i1' });
    const handled = inside(11, 'supervision.ended', { result: 'handled' });
    expect(duties('J27', ...late, ordered, handled)[0]).to.include({ state: 'compensated', by: 'J39' });
    const outside = (day: number, name: string, facts: Deed['facts'] & {}): DutyEntry => {
      const { instance: _, ...body } = inside(day, name, facts).body;
      return { ...inside(day, name, facts), body } as DutyEntry;
    };
    const open = outside(10, 'supervision.ordered', { ground: 'art28.p1.i1' });
    expect(states('J27', ...late, open, ...closed)).to.deep.equal(['permanently-violated']);
    const back = deedOn(10, 'matter.taken-back');
    const next = stepOn(11, {
      ...{ deeds: [deed('matter.handed-over', { to: '市园林局' })], armed: [limit('reply', 20)] },
    });
    const over = outside(12, 'supervision.ended', { result: 'handled', ground: 'art28.p1.i1' });
    const cured = duties('J27', ...late, back, next, over);
    expect(cured.map(({ unit, by }) => [unit, by])).to.deep.equal([
      ['市水务局', 'J39'],
      ['市园林局', null],
    ]);
  });

  it('第四十条、第四十一条：只有应办未办的责任补救没有按期办理，道歉、追究打击报复都不补救', () => {
    for (const ground of [
      'art40.p1.i1',
      'art40.p1.i3',
      'art40.p1.i4',
      'art40.p1.i5',
      'art40.p1.i6',
      'art41',
    ]) {
      const over = inside(12, 'accountability.concluded', { result: 'liability', ground });
      expect(duties('J27', ...late, over)[0], ground).to.include({ state: 'temporarily-violated', by: null });
    }
    const over = inside(12, 'accountability.concluded', { result: 'corrected', ground: 'art40.p1.i2' });
    expect(duties('J27', ...late, over)[0]).to.include({ state: 'compensated', by: 'J57' });
  });

  it('第四十条：为一个单位的违反问责的，不补救另一个单位的', () => {
    const opened = inside(10, 'accountability.opened');
    const moved = [
      deedOn(11, 'matter.taken-back'),
      stepOn(12, {
        ...{ deeds: [deed('matter.handed-over', { to: '市园林局' })], armed: [limit('reply', 13)] },
      }),
      lapsed(13, 'reply'),
    ];
    const over = inside(14, 'accountability.concluded', { result: 'corrected', ground: 'art40.p1.i2' });
    const found = (clue: DutyEntry) =>
      duties('J27', ...late, clue, ...moved, over).map(({ unit, by }) => [unit, by]);
    expect(found(opened)).to.deep.equal([
      ['市水务局', 'J57'],
      ['市园林局', null],
    ]);
    const accusing = (accused: string) => inside(10, 'clue.registered', { accused, ground: 'art40.p1.i2' });
    expect(found(accusing('unit:市园林局'))).to.deep.equal([
      ['市水务局', null],
      ['市园林局', 'J57'],
    ]);
    expect(found(accusing('unknown'))).to.deep.equal(found(opened));
    for (const person of ['agent:1072', 'staff市园林局'])
      expect(found(accusing(person)).map(([, by]) => by)).to.deep.equal([null, null]);
  });

  it('第二十四条：收回、交给别的单位的，原来的单位还没有届满的不再欠，它写明的情形不算后一个单位的', () => {
    const told = stated(3, { branch: 'statutory-limit' });
    const back = deedOn(4, 'matter.taken-back');
    const next = stepOn(5, {
      ...{ deeds: [deed('matter.handed-over', { to: '市园林局' })], armed: [limit('reply', 12)] },
    });
    const handedOn = [handed, told, back, next, lapsed(12, 'reply'), stated(13)];
    const owed = standing(...handedOn).duties.filter(({ unit }) => unit !== null);
    expect(owed.map(({ norm, unit }) => `${norm} ${String(unit)}`)).to.deep.equal([
      ...['J16 市园林局', 'J27 市园林局', 'J27b 市园林局', 'J28 市园林局'],
    ]);
    expect(duties('J29', handed, told)).to.have.length(1);
    // Handed on without being taken back, the matter keeps its limit.
    const passed = stepOn(5, { deeds: [deed('matter.handed-over', { to: '市园林局' })] });
    const [kept] = duties('J27', handed, told, passed);
    expect(kept).to.deep.include({ unit: '市园林局', due: at(9), opened: { seq: 5, at: at(5) } });
    expect(standing(handed, told, passed).began.map(({ seq }) => seq)).to.deep.equal([2]);
    // Taken back and handed over at once, it starts anew, too.
    const atOnce = stepOn(5, {
      deeds: [deed('matter.taken-back'), deed('matter.handed-over', { to: '市园林局' })],
    });
    expect(standing(handed, told, atOnce).began.filter(({ norm }) => norm === 'J27')).to.have.length(2);
    // A lapse stays with the unit that bore the duty.
    const lapsedFirst = duties('J29', handed, told, lapsed(9, 'reply'), { ...back, seq: 10, at: at(10) });
    expect(lapsedFirst[0]).to.include({ state: 'permanently-violated', unit: '市水务局' });
  });

  it('几次督办各是各的：各在自己的流程里', () => {
    const inside = (day: number, instance: number, name: string) =>
      stepOn(day, { instance, deeds: [deed(name)] });
    const found = duties(
      'J39',
      inside(3, 4, 'supervision.ordered'),
      inside(4, 5, 'supervision.ordered'),
      inside(5, 5, 'supervision.ended'),
    );
    expect(found.map(({ subject, state }) => `${subject}: ${state}`)).to.deep.equal([
      ...['supervision 4: open', 'supervision 5: satisfied'],
    ]);
  });

  it('下达了又撤回的督办，已经了了；没有下达就撤回的，不再有', () => {
    const ended = stepOn(5, { instance: 3, deeds: [deed('supervision.ended', { result: 'withdrawn' })] });
    const inside = (name: string) => stepOn(4, { instance: 3, deeds: [deed(name)] });
    expect(states('J39', inside('supervision.ordered'), ended)).to.deep.equal(['satisfied']);
    expect(states('J39', inside('supervision.called-for'), ended)).to.deep.equal([]);
  });

  describe('几次说明', () => {
    const owed = { owedBy: 'unit' };
    const asked = (day: number, due: number, instance: number) =>
      stepOn(day, { instance, deeds: [deed('explanation.owed', owed)], armed: [limit('explanation', due)] });

    it('每次要求各有期限，各是各的；自己流程的期限才动它', () => {
      const both = [asked(2, 5, 5), asked(3, 6, 6)];
      const found = duties('J21a', ...both, stepOn(4, { instance: 6, armed: [limit('explanation', 8)] }));
      expect(found.map(({ subject, due }) => [subject, due])).to.deep.equal([
        ['explanation 2', at(5)],
        ['explanation 3', at(8)],
      ]);
      expect(standing(...both).began).to.deep.equal([
        ...[2, 3].map((seq) => ({ norm: 'J21a', clock: 'explanation', seq, of: '' })),
      ]);
    });

    it('在别的流程里说明的，了结最早的一次；写明哪个单位的也一样', () => {
      const elsewhere = deedOn(4, 'explanation.given', { ...owed, unit: '历下区' });
      expect(states('J21a', asked(2, 5, 5), asked(3, 6, 6), elsewhere)).to.deep.equal(['satisfied', 'open']);
      const named = stepOn(2, {
        instance: 5,
        deeds: [deed('explanation.owed', { ...owed, unit: '市水务局' })],
      });
      expect(states('J21a', named, elsewhere)).to.deep.equal(['satisfied']);
    });

    it('届满的是那个流程的那一次', () => {
      const found = duties('J21a', asked(2, 5, 5), asked(3, 6, 6), lapsed(6, 'explanation', { instance: 6 }));
      expect(found.map(({ violatedAt }) => violatedAt)).to.deep.equal([null, at(6)]);
    });

    it('事项办结以后要求的也要说明；办结了、在督办的，都不改变它', () => {
      const closed = [
        handed,
        deedOn(3, 'matter.closed'),
        asked(4, 8, 5),
        lapsed(8, 'explanation', { instance: 5 }),
      ];
      expect(states('J21a', ...closed)).to.deep.equal(['temporarily-violated']);
      const given = stepOn(9, { instance: 5, deeds: [deed('explanation.given', owed)] });
      const late = [asked(4, 8, 5), lapsed(8, 'explanation', { instance: 5 }), given];
      expect(states('J21a', ...late)).to.deep.equal(['permanently-violated']);
      const ordered = stepOn(1, { instance: 3, deeds: [deed('supervision.ordered')] });
      expect(states('J21a', ordered, ...late)).to.deep.equal(['permanently-violated']);
    });
  });

  describe('几个协办单位', () => {
    const asked = (day: number, unit: string, due: number) =>
      stepOn(day, {
        deeds: [deed('support.asked', { unit })],
        armed: [limit('support', due, `support${day}`)],
      });
    const both = [asked(2, '市水务局', 9), asked(3, '历下 区', 10)];
    const shown = (...more: readonly DutyEntry[]) =>
      duties('J18', ...both, ...more).map(({ unit, due }) => [unit, due]);

    it('每个单位各有期限，从要求它的那一条起算；别人的期限动不了它', () => {
      expect(duties('J18', ...both).map(({ subject, unit }) => [subject, unit])).to.deep.equal([
        ['support 市水务局', '市水务局'],
        ['support 历下区', '历下区'],
      ]);
      expect(shown()).to.deep.equal([
        ['市水务局', at(9)],
        ['历下区', at(10)],
      ]);
      expect(standing(...both).began.map(({ seq, of }) => [seq, of])).to.deep.equal([
        [2, '市水务局'],
        [3, '历下区'],
      ]);
    });

    it('重新计时的都动；按放假安排重算的，只动原来那一刻届满的', () => {
      const rearmed: DutyEntry = {
        ...{ seq: 4, at: at(4), type: 'deadline.rearmed' },
        body: { ...stepOn(4, {}).body, of: 'support2', armed: [limit('support', 12, 'support2')] },
      };
      expect(shown(rearmed).map(([, due]) => due)).to.deep.equal([at(12), at(12)]);
      const moved = recomputedOn(4, 12, 'support2');
      expect(shown(moved).map(([, due]) => due)).to.deep.equal([at(12), at(10)]);
    });

    it('暂停着的没有届满之日，重算别人的动不了它', () => {
      const paused = { ...stepOn(2, { deeds: [deed('support.asked', { unit: '市水务局' })] }) };
      const trail = [paused, asked(3, '历下区', 10), recomputedOn(4, 12, 'support3')];
      expect(duties('J18', ...trail).map(({ due }) => due)).to.deep.equal([null, at(10)]);
    });

    it('一次届满写明几个单位的，每个都违反；没有写明哪个单位的配合，是各单位的', () => {
      const lapses = ['市水务局', '历下区'].map((unit) => deed('support.lapsed', { unit }));
      const violated = duties('J18', ...both, lapsed(10, 'support', { deeds: lapses }));
      expect(violated.map(({ violatedAt }) => violatedAt)).to.deep.equal([at(10), at(10)]);
      expect(states('J18', ...both, deedOn(5, 'support.given'))).to.deep.equal(['satisfied', 'satisfied']);
    });

    it('届满没有写明哪个单位的，是那一刻到期的单位的；没有届满之日的不是', () => {
      const violated = (...trail: readonly DutyEntry[]) =>
        duties('J18', ...trail).map(({ violatedAt }) => violatedAt);
      expect(violated(...both, lapsed(9, 'support'))).to.deep.equal([at(9), null]);
      const unnamed = lapsed(10, 'support', { deeds: [deed('support.lapsed')] });
      expect(violated(...both, unnamed)).to.deep.equal([at(10), at(10)]);
      const paused = stepOn(2, { deeds: [deed('support.asked', { unit: '市水务局' })] });
      expect(violated(paused, lapsed(9, 'support'))).to.deep.equal([null]);
    });

    it('届满的是写明的那个单位；配合了的、不再要它配合的，各算各的', () => {
      const passed = lapsed(10, 'support', { deeds: [deed('support.lapsed', { unit: '历下区' })] });
      const violated = duties('J18', ...both, passed).map(({ violatedAt }) => violatedAt);
      expect(violated).to.deep.equal([null, at(10)]);
      const given = deedOn(5, 'support.given', { unit: '市水务局' });
      expect(states('J18', ...both, given)).to.deep.equal(['satisfied', 'open']);
      const released = deedOn(5, 'support.released', { unit: '市水务局' });
      expect(duties('J18', ...both, released).map(({ unit }) => unit)).to.deep.equal(['历下区']);
      expect(duties('J18', ...both, deedOn(5, 'matter.closed'))).to.deep.equal([]);
    });
  });

  it('不归承办单位的义务不写单位', () => {
    const [accept] = duties('J13', deedOn(1, 'matter.presented'), handed);
    expect(accept).to.include({ unit: null, subject: 'matter' });
  });

  it('误记的届满改正到另一刻，违反从那一刻起；别的违反不动', () => {
    const redated = [{ from: at(9).toISOString(), to: at(8).toISOString() }];
    const right = (facts: Deed['facts'] & {}) => deedOn(11, 'overdue.withdrawn', facts);
    const late = [handed, lapsed(9, 'reply')];
    expect(duties('J27', ...late, right({ redated }))[0]?.missedAt).to.deep.equal(at(8));
    const withdrawn = duties('J27', ...late, right({ withdrawn: [at(9).toISOString()] }))[0];
    expect(withdrawn).to.deep.include({ missedAt: null, due: null, state: 'open' });
    const other = [...late, right({ withdrawn: [at(7).toISOString()] })];
    expect(duties('J27', ...other)[0]?.missedAt).to.deep.equal(at(9));
    expect(duties('J27', handed, right({ redated }))[0]).to.deep.include({ missedAt: null, due: at(9) });
  });

  it('到了某一刻：过了届满之日还没有办的违反；正在那一刻的不是', () => {
    const open = { state: 'open', due: at(9) } as const;
    expect(stateAt(open, at(9))).to.equal('open');
    expect(stateAt(open, at(10))).to.equal('temporarily-violated');
    expect(stateAt({ ...open, due: null }, at(10))).to.equal('open');
    expect(stateAt({ ...open, state: 'satisfied' }, at(10))).to.equal('satisfied');
  });
});
