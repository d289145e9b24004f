/** The rules: diagrams, tables, policies, the law, the calendar, classes, and stuck cases. */
import type { Day } from './day.js';
import { lateNotice, nextYear } from './rules-calendar.js';
import { fewerDays, tables, thereAndBack, thoughtBetter } from './rules-drafts.js';
import { incidents } from './rules-incidents.js';
import { law } from './rules-law.js';
import { newCity } from './rules-new-city.js';
import { migrations } from './rules-migrations.js';
import { ownProcess } from './rules-own-process.js';
import { policies } from './rules-policies.js';
import { classes, oldLogGone, oldLogs, otherChannels } from './rules-registers.js';
import { onPaper } from './rules-stateless.js';

export async function rules(day: Day): Promise<void> {
  await onPaper(day);
  await classes(day);
  await otherChannels(day);
  await fewerDays(day);
  await migrations(day);
  await thereAndBack(day);
  await thoughtBetter(day);
  await tables(day);
  await ownProcess(day);
  await incidents(day);
  const log = await oldLogs(day);
  await policies(day);
  await lateNotice(day);
  await nextYear(day);
  await law(day);
  await newCity(day);
  await oldLogGone(day, log);
}
