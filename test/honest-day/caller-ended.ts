/** Callers' acts after an answer: rate it, demand an explanation, get a new code. */
import { demand, rate, see, add } from './caller-acts.js';
import { accepted, closed, days, onTheSpot, replied, toUnit, walked } from './caller-cases.js';
import { filed, sendFile } from './caller-filing.js';
import type { Day } from './day.js';

export async function closedMatters(day: Day): Promise<void> {
  await ratedTwice(day);
  await answeredAtOnce(day);
  await explainedAfterwards(day);
  await explainedTooLate(day);
}

async function ratedTwice(day: Day): Promise<void> {
  const one = await accepted(day);
  await walked(day, one.no, ...toUnit(), ...replied());
  await rate(day, one, 'dissatisfied', '还是没有水');
  await walked(day, one.no, ...closed());
  await rate(day, one, 'satisfied');
  await see(day, one);
}

async function answeredAtOnce(day: Day): Promise<void> {
  const one = await accepted(day);
  await walked(day, one.no, ...onTheSpot('抢修中，今晚八点前恢复供水。'));
  await rate(day, one, 'fair', '说得清楚');
  const page = await filed(day);
  await walked(day, page.no, ...onTheSpot('井盖今晚装好。'));
  await rate(day, page, 'satisfied');
  await add(day, page, '补充：装好了，谢谢。');
  await sendFile(day, page, '装好了.txt', Buffer.from('装好了'));
  await day.call('reissueCallerSecret', { params: { no: page.no } });
}

async function explainedAfterwards(day: Day): Promise<void> {
  const one = await accepted(day);
  await walked(day, one.no, ...toUnit(), ...replied('修好了'), ...closed('basically-satisfied'));
  await demand(day, one, '没有修好');
  await walked(day, one.no, { explanationGiven: '三号楼的阀门另行更换' });
  day.later(days(1));
  await demand(day, one);
  await rate(day, one, 'dissatisfied', '阀门没有换');
  await day.work();
}

/** The unit lets the limit pass, and explains then. */
async function explainedTooLate(day: Day): Promise<void> {
  const one = await accepted(day);
  await walked(day, one.no, ...toUnit(), ...replied('修好了'), ...closed());
  await demand(day, one, '没有修好');
  day.later(days(30));
  await day.work();
  await walked(day, one.no, { explanationGiven: '三号楼的阀门换好了' });
  await see(day, one);
  await day.work();
}
