/**
 * Levels of escalation in effect. A level that a timer reached lasts until the timer's host ends or
 * the timer is re-armed; any other lasts until its instance ends. The trail keeps them all.
 */
import type { Law } from '../../kernel/law.js';
import { highestLevel } from '../model/levels.js';
import type { StepEvent } from '../runtime/interface.js';

export interface Light {
  readonly instance: number;
  readonly level: string;
  /** The event whose timer reached the level, if any. */
  readonly timer: string | null;
  /** The activity whose end clears it; null if only the instance's end does. */
  readonly host: string | null;
}

interface Step {
  readonly instance: number;
  readonly ended: boolean;
  readonly events: readonly StepEvent[];
  /** Levels reached by it, in order. */
  readonly levels: readonly string[];
  /** The timer that fell due, and its host. */
  readonly fired: { readonly element: string; readonly host: string | null } | undefined;
  /** Events whose timers had fired and are re-armed. */
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
  // An interrupting timer ends its host, but its level outlives the host.
  const host = fired && goesOn(fired.host) ? fired.host : null;
  return [
    ...standing,
    ...levels.map((level): Light => ({ instance, level, timer: fired?.element ?? null, host })),
  ];
}

export const levelOf = (lights: readonly Light[], law: Law): string | null =>
  highestLevel(
    lights.map(({ level }) => level),
    law,
  );
