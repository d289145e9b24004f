/**
 * Entries that claim a time at which the tree, as witnesses have seen it, did not hold them yet. One that says when it
 * was really written, or why it comes late, is a late entry: allowed and always shown. Any other was inserted.
 */
import { Finding } from './finding.mjs';

/** Seconds: a transaction may take a minute, and clocks differ. */
const tolerance = 300;

/**
 * @param {{ body: Record<string, unknown>, name: string, index: number }[]} entries by rising index
 * @param {{ size: number, cosignatures: { time: number }[] }[]} checkpoints that have been witnessed
 * @returns {{ findings: Finding[], late: number }}
 */
export function lateFindings(entries, checkpoints) {
  const watch = lateWatch(checkpoints);
  for (const entry of entries) watch.add(entry);
  return watch;
}

/** The same, entry by entry. @param {{ size: number, cosignatures: { time: number }[] }[]} checkpoints @param {number} most findings that are kept */
export function lateWatch(checkpoints, most = Infinity) {
  const seen = checkpoints
    .map(({ size, cosignatures }) => ({ size, time: Math.max(...cosignatures.map(({ time }) => time)) }))
    .filter(({ time }) => Number.isFinite(time))
    .sort((one, other) => one.size - other.size);
  const findings = [];
  let late = 0;
  let next = 0;
  let witnessed = -Infinity;
  const isBefore = (time) => Date.parse(time) / 1000 < witnessed - tolerance;

  const add = ({ body, name, index }) => {
    for (; next < seen.length && seen[next].size <= index; next += 1)
      witnessed = Math.max(witnessed, seen[next].time);
    if (!isBefore(body.at)) return;
    const isExplained = typeof body.recordedAt === 'string' && !isBefore(body.recordedAt);
    if (isExplained || (typeof body.late === 'string' && body.late !== '')) late += 1;
    else if (findings.length < most)
      findings.push(
        new Finding(
          'inserted',
          `${name}自称 ${body.at},而见证人在 ${new Date(witnessed * 1000).toISOString()} 联署时还没有它:事后插入,日期是倒填的`,
        ),
      );
  };

  return {
    add,
    findings,
    get late() {
      return late;
    },
  };
}
