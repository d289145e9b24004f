/**
 * Entries that claim a time at which the witnessed tree did not contain them. If an entry states when it was really
 * written, it is a late entry: allowed and always reported. Any other was inserted.
 */
import { Finding } from './finding.mjs';

/** Seconds: a transaction may last a minute, and clocks differ. */
const tolerance = 300;

/**
 * @param {{ body: Record<string, unknown>, name: string, index: number }[]} entries ascending by index
 * @param {{ size: number, cosignatures: { time: number }[] }[]} checkpoints witnessed ones
 * @returns {{ findings: Finding[], late: number }}
 */
export function lateFindings(entries, checkpoints) {
  const watch = lateWatch(checkpoints);
  for (const entry of entries) watch.add(entry);
  return watch;
}

/**
 * The same as a stream. @param {{ size: number, cosignatures: { time: number }[] }[]} checkpoints @param {number} most
 * findings kept
 */
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
    if (isExplained) late += 1;
    else if (findings.length < most)
      findings.push(
        new Finding(
          'inserted',
          `${name}自称 ${body.at}，而见证人在 ${new Date(witnessed * 1000).toISOString()} 联署时还没有它：事后插入，日期是倒填的`,
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
