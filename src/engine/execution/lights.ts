/**
 * Which levels of escalation stand. A level that a timer gave stands while the timer's host goes on and the timer is
 * not armed again; any other stands until its instance ends. What was given stays in the trail.
 */
import { gravest } from '../model/levels.js';
import type { StepEvent } from '../runtime/door.js';

export interface Light {
  readonly instance: number;
  readonly level: string;
  /** The event whose timer gave it, where one did. */
  readonly timer: string | null;
  /** The activity whose end puts it out; null where only the instance's end does. */
  readonly host: string | null;
}

interface Step {
  readonly instance: number;
  readonly ended: boolean;
  readonly events: readonly StepEvent[];
  /** The levels given by it, in order. */
  readonly levels: readonly string[];
  /** The timer that fell due, and its host. */
  readonly fired: { readonly element: string; readonly host: string | null } | undefined;
  /** Events whose timers had fired and are armed again. */
  readonly rearmed: ReadonlySet<string>;
}

export function lightsAfter(lights: readonly Light[], step: Step): readonly Light[] {
  const { instance, ended, events, levels, fired, rearmed } = step;
  if (lights.length === 0 && levels.length === 0) return lights;
  const gone = new Set(
    events.flatMap((event) => (event.kind === 'left' || event.kind === 'cancelled' ? [event.element] : [])),
  );
  const goesOn = (host: string | null): boolean => host === null || !gone.has(host);
  const standing = lights.filter(
    (light) =>
      light.instance !== instance ||
      (!ended && goesOn(light.host) && (light.timer === null || !rearmed.has(light.timer))),
  );
  if (ended) return standing;
  // An interrupting timer ends its host: what it gave outlives that.
  const host = fired && goesOn(fired.host) ? fired.host : null;
  return [
    ...standing,
    ...levels.map((level): Light => ({ instance, level, timer: fired?.element ?? null, host })),
  ];
}

export const levelOf = (lights: readonly Light[]): string | null => gravest(lights.map(({ level }) => level));
