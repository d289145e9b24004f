/**
 * Judges 100,000 cases under two laws, prints the CPU seconds of one core, and fails if they are more than the aim. The
 * cases are the trails of 1,000 messages of `../shared/cases`, each judged a hundred times.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/kernel/package-root.js';
import { createDueDates, defaultCalendar } from '../../src/calendar/index.js';
import { comparingLaws, shippedLaw } from '../../src/law/regulation/index.js';
import { messageCases, replayPastCase, shippedStage } from '../../src/design/rehearsal/index.js';
import { shippedSources } from '../../test/support/case-runner.js';
import { shippedLevels, twoLaws } from '../../test/support/two-laws.js';

const cases = 100_000;
/** Seconds of one core. */
const aim = 120;
const file = join(packageRoot, '..', 'shared', 'cases', 'messages.jsonl');
if (!existsSync(file)) throw new Error('../shared/cases/messages.jsonl is not there');
const stage = await shippedStage(shippedSources(), shippedLaw('2026-03-02'));
const trails = [];
for await (const past of messageCases(file)) {
  trails.push(
    replayPastCase(stage, past).rehearsed.entries.map((entry, index) => ({ ...entry, seq: index + 1 })),
  );
  if (trails.length === 1000) break;
}
const dueDates = createDueDates({ calendar: defaultCalendar() });
const comparing = comparingLaws(twoLaws(3), { dueDates, levelOf: await shippedLevels() });
const begun = process.cpuUsage();
for (let count = 0; count < cases; count += 1) {
  comparing.add({ no: String(count), trail: trails[count % trails.length] ?? [] });
}
const seconds = process.cpuUsage(begun).user / 1e6;
console.log(
  `${comparing.told().cases} cases under two laws: ${seconds.toFixed(1)} s of one core (aim: ${aim} s)`,
);
if (seconds > aim) process.exitCode = 1;
