/**
 * What a run must show so that a finding is more than a thought: a way through the drawing, and what happens at its end.
 * The real engine walks it (src/design/rehearsal/proof); what it cannot walk is not shown.
 */
import type { BpmnElement } from '../../engine/model/index.js';
import type { Json } from '../../kernel/json.js';

export interface Proof {
  /** Ids in the order in which a case passes them; a run may pass others between them. */
  readonly path: readonly string[];
  readonly shows: Shown;
}

export type Shown =
  /** The process has ended without these deeds, and the duty of this norm is neither done nor made good. */
  | { readonly kind: 'unanswered'; readonly norm: string; readonly deeds: readonly string[] }
  /** Entered, and none of the others since the last of `since` was passed (without: since the start). */
  | {
      readonly kind: 'reached';
      readonly element: string;
      readonly without: readonly string[];
      /** Nor any of these deeds done. */
      readonly deeds: readonly string[];
      readonly since: readonly string[];
      /** Variables of the case in the end. */
      readonly given: { readonly [name: string]: Json };
    }
  /** Tokens wait before it, and nothing that anybody does or awaits moves them. */
  | { readonly kind: 'stuck'; readonly element: string }
  /** A second token arrives while the first is there. */
  | { readonly kind: 'doubled'; readonly element: string }
  /** From here on the process never ends. */
  | { readonly kind: 'endless'; readonly element: string }
  /** The engine finds no exit that holds. */
  | { readonly kind: 'no-way-out'; readonly element: string }
  /** The timer is due later than the law's working days, begun on the day of this instant (ISO 8601). */
  | {
      readonly kind: 'late';
      readonly element: string;
      readonly workingDays: number;
      readonly start: string;
      /** As long as they may be decided to be. */
      readonly policies: { readonly [key: string]: string };
    }
  /** The task stands open for this role (null: for nobody in particular), closed to whoever did the other. */
  | {
      readonly kind: 'open';
      readonly element: string;
      readonly role: string | null;
      readonly notBy: string | null;
    }
  /** One case comes to both tasks, and nothing keeps one person from doing both. */
  | { readonly kind: 'both'; readonly elements: readonly string[] };

/** An activity that is begun and completed is one element of the way. */
export function proofOf(path: readonly BpmnElement[], shows: Shown): Proof {
  const ids = path.flatMap(({ $type, id }) => ($type === 'bpmn:Process' || id === undefined ? [] : [id]));
  return { path: ids.filter((id, index) => id !== ids[index - 1]), shows };
}

export const idsOf = (nodes: readonly BpmnElement[]): readonly string[] =>
  nodes.flatMap(({ id }) => id ?? []);
