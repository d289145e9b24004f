/** A unit's work: signing for many, assigning, saved views, templates, exports, one form for several steps. */
import { fill } from '../http/serving.js';
import type { Day } from './day.js';
import { deskOf, water, type Answers, type Desk, type Order, type Who } from './desk-steps.js';

interface Ahead {
  readonly steps: readonly (Order['tasks'][number] & { readonly chosen: Answers })[];
}

const texts: Answers = {
  ...{ handlingResult: '抢修已经完成', replySummary: '已经恢复供水', feedbackSummary: '已经办结' },
};

/** Looks at the following tasks and completes all of them in one form. */
export async function inOneForm(day: Day, desk: Desk, order: Order, members?: object): Promise<Order> {
  const params = { id: order.tasks[0]?.id ?? '' };
  const ahead = (await day.call('lookAhead', { as: await desk.person('water'), params, body: {} })) as Ahead;
  const steps = ahead.steps.map((step) => ({
    element: step.element,
    answers: {
      ...fill({ ...step, id: '', no: '', openedAt: '' }, { ...step.chosen }),
      ...Object.fromEntries(
        Object.entries(texts).filter(([key]) => step.form.some((field) => field.key === key)),
      ),
    },
  }));
  const body = { steps, ...(members ? { members } : {}) };
  return (await day.call('completeSeries', { as: await desk.person('water'), params, body })) as Order;
}

export async function deskUnit(day: Day): Promise<void> {
  const desk = deskOf(day);
  const { person, dispatched, read, complete } = desk;
  const task = (order: Order): string => order.tasks[0]?.id ?? '';
  const by = async (who: Who, id: Parameters<Day['call']>[0], body: object): Promise<void> => {
    day.later(60_000);
    await day.call(id, { as: await person(who), body });
  };

  const orders: Order[] = [];
  for (let count = 0; count < 4; count += 1)
    orders.push(await dispatched(water, { title: `第${count}处停水` }));
  const tasks = orders.map(task);
  for (const to of [
    { person: 'desk-plumber' },
    { person: 'desk-plumber' },
    { team: '抢修组' },
    { nobody: true },
    { nobody: true },
    { person: 'desk-water' },
  ]) {
    await by('water', 'assignTasks', { tasks, ...to });
  }
  await by('plumber', 'signTasks', { tasks: tasks.slice(0, 3) });
  await by('plumber', 'signTasks', { tasks });
  await by('water', 'signTasks', { tasks: [...tasks, '1~1~1~x~Task'] });
  const signed = await Promise.all(orders.map((order) => read(order)));
  await by('water', 'assignTasks', { tasks: signed.map(task), team: '抢修组' });

  const [one, two] = signed;
  if (!one || !two) throw new Error('nothing was dispatched');
  await inOneForm(day, desk, one);
  const limited = [{ branch: 'statutory-limit' }];
  await day.call('lookAhead', {
    as: await person('water'),
    params: { id: task(two) },
    body: { answers: limited },
  });
  await complete(two, 'Task_Handle', { branch: 'within-limit' }, 'plumber');
  await inOneForm(day, desk, await dispatched());

  for (const who of ['water', 'boss', 'agent'] as const) {
    await by(who, 'saveView', {
      name: '微信的',
      choice: { channel: 'wechat', sort: 'newest' },
      standard: true,
    });
    await by(who, 'saveView', {
      name: '没人管的',
      choice: { assigned: 'nobody' },
      shared: true,
      standard: true,
    });
    await by(who, 'saveView', {
      name: '没人管的',
      choice: { assigned: 'nobody', district: '甲区', members: 'folded' },
    });
    await by(who, 'removeView', { name: '微信的' });
    await by(who, 'removeView', { name: '没有这个' });
  }
  const field = { key: 'replySummary', name: '回复要点' };
  const { leaves } = await day.served.system.database.transaction((transaction) =>
    day.served.system.classTrees.current(transaction),
  );
  await by('water', 'saveTextTemplate', {
    name: '自己的',
    text: '到现场看了',
    field,
    class: leaves[0]?.code,
  });
  const shared = { name: '已经恢复', text: '您反映的“{标题}”已经处理。', shared: true };
  await by('water', 'saveTextTemplate', shared);
  const listed = (await day.call('listTextTemplates', { as: await person('plumber') })) as {
    readonly items: readonly { readonly savedAt: string }[];
  };
  await by('plumber', 'saveTextTemplate', {
    ...shared,
    text: '已经修好。',
    field,
    basedOn: listed.items[0]?.savedAt,
  });
  await by('boss', 'saveTextTemplate', shared);
  await by('water', 'removeTextTemplate', { name: '已经恢复', shared: true });
  await by('water', 'removeTextTemplate', { name: '已经恢复', shared: true });
  await by('water', 'saveTextTemplate', shared);
  await by('water', 'removeTextTemplate', { name: '自己的', shared: false });

  for (const [who, choice] of [
    ['water', { format: 'csv', scope: 'mine', sort: 'district' }],
    ['boss', { format: 'xlsx', q: '停水', members: 'folded' }],
    ['agent', { format: 'csv', channel: 'phone', kind: 'help', light: 'normal' }],
  ] as const)
    await by(who, 'exportWorklist', choice);
}
