/** What one trail entry tells, and whom. Pure: from the entry, the diagram's annotations and the rules. */
import type { TrailEntry } from '../accountability/index.js';
import { toShanghaiIso } from '../calendar/index.js';
import type { ElementAnnotation } from '../engine/index.js';
import type { NotificationRule, NotificationRules } from './rules.js';

export interface Telling {
  readonly stream: string;
  readonly seq: number;
  readonly element: string;
  readonly recipient: string;
  /** Null for a task that was opened. */
  readonly level: string | null;
  readonly title: string;
  readonly text: string;
  /** The first provision that the diagram names for the element, for example `art28.p1.i1`. */
  readonly article: string | null;
  readonly at: Date;
}

export interface Told {
  /** The work order's number. */
  readonly stream: string;
  readonly entry: Pick<TrailEntry, 'seq' | 'at' | 'body'>;
  /** The handling unit of the case at present. */
  readonly unit: string | null;
  /** What the diagram says of an element. */
  readonly element: (id: string) => ElementAnnotation | undefined;
}

export function tell(rules: NotificationRules, { stream, entry, unit, element }: Told): Telling[] {
  const { entered } = entry.body;
  if (!Array.isArray(entered)) return [];
  const tellings = new Map<string, Telling>();
  for (const id of entered as readonly unknown[]) {
    const annotation = typeof id === 'string' ? element(id) : undefined;
    if (!annotation) continue;
    for (const { rule, level } of rulesFor(rules, annotation)) {
      const fill = (template: string): string =>
        template.replaceAll(/\{(\w+)\}/g, (_whole, name) =>
          name === 'workOrder' ? stream : name === 'name' ? annotation.name : minute(entry.at),
        );
      for (const recipient of recipients(rule, annotation, unit)) {
        // A loop enters an element more than once in one step: it is told once.
        tellings.set(`${annotation.id} ${recipient}`, {
          stream,
          seq: entry.seq,
          element: annotation.id,
          recipient,
          level,
          title: fill(rule.title),
          text: fill(rule.text),
          article: annotation.norms[0]?.provision ?? null,
          at: entry.at,
        });
      }
    }
  }
  return [...tellings.values()];
}

function rulesFor(
  rules: NotificationRules,
  annotation: ElementAnnotation,
): { readonly rule: NotificationRule; readonly level: string | null }[] {
  const { level } = annotation;
  const ofLevel = level === null ? undefined : rules.levels[level];
  if (ofLevel) return [{ rule: ofLevel, level }];
  return /^bpmn:(User|Manual)Task$/.test(annotation.type) ? [{ rule: rules.task, level: null }] : [];
}

/** Where no unit is known yet, whoever holds the role is told: nothing goes unheard. */
function recipients(rule: NotificationRule, annotation: ElementAnnotation, unit: string | null): string[] {
  const theUnit = unit === null ? 'role:unit' : `unit:${unit}`;
  return rule.to.flatMap((to) => {
    if (to === 'unit-of-case') return [theUnit];
    if (to !== 'role-of-task') return [to];
    if (annotation.role === null) return [];
    return [annotation.role === 'unit' ? theUnit : `role:${annotation.role}`];
  });
}

/** `2026-03-07 00:00`, Beijing time. */
const minute = (at: Date): string => toShanghaiIso(at).slice(0, 16).replace('T', ' ');
