/** Verifies the trail with all tables; reports time and maximum memory of a program that does nothing else. */
import { verifyNightly, verifyTrail } from '#src/accountability/index.js';
import { systemClock } from '#src/kernel/index.js';
import { openSystem } from '#src/main.js';

export interface Verified {
  readonly entries: number;
  readonly seconds: number;
  /** Of the whole program, from its start. */
  readonly megabytes: number;
  readonly findings: readonly unknown[];
}

/** Without a number of entries everything is verified; with it, a night's slice of this many. */
const [url = '', directory = '', most] = process.argv.slice(2);
const system = await openSystem({ clock: systemClock, applicationName: 'bench', url, directory });
const from = performance.now();
const { entries, findings } =
  most === undefined ? await verifyTrail(system) : await verifyNightly({ ...system, most: Number(most) });
const seconds = (performance.now() - from) / 1000;
await system.close();
const megabytes = process.resourceUsage().maxRSS / 1024;
process.send?.({ entries, seconds, megabytes, findings: findings.slice(0, 3) } satisfies Verified);
