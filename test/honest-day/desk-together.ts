/** Merging: proposed, merged, handled together, separated. */
import type { Day } from './day.js';
import { deskOf, handled, toUnit, water, type Order } from './desk-steps.js';
import { inOneForm } from './desk-unit.js';

const place = { address: '泉景小区 3 号楼', point: { longitude: 117.02, latitude: 36.67, system: 'WGS-84' } };
const cut = {
  title: '泉景小区停水',
  content: '早上开始就没有自来水了',
  district: '历下区',
  class: '0301010101',
  place,
};

export async function deskTogether(day: Day): Promise<void> {
  const desk = deskOf(day);
  const { person, accept, read, complete } = desk;
  const open = (about: object = {}): Promise<Order> => accept({ ...cut, answers: toUnit(water), ...about });
  const merge = async (lead: Order, ...members: readonly Order[]): Promise<void> => {
    day.later(60_000);
    await day.call('mergeWorkOrders', {
      ...{ as: await person('agent'), params: { no: lead.sheet.no } },
      body: { members: members.map(({ sheet }) => sheet.no), reason: '同一处停水' },
    });
  };
  const separate = async (lead: Order, member: Order): Promise<void> => {
    day.later(60_000);
    await day.call('unmergeWorkOrder', {
      ...{ as: await person('reviewer'), params: { no: lead.sheet.no, member: member.sheet.no } },
      body: { reason: '后来知道是两件事' },
    });
  };

  const draft = {
    title: '家里没水了',
    text: '泉景小区停水',
    address: '泉景 5 号楼',
    district: '历下区',
    kind: 'help',
  };
  const [lead, one, two, quiet] = [
    await open(),
    await open(),
    await open(),
    await open({ replyWanted: false }),
  ];
  await day.call('proposeMerge', { as: await person('agent'), body: draft });
  await day.call('proposeMerge', {
    as: await person('agent'),
    body: { ...draft, class: cut.class, point: place.point },
  });
  await merge(lead, one, two, quiet);
  await separate(lead, two);
  await merge(lead, two);
  await inOneForm(day, desk, await read(lead), { told: 'sms' });
  await day.work();

  // What else happens to merged sheets.
  const { no } = one.sheet;
  const correction = { basedOn: 0, reason: '听写有误', title: '泉景小区三号楼停水', district: '历城区' };
  await day.call('correctWorkOrder', { as: await person('agent'), params: { no }, body: correction });
  await day.call('classifyWorkOrder', {
    ...{ as: await person('agent'), params: { no }, body: { class: '0102020101' } },
  });
  await day.call('recusePersons', {
    ...{ as: await person('boss'), params: { no: lead.sheet.no }, body: { persons: 'desk-plumber' } },
  });

  // Unregistered sheets, a lead that joins another lead, a member that continues by itself.
  const [early, late, third] = [await accept(cut), await accept(cut), await accept(cut)];
  await merge(early, late);
  await merge(third, early);
  await complete(late, 'Task_Register', { kind: 'help', conduct: 'orderly' });
  await separate(third, late);

  // Signed for with the members; callers whom no message reaches are informed by the members' own
  // replies.
  const [signed, member, gone] = [await open(), await open(), await open()];
  await merge(signed, member, gone);
  const tasks = [(await read(signed)).tasks[0]?.id];
  for (let time = 0; time < 2; time += 1) {
    await day.call('signTasks', { as: await person('water'), body: { tasks, members: true } });
  }
  await separate(signed, gone);
  await day.work();
  const [, handling] = handled;
  const task = (await read(signed)).tasks[0];
  await day.call('completeTask', {
    ...{ as: await person('water'), params: { id: task?.id ?? '' } },
    body: { answers: handling[1], members: {} },
  });
  await day.work();
  await inOneForm(day, desk, await read(signed), {});
  await day.work();
}
