/** All fifteen checks and the difference, on the five processes and on the worst diagrams within 5 MiB. */
import { checkDiagram, difference, noWords, type CheckContext } from '#src/design/compliance/index.js';
import { shippedCheckContext } from '#src/design/checking/index.js';
import { shippedDiagrams } from '../test/support/check-context.js';
import { worstDiagrams } from '../test/support/worst-diagrams.js';
import { median, rounded, table } from './table.js';

const times = 3;

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let round = 0; round < times; round++) {
    const from = process.hrtime.bigint();
    await work();
    taken.push(Number(process.hrtime.bigint() - from) / 1e9);
  }
  return median(taken);
}

export async function run(): Promise<void> {
  const context: CheckContext = { ...shippedCheckContext('2026-11-25'), stage: 'submission', reports: {} };
  const rows: (readonly (string | number)[])[] = [];
  const diagrams = [...shippedDiagrams.map(({ file, xml }) => [file, xml] as const), ...worstDiagrams];
  for (const [what, xml] of diagrams) {
    const { findings } = await checkDiagram(xml, context);
    rows.push([
      what,
      rounded(Buffer.byteLength(xml) / 1024),
      rounded(await seconds(() => checkDiagram(xml, context)), 2),
      findings.length,
      // An unreadable diagram has no difference.
      await seconds(() => difference(xml, xml.replace('name="', 'name="新'), noWords, context.law)).then(
        (taken) => rounded(taken, 2),
        () => '—',
      ),
    ]);
  }
  table('Checks', ['diagram', 'KiB', 'fifteen checks, s', 'findings', 'difference, s'], rows);
}
