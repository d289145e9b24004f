/**
 * Evidence that a finding is real: a path through the drawing, and what happens at its end. The
 * real engine runs it (src/design/rehearsal/proof); if it cannot, the evidence is not shown.
 */
import type { BpmnElement } from '../../engine/model/index.js';
import type { Json } from '../../kernel/json.js';

export interface Proof {
  /** Ids in the order in which a case passes them; a run may pass other elements between them. */
  readonly path: readonly string[];
  readonly shows: Shown;
}

export type Shown =
  /** The process ended without these deeds, and the duty of this norm is neither fulfilled nor remedied. */
  | { readonly kind: 'unanswered'; readonly norm: string; readonly deeds: readonly string[] }
  /**
   * The element was entered, and none of the others was passed since the last one of `since`
   * (default: since the start).
   */
  | {
      readonly kind: 'reached';
      readonly element: string;
      readonly without: readonly string[];
      /** The case has not done any of these deeds since then, either. */
      readonly deeds: readonly string[];
      readonly since: readonly string[];
      /** Values that the case's variables must have in the end. */
      readonly given: { readonly [name: string]: Json };
    }
  /** Tokens wait before the element, and no act or expected event moves them. */
  | { readonly kind: 'stuck'; readonly element: string }
  /** A second token arrives while the first is still there. */
  | { readonly kind: 'doubled'; readonly element: string }
  /** From here on the process can never end. */
  | { readonly kind: 'endless'; readonly element: string }
  /** The engine finds no exit that holds. */
  | { readonly kind: 'no-way-out'; readonly element: string }
  /** A timer that starts on the day of this instant (ISO 8601) is due later than the law's working days. */
  | {
      readonly kind: 'late';
      readonly element: string;
      readonly workingDays: number;
      readonly start: string;
      /** Policies with the longest values that may be decided. */
      readonly policies: { readonly [key: string]: string };
    }
  /** The task is open for this role (null: for anybody) and closed to whoever did the other task. */
  | {
      readonly kind: 'open';
      readonly element: string;
      readonly role: string | null;
      readonly notBy: string | null;
    }
  /** One case reaches both tasks, and nothing prevents one person from doing both. */
  | { readonly kind: 'both'; readonly elements: readonly string[] };

/** An activity's begin and completion become one element of the path. */
export function proofOf(path: readonly BpmnElement[], shows: Shown): Proof {
  const ids = path.flatMap(({ $type, id }) => ($type === 'bpmn:Process' || id === undefined ? [] : [id]));
  return { path: ids.filter((id, index) => id !== ids[index - 1]), shows };
}

export const idsOf = (nodes: readonly BpmnElement[]): readonly string[] =>
  nodes.flatMap(({ id }) => id ?? []);
