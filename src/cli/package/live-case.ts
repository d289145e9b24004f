/** Lives one case from the intake screen to its end, each task by somebody who may do it. */
import { operations } from '../../http/contract/index.js';
import { answersTo } from '../../design/package/index.js';
import type { Json, JsonObject } from '../../kernel/index.js';
import { asksOf, channelBy, usualKind } from '../../kernel/kinds.js';
import type { Law } from '../../kernel/law.js';
import { answersOfSheet } from '../../kernel/program-fields.js';
import { Refused, type Person } from './live-person.js';
import type { z } from 'zod';

export interface LivedWay {
  readonly way: string;
  readonly name: string;
  /** `waits`: nobody can do more now, and only time goes on. */
  readonly outcome: 'ended' | 'waits' | 'stuck';
  /** In which end; or where the case stands, and why. */
  readonly says: string;
}

const order = operations.readWorkOrder.answers[200].schema;
type Order = z.output<typeof order>;
type Task = Order['tasks'][number];

/** A case to its end has about twenty tasks; more means a loop. */
const mostTasks = 60;
/** Answers tried on one form. */
const mostTries = 200;

export interface City {
  readonly people: readonly Person[];
  readonly law: Law;
  /** Numbers of the sheets of this run, all of one caller. */
  readonly sheets: string[];
}

export async function liveOne(
  { key: way, name, kinds }: Law['intake']['waysOut'][number],
  city: City,
): Promise<LivedWay> {
  const told = (outcome: LivedWay['outcome'], says: string): LivedWay => ({ way, name, outcome, says });
  const begun = await accepted(way, kinds?.[0] ?? usualKind(city.law), city);
  if (typeof begun === 'string') return told('stuck', begun);
  let now = begun;
  city.sheets.push(begun.sheet.no);
  const visits = new Map<string, number>();
  for (let done = 0; now.state === 'open' && done < mostTasks; done += 1) {
    let why = '';
    const before = now;
    for (const task of before.tasks) {
      const given = await completed(task, visits.get(task.element) ?? 0, before, city);
      if (typeof given === 'string') {
        why ||= `停在“${task.name}”（processes/${task.process}.bpmn ${task.element}）：${given}`;
        continue;
      }
      visits.set(task.element, (visits.get(task.element) ?? 0) + 1);
      now = given;
      break;
    }
    if (now === before && why === '' && now.deadlines.some(({ due }) => due !== null))
      return told('waits', `没有待办了，只等${waiting(now)}，试办不等`);
    if (now === before) return told('stuck', why || '停在没有待办的地方，也不等什么');
  }
  return now.state === 'ended'
    ? told('ended', `办结于“${lastOf(now)}”`)
    : told('stuck', `办了 ${mostTasks} 项待办，还没有办结，停在“${now.tasks[0]?.name ?? ''}”`);
}

/** As the intake screen asks: the registration and the step behind the way, or the channel's own answers. */
async function accepted(way: string, kind: string, city: City): Promise<Order | string> {
  const { people, law } = city;
  const [agent] = people.filter(({ duties }) => duties.includes('intake'));
  if (!agent) return '没有示例帐号可以受理（samples.json 的 people）';
  const form = await agent.ask({
    operation: operations.readIntakeForm,
    answer: operations.readIntakeForm.answers[200].schema,
  });
  const { channels } = await agent.ask({
    operation: operations.readOtherChannels,
    answer: operations.readOtherChannels.answers[200].schema,
  });
  const asks = asksOf(way, law) ?? '';
  const channel = channels.find(({ answers }) =>
    answers.wayOut === undefined ? asks === 'channel' : answers.wayOut === way,
  );
  const own = channel?.answers ?? {};
  const step = form.ways.find((one) => one.way === way)?.fields ?? [];
  const asked = [
    ...form.register,
    ...(['answer', 'unit', 'channel'].includes(asks) && Object.keys(own).length === 0 ? step : []),
  ];
  const presumed = asked.flatMap(({ key, type, presumed: value }) =>
    value === undefined ? [] : [[key, type === 'boolean' ? value === 'true' : value] as const],
  );
  const fixed = {
    ...Object.fromEntries(presumed),
    ...(channel && {
      pendingProcedure: channel.procedure,
      channelName: channel.name,
      channelInfo: `${channel.reach}（${channel.basis}）`,
    }),
  };
  const sheet = { channel: channelBy('telephone', law), kind, replyWanted: true };
  const request = {
    ...{ ...sheet, title: `核对：${way}`, content: '核对条例包，登记一件。' },
    ...{ callerName: '核对', callerContact: '13800000000' },
  };
  let refused = '';
  for (const answers of tried(asked, fixed, city)) {
    const body = { ...request, answers: { ...answers, wayOut: way, ...own } };
    try {
      return await agent.ask({ operation: operations.acceptRequest, answer: order }, body);
    } catch (error) {
      refused = reasonIn(error);
    }
  }
  return `登记不了：${refused}`;
}

/** @returns the case afterwards; or why nobody could complete the task */
async function completed(task: Task, visits: number, { sheet }: Order, city: City): Promise<Order | string> {
  const able = city.people.filter(({ duties }) => task.role === null || duties.includes(task.role));
  if (able.length === 0) return `没有示例帐号可以办（岗位 ${task.roleName ?? task.role ?? ''}）`;
  const fixed = answersOfSheet(sheet);
  let refused = '';
  // What led back here is not answered again.
  const all = [...tried(task.form, fixed, city)];
  const turned = [...all.slice(visits % all.length), ...all.slice(0, visits % all.length)];
  for (const answers of turned) {
    for (const person of able) {
      try {
        const operation = operations.completeTask;
        return await person.ask({ operation, answer: order, params: { id: task.id } }, { answers });
      } catch (error) {
        const said = reasonIn(error);
        if (!isNotTheirs(error)) refused = said;
        else refused ||= said;
      }
    }
  }
  return refused;
}

function* tried(
  form: readonly Task['form'][number][],
  fixed: JsonObject,
  { people, sheets }: City,
): Generator<JsonObject> {
  const units = [
    ...new Set(people.filter(({ duties }) => duties.includes('unit')).flatMap((one) => one.units)),
  ];
  const known: Readonly<Record<string, readonly Json[]>> = {
    ...{ unit: units, units, sheet: sheets, boolean: [true, false] },
  };
  let left = mostTries;
  for (const answers of answersTo(form, fixed, known)) if (left-- > 0) yield answers;
}

const isNotTheirs = (error: unknown): boolean =>
  error instanceof Refused &&
  ['task.not-yours', 'access.denied', 'case.not-found', 'task.not-found'].includes(error.problem.code);

function reasonIn(error: unknown): string {
  if (!(error instanceof Refused)) throw error;
  const { detail, provision, remedy } = error.problem;
  return `${detail}${provision === undefined ? '' : `（${provision}）`}${remedy === undefined ? '' : `。${remedy}`}`;
}

const waiting = ({ deadlines }: Order): string =>
  deadlines.map(({ name, dueDate }) => `“${name}”到 ${dueDate ?? '恢复计时'}`).join('、');

/** The element that the case reached last. */
function lastOf({ trail }: Order): string {
  const entry = trail.findLast(({ step }) => (step?.entered.length ?? 0) > 0);
  const id = entry?.step?.entered.at(-1) ?? '';
  return entry?.names[id] ?? id;
}
