/** Run in a child process under some TZ: the calendar must not depend on the server's zone. */
import {
  compareSources,
  createDueDates,
  defaultCalendar,
  dueAfterWorkingDays,
} from '../../src/calendar/index.js';
import { civilDateOf, parseCivilDate, toShanghaiIso } from '../../src/kernel/civil-date.js';
import { parseInstant } from '../../src/kernel/instant.js';
import { withoutPolicies } from './policies.js';

const calendar = defaultCalendar();
const dueDates = createDueDates({ calendar });
const terms = { policies: withoutPolicies };
const first = Date.parse('2007-01-01T00:00:00+08:00');
const last = Date.parse('2026-12-01T00:00:00+08:00');

const lines: string[] = [];
// A stride of some 7 days and 5 hours meets every hour of the day and every week of the twenty years.
for (let time = first; time < last; time += 623_457_891) {
  const start = new Date(time);
  const { due, dueDate, provisional } = dueAfterWorkingDays(calendar, start, (time % 9) + 1);
  const month = dueDates.due({ kind: 'duration', text: 'P1M', unit: 'natural', edge: 'end' }, start, terms);
  lines.push(
    [civilDateOf(start), toShanghaiIso(due), dueDate, provisional, toShanghaiIso(month.at)].join(' '),
  );
}
const compared = compareSources(calendar, parseCivilDate('2011-01-01'), parseCivilDate('2026-12-31'));
const report = {
  offset: new Date('2026-01-15T00:00:00Z').getTimezoneOffset(),
  edition: calendar.edition,
  plainDate: toShanghaiIso(parseInstant('2026-03-08', 'end-of-day')),
  summerTime: toShanghaiIso(parseInstant('1988-07-01', 'start-of-day')),
  disagreements: compared.disagreements.map(({ day }) => day.date),
  lines,
};
process.stdout.write(JSON.stringify(report));
