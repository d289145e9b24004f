/** Recomputes one month; reports time and maximum memory. */
import { parsePeriod } from '#src/measures/assessment/index.js';
import { recomputePeriod } from '#src/cases/index.js';
import { systemClock } from '#src/kernel/index.js';
import { openSystem } from '#src/main.js';

export interface RecomputedMonth {
  readonly sheets: number;
  readonly facts: number;
  readonly differences: number;
  readonly seconds: number;
  /** Of the whole program, from its start. */
  readonly megabytes: number;
}

const [url = '', directory = '', period = ''] = process.argv.slice(2);
const system = await openSystem({ clock: systemClock, applicationName: 'bench', url, directory });
const began = performance.now();
const { sheets, facts, differences } = await recomputePeriod(system, 'replay', parsePeriod(period));
const seconds = (performance.now() - began) / 1000;
for (const difference of differences.slice(0, 5)) console.error(difference);
await system.close();
const megabytes = process.resourceUsage().maxRSS / 1024;
process.send?.({
  sheets,
  facts,
  differences: differences.length,
  seconds,
  megabytes,
} satisfies RecomputedMonth);
process.disconnect?.();
