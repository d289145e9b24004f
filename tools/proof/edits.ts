/**
 * Judges the edits of `test/design/edits`: prints each harmful one that could be approved and each harmless one that is
 * refused, and fails if there are any.
 *
 * @example npm run proof -- edits supervision.bpmn
 */
import { harmful } from '../../test/design/edits/harmful.js';
import { harmless } from '../../test/design/edits/harmless.js';
import { judged, type Verdict } from '../../test/design/edits/judging.js';

const [, , only = ''] = process.argv;
const counts = new Map<string, number>();
const count = (what: string, verdict: Verdict): void => {
  counts.set(`${what} ${verdict}`, (counts.get(`${what} ${verdict}`) ?? 0) + 1);
};
for (const edit of harmful.filter(({ file }) => file.startsWith(only))) {
  const { verdict } = await judged(edit);
  count('harmful', verdict);
  if (verdict === 'approvable') console.log(`✖ ${edit.file}（${edit.article}）：${edit.what}`);
}
for (const edit of harmless.filter(({ file }) => file.startsWith(only))) {
  const { verdict, why } = await judged(edit);
  count('harmless', verdict);
  if (verdict !== 'approvable') console.log(`✖ ${edit.file}：${edit.what} (${verdict}: ${why})`);
}
for (const [what, number] of counts) console.log(`${what}: ${number}`);
const approvable = counts.get('harmful approvable') ?? 0;
const refused = [...counts].some(([what]) => what.startsWith('harmless') && !what.endsWith('approvable'));
if (approvable > 0 || refused) process.exitCode = 1;
