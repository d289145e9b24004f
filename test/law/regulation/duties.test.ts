import { expect } from 'chai';
import { dutiesOf, shippedCatalogue, type Duty, type DutyEntry } from '../../../src/law/regulation/index.js';
import { readScenarios } from '../../../src/design/rehearsal/index.js';
import { theShippedStage } from '../../support/case-runner.js';
import { livedEntries } from '../../support/lived-scenario.js';
import { enteredIn, subjectOf } from '../../../src/accountability/events/index.js';

const scenarios = await readScenarios();
const stage = await theShippedStage();
const catalogue = shippedCatalogue('2026-01-01');

describe('一件工单的法定义务', () => {
  it('第二十四条：第五个工作日 24:00 前回复、反馈的，已履行', () => {
    const duties = after('art24-in-time');
    expect(states(duties)).to.include.members(['J27 satisfied', 'J28 satisfied', 'J37 satisfied']);
    expect(duties.filter(({ norm }) => norm === 'J39')).to.deep.equal([]);
  });

  it('转出之后、回复之前，第二十四条的义务待履行，写明哪一刻届满', () => {
    const reply = after('art24-in-time', (entry) => subjectOf(entry) === 'Task_Receive').find(
      ({ norm }) => norm === 'J27',
    );
    expect(reply?.state).to.equal('open');
    expect(reply?.due?.toISOString()).to.equal('2026-03-09T16:00:00.000Z');
  });

  it('第二十四条、第二十八条：逾期未办的暂时违反，督办之后办理的已补救', () => {
    const atLimit = after('art24-late', (entry) => subjectOf(entry) === 'Timer_ReplyLimit');
    expect(stateOf(atLimit, 'J27')).to.equal('temporarily-violated');
    const duties = after('art24-late');
    expect(duties.find(({ norm }) => norm === 'J27')).to.include({ state: 'compensated', by: 'J39' });
    expect(stateOf(duties, 'J39')).to.equal('satisfied');
  });

  it('第二十四条：休息日补交、没有经过督办的，永久违反', () => {
    expect(stateOf(after('art24-late-on-saturday'), 'J27')).to.equal('permanently-violated');
  });

  it('第四十条第二项：督办了仍未办理，问责还没有结果的，暂时违反；已改正的，已补救', () => {
    const opened = after('art40-2-not-handled', (entry) => enteredIn(entry).includes('Start_NotHandled'));
    expect(states(opened)).to.include.members(['J27 temporarily-violated', 'J57 open']);
    const corrected = after('art40-2-not-handled');
    expect(corrected.find(({ norm }) => norm === 'J27')).to.include({ state: 'compensated', by: 'J57' });
  });

  it('第十六条：不要求回复的，回复的义务写明因此不必，反馈照样要有', () => {
    const reply = after('art16-no-reply').find(({ norm }) => norm === 'J27');
    expect(reply).to.include({ waivedBy: 'J21', state: 'satisfied' });
  });

  it('第二十四条第二款：在答复的期限内办完的已履行，过期的违反', () => {
    const kept = after('art24-statutory-limit');
    expect(states(kept)).to.include.members(['J29 satisfied']);
    const broken = after('art24-promised-date-late', (entry) => subjectOf(entry) === 'Timer_CompletionLimit');
    expect(stateOf(broken, 'J32')).to.equal('temporarily-violated');
    expect(stateOf(broken, 'J27')).to.equal('satisfied');
  });

  it('第二十四条第二款：在承诺的解决时限的最后一刻以前办完的，按期办完、跟踪督办都已履行', () => {
    const kept = after('art24-promised-date-kept');
    expect(states(kept)).to.include.members([
      'J27 satisfied',
      'J30 satisfied',
      'J32 satisfied',
      'J33 satisfied',
    ]);
    const promise = kept.find(({ norm }) => norm === 'J32');
    expect(promise?.due?.toISOString()).to.equal('2026-03-20T16:00:00.000Z');
    expect(kept.filter(({ state }) => state !== 'satisfied')).to.deep.equal([]);
  });

  it('准予延期的，届满之日随之移动', () => {
    const before = after('art24-extension-granted', (entry) => subjectOf(entry) === 'Task_Receive');
    const granted = after(
      'art24-extension-granted',
      (entry) => subjectOf(entry) === 'SubProcess_Extension_Task_DecideExtension',
    );
    const due = (duties: readonly Duty[]) => duties.find(({ norm }) => norm === 'J27')?.due?.getTime() ?? 0;
    expect(due(granted)).to.be.greaterThan(due(before));
  });

  it('第二十七条第二款：退回再办，再办已回复的，前一轮的办理已补救', () => {
    const again = after('art27-rework', (entry) => enteredIn(entry).includes('Task_CountRound'));
    expect(stateOf(again, 'J28')).to.equal('temporarily-violated');
    const replied = after('art27-rework');
    expect(replied.find(({ norm }) => norm === 'J28')).to.include({ state: 'compensated', by: 'J38' });
  });

  it('超期的记载撤回之后，不再算违反', () => {
    const duties = after('art28-overdue-withdrawn');
    expect(duties.filter(({ norm, state }) => norm === 'J27' && /violated/.test(state))).to.deep.equal([]);
  });
});

/** Duties after the first entry that matches, or at the scenario's end. */
function after(name: string, until?: (entry: DutyEntry) => boolean): readonly Duty[] {
  const scenario = scenarios.find((one) => one.name === name);
  if (!scenario) throw new Error(`there is no scenario ${name}`);
  const trail = livedEntries(stage, scenario);
  if (!until) return dutiesOf(catalogue, trail);
  const last = trail.findIndex(until);
  expect(last, name).to.not.equal(-1);
  return dutiesOf(catalogue, trail.slice(0, last + 1));
}
const states = (duties: readonly Duty[]): string[] => duties.map(({ norm, state }) => `${norm} ${state}`);
const stateOf = (duties: readonly Duty[], norm: string) => duties.find((duty) => duty.norm === norm)?.state;
