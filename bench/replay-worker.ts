/** Replays a file; reports time and maximum memory. */
import { deployShipped } from '#src/cases/index.js';
import { replay } from '#src/cases/replay/index.js';
import { systemClock } from '#src/kernel/index.js';
import { openSystem } from '#src/main.js';

const [url = '', file = ''] = process.argv.slice(2);
const system = await openSystem({ clock: systemClock, applicationName: 'bench', url });
await deployShipped(system);
const from = process.hrtime.bigint();
let cases = 0;
await replay(system, file, { onLine: () => void (cases += 1), onBad: () => undefined });
const seconds = Number(process.hrtime.bigint() - from) / 1e9;
await system.close();
process.send?.({ cases, seconds, megabytes: process.resourceUsage().maxRSS / 1024 });
