/** The interpreter on trails that no scenario produces: one entry per deed. */
import { expect } from 'chai';
import type { Deed } from '../../../src/accountability/events/index.js';
import { dutiesOf, shippedCatalogue, type Duty, type DutyEntry } from '../../../src/law/regulation/index.js';

const catalogue = shippedCatalogue('2026-01-01');
const at = (day: number): Date => new Date(`2026-03-${String(day).padStart(2, '0')}T10:00:00+08:00`);

interface Said {
  readonly instance?: number;
  readonly deeds?: readonly Deed[];
  readonly armed?: readonly { readonly clock: string; readonly due: Date }[];
}

const stepOn = (day: number, { instance = 1, deeds = [], armed = [] }: Said): DutyEntry => ({
  seq: day,
  at: at(day),
  type: 'task.completed',
  body: {
    ...{ process: 'handling', version: 1, instance, recordedAt: at(day).toISOString(), of: 'task', deeds },
    armed: armed.map(({ clock, due }) => ({
      ...{ element: clock, clock, due: due.toISOString(), derivation: null },
    })),
  },
});

const doneOn = (day: number, name: string, facts: Deed['facts'] = {}, instance = 1): DutyEntry =>
  stepOn(day, { instance, deeds: [{ name, facts }] });

const passedOn = (day: number, clock: string): DutyEntry => ({
  seq: day,
  at: at(day),
  type: 'timer.fired',
  body: {
    ...{ process: 'handling', version: 1, instance: 1, recordedAt: at(day).toISOString() },
    ...{ of: clock, clock },
  },
});

const duties = (norm: string, trail: readonly DutyEntry[]): readonly Duty[] =>
  dutiesOf(catalogue, trail).filter((duty) => duty.norm === norm);

describe('条例的解释', () => {
  const unit = { owedBy: 'unit' };

  it('第十六条：两次要求说明、一次说明的，只了结较早的一次', () => {
    const asked = [doneOn(2, 'explanation.owed', unit), doneOn(3, 'explanation.owed', unit)];
    const states = duties('J21a', [...asked, doneOn(4, 'explanation.given', unit)]).map(({ state }) => state);
    expect(states).to.deep.equal(['satisfied', 'open']);
  });

  it('第十六条：各在一个流程里的两次要求，说明了结它自己流程的那一次', () => {
    const asked = [doneOn(2, 'explanation.owed', unit, 5), doneOn(3, 'explanation.owed', unit, 6)];
    const given = doneOn(4, 'explanation.given', unit, 6);
    expect(duties('J21a', [...asked, given]).map(({ state }) => state)).to.deep.equal(['open', 'satisfied']);
  });

  const begun = stepOn(2, {
    deeds: [{ name: 'handling.begun' }, { name: 'matter.handed-over', facts: { to: '市水务局' } }],
    armed: [{ clock: 'reply', due: at(9) }],
  });
  const madeGood = [
    passedOn(9, 'reply'),
    doneOn(10, 'supervision.ended', { result: 'handled', ground: 'art28.p1.i1' }),
  ];

  it('第二十四条：换到另一版图、旧的计时停了，义务照原来的日子届满', () => {
    const migrated: DutyEntry = {
      ...{ seq: 5, at: at(5), type: 'case.migrated' },
      body: {
        ...{ actor: '王建国', recordedAt: at(5).toISOString(), process: 'handling', version: 2, instance: 1 },
        ...{ from: 1, migration: 1, mapping: {}, withdrawn: ['reply'], provisions: [] },
      },
    };
    expect(duties('J27', [begun, migrated])[0]?.due).to.deep.equal(at(9));
  });

  it('第二十四条：误记的超期撤回以后，不再是违反，也不再有什么补救', () => {
    const [before] = duties('J27', [begun, ...madeGood]);
    expect(before).to.include({ state: 'compensated', by: 'J39' });
    const withdrawn = doneOn(11, 'overdue.withdrawn', { withdrawn: [at(9).toISOString()] });
    const [after] = duties('J27', [begun, ...madeGood, withdrawn]);
    expect(after).to.include({ state: 'open', by: null, violatedAt: null });
  });

  it('第二十四条：误记的超期改正时刻的，违反自改正的时刻起，补救仍在', () => {
    const redated = doneOn(11, 'overdue.withdrawn', {
      redated: [{ from: at(9).toISOString(), to: at(8).toISOString() }],
    });
    const [after] = duties('J27', [begun, ...madeGood, redated]);
    expect(after).to.deep.include({ state: 'compensated', by: 'J39', violatedAt: at(8) });
  });

  it('第二十七条：审核逾期以后又逾期的，自头一次起违反；头一次是误记的，自第二次起', () => {
    const informed = stepOn(2, { deeds: [{ name: 'hotline.informed', facts: { interim: false } }] });
    const twice = [informed, passedOn(9, 'follow-up'), passedOn(12, 'follow-up')];
    expect(duties('J37', twice)[0]?.violatedAt).to.deep.equal(at(9));
    const corrected = doneOn(13, 'overdue.withdrawn', { withdrawn: [at(9).toISOString()] });
    expect(duties('J37', [...twice, corrected])[0]?.violatedAt).to.deep.equal(at(12));
  });

  it('第二十七条：超期、退回的一轮，再办好了只补救退回，督办只补救超期', () => {
    const stated = doneOn(10, 'handling.stated', { branch: 'within-limit' });
    const returned = [begun, passedOn(9, 'reply'), stated, doneOn(11, 'rework.ordered')];
    const informed = doneOn(12, 'hotline.informed', { interim: false });
    expect(duties('J28', [...returned, informed])[0]).to.include({ state: 'permanently-violated', by: null });
    const supervised = doneOn(13, 'supervision.ended', { result: 'handled', ground: 'art28.p1.i1' }, 2);
    expect(duties('J28', [...returned, supervised])[0]).to.include({
      state: 'temporarily-violated',
      by: null,
    });
    expect(duties('J28', [...returned, informed, supervised])[0]).to.include({ state: 'compensated' });
  });

  it('第二十七条：没有写明哪一轮的工单，退回也算违反', () => {
    const stated = doneOn(3, 'handling.stated', { branch: 'within-limit' });
    expect(duties('J28', [stated, doneOn(4, 'rework.ordered')])[0]?.state).to.equal('temporarily-violated');
  });

  it('第十六条：回复过的一轮，不因后来的一轮不必反馈而算作免除', () => {
    const handled = [doneOn(3, 'handling.stated', { feedbackWaived: false }), doneOn(3, 'hotline.informed')];
    const later = doneOn(5, 'handling.stated', { feedbackWaived: true });
    expect(duties('J27b', [begun, ...handled, later])[0]?.waivedBy).to.equal(null);
  });

  it('第四十条：指控的是个人的，不补救没有单位承担的违反', () => {
    const opened = [doneOn(2, 'handling.begun'), passedOn(9, 'reply')];
    const clue = doneOn(10, 'clue.registered', { accused: 'agent:1072', ground: 'art40.p1.i2' }, 2);
    const concluded = doneOn(11, 'accountability.concluded', { result: 'corrected' }, 2);
    expect(duties('J27', [...opened, clue, concluded])[0]?.by).to.equal(null);
  });

  it('第二十四条：放假安排重算的期限，义务的届满之日随之移动', () => {
    const recomputed: DutyEntry = {
      seq: 3,
      at: at(3),
      type: 'deadline.recomputed',
      body: {
        ...{
          actor: '管理员',
          document: '放假安排',
          recordedAt: at(3).toISOString(),
          of: 'reply',
          instance: 1,
        },
        ...{ from: at(9).toISOString(), due: at(12).toISOString(), provisional: false, derivation: {} },
      },
    };
    const [reply] = duties('J27', [begun, recomputed]);
    expect(reply?.due).to.deep.equal(at(12));
  });
});
