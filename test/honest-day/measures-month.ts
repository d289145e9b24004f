/** A month's assessment: it closes automatically, units object, the results are confirmed, poor units rectify. */
import { expect } from 'chai';
import { fill, type WorkOrderView } from '../http/serving.js';
import type { Day } from './day.js';
import { first, hour, moveTo, ofHotline, ofUnit, read, second } from './measures-sheets.js';

type Task = WorkOrderView['tasks'][number];

interface View {
  readonly closedAt: string | null;
  readonly closesAt: string | null;
  readonly units: readonly {
    readonly unit: string;
    readonly counts: readonly { readonly measure: string; readonly met: number; readonly of: number }[];
  }[];
  readonly run: null | {
    readonly objectionsUntil: string | null;
    readonly ended: boolean;
    readonly tasks: readonly Task[];
  };
}

const assessment = async (day: Day, period: string): Promise<View> =>
  read(day, 'readAssessment', { as: await ofHotline(day, '度量考核', 'assessor'), params: { period } });

/** Lets the month end, and the first morning after it come. */
export async function monthEnds(day: Day, period: string): Promise<void> {
  const { closesAt } = await assessment(day, period);
  moveTo(day, new Date(new Date(closesAt ?? expect.fail('nothing closes the month')).getTime() + 9 * hour));
  // The first program counts, and the second closes.
  await day.work();
  await day.work();
  expect((await assessment(day, period)).closedAt).to.be.a('string');
}

const waiting = async (day: Day, period: string, element: string): Promise<Task | undefined> =>
  (await assessment(day, period)).run?.tasks.find((one) => one.element === element);

async function finish(day: Day, period: string, task: Task, answers: object, name: string): Promise<void> {
  const { poorUnit } = task.locals ?? {};
  const as =
    task.role === 'unit' ? await ofUnit(day, String(poorUnit)) : await ofHotline(day, name, 'assessor');
  const body = { answers: fill(task, { ...answers }) };
  await day.call('completeAssessmentTask', { as, params: { period, id: task.id }, body });
}

const finishOnly = async (day: Day, period: string, element: string, answers: object, name: string) =>
  finish(
    day,
    period,
    (await waiting(day, period, element)) ?? expect.fail(`${element} is not open`),
    answers,
    name,
  );

/** Published, objected to, decided; confirmed after the objection period. */
export async function resultsConfirmed(day: Day, period: string): Promise<void> {
  await finishOnly(day, period, 'Task_Preliminary', { preliminaryNotice: '考公〔2026〕1号' }, '度量考核');
  const object = async (unit: string, measure: string, ground: string): Promise<void> => {
    const body = { unit, measure, ground };
    await day.call('raiseObjection', { as: await ofUnit(day, unit), params: { period }, body });
  };
  const decide = async (number: number, upheld: boolean): Promise<void> => {
    const { units } = await assessment(day, period);
    const counted = units.find(({ unit }) => unit === first)?.counts.find((one) => one.measure === 'reply');
    const corrected = upheld ? { met: counted?.of ?? 0, of: counted?.of ?? 0 } : null;
    await day.call('decideObjection', {
      as: await ofHotline(day, '度量裁定', 'assessor'),
      params: { period, number },
      body: { upheld, corrected, reason: upheld ? '证据属实' : '没有证据' },
    });
  };
  await object(first, 'reply', '来电人认错了单位');
  await object(first, 'satisfaction', '回访记录与录音不符');
  await object(second, 'reply', '系统停机');
  await decide(2, false);
  await day.work();
  await decide(1, true);
  const until = (await assessment(day, period)).run?.objectionsUntil ?? expect.fail('no time for objections');
  moveTo(day, new Date(new Date(until).getTime() + 9 * hour));
  await day.work();
  // Too early: one is still to be decided.
  await finishOnly(day, period, 'Task_ConfirmResults', { objectionsDecided: true }, '度量确认');
  await decide(3, false);
  await finishOnly(day, period, 'Task_ConfirmResults', { objectionsDecided: true }, '度量确认');
  await day.work();
}

/** The first poor unit rectifies, the second does not, a third lets its limit pass; everything is handed over. */
export async function rectified(day: Day, period: string): Promise<void> {
  const elements = [
    'Task_IssueOpinion',
    'Task_Rectify',
    'Task_CheckRectification',
    'Task_ReportToGovernment',
  ];
  let checked = 0;
  let late = '';
  for (let round = 0; round < 500; round += 1) {
    const { run } = await assessment(day, period);
    const open = run?.tasks.filter(({ element }) => elements.includes(element)) ?? [];
    const rectifying = open.filter(({ element }) => element === 'Task_Rectify');
    if (rectifying.length > 1 && late === '') late = String(rectifying.at(-1)?.locals?.poorUnit);
    const next = open.find(({ element, locals }) => element !== 'Task_Rectify' || locals?.poorUnit !== late);
    if (!next && open.length === 0) break;
    if (!next) {
      day.later(40 * 24 * hour);
      await day.work();
      late = '-';
      continue;
    }
    const isCheck = next.element === 'Task_CheckRectification';
    await finish(day, period, next, isCheck ? { rectified: checked++ % 2 === 0 } : {}, '度量考核');
  }
  await day.work();
  const over = await waiting(day, period, 'Task_HandOver');
  if (over) await finish(day, period, over, { handOverDocument: '考报〔2026〕1号' }, '度量考核');
  await day.work();
  expect((await assessment(day, period)).run?.ended).to.equal(true);
}
