import type { CSSProperties } from 'vue';
import type { Axis } from './axis.js';
import type { Pause } from './derivation.js';
import type { DeadlineLife } from './deadline-history.js';

const day = 86_400_000;

export function barStyle(axis: Axis, life: DeadlineLife): CSSProperties {
  const left = axis.at(life.start);
  const end = axis.at(life.paused ? axis.present : Math.min(life.due, life.stopped ?? life.due));
  return { left: `${left}%`, width: `${Math.max(0.4, end - left)}%` };
}

/** Style of a pause within its bar; a pause that has not ended extends to the present. */
export function pauseStyle(axis: Axis, { from, to }: Pause): CSSProperties {
  const left = axis.at(from);
  return { left: `${left}%`, width: `${Math.max(0.6, axis.at(to ?? axis.present) - left)}%` };
}

export function offStyle(axis: Axis, date: string): CSSProperties {
  const start = Date.parse(`${date}T00:00:00+08:00`);
  return { left: `${axis.at(start)}%`, width: `${axis.at(start + day) - axis.at(start)}%` };
}
