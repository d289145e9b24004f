/** Derives notices from a trail entry, the diagram's annotations and the rules; pure. */
import {
  deedsIn,
  enteredIn,
  standInsIn,
  type Entry,
  type Unread,
} from '../../accountability/events/index.js';
import { ofAccused } from '../../kernel/accused.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import type { ElementAnnotation } from '../../engine/index.js';
import { lawTitle, provisionFor, type Law } from '../../kernel/law.js';
import type { NotificationRule, NotificationRules } from './rules.js';

export interface Notice {
  readonly stream: string;
  readonly seq: number;
  readonly element: string;
  readonly recipient: string;
  /** Null if the notice is about an opened task. */
  readonly level: string | null;
  readonly title: string;
  readonly text: string;
  /** First provision of the element. */
  readonly article: string | null;
  readonly at: Date;
}

/** The bodies of the regulation, by the roles that do their tasks. */
export interface Bodies {
  /** Whether only people of the case's unit do tasks of the role. */
  isOfUnit(role: string): boolean;
  nameOf(role: string): string | undefined;
  superiorOf(role: string): { readonly role: string; readonly name: string } | undefined;
}

export interface CaseEntry {
  readonly stream: string;
  readonly entry: Entry | Unread;
  /** Current handling unit. */
  readonly unit: string | null;
  /** Stand-ins in the case: the role of a task → the role that does it instead. */
  readonly standIns?: Readonly<Record<string, string>>;
  readonly element: (id: string) => ElementAnnotation | undefined;
}

interface ToldEntry extends CaseEntry {
  readonly bodies: Bodies;
  /** Whether the task is still open. A stand-in is not notified of tasks that the other body has finished. */
  readonly isOpen?: (element: string) => boolean;
  /** Units that have an open task of their own there. */
  readonly unitsAt?: (element: string) => readonly string[];
}

export function noticesOf(
  rules: NotificationRules,
  { stream, entry, unit, element, standIns = {}, bodies, isOpen = () => true, unitsAt }: ToldEntry,
): Notice[] {
  const notices = new Map<string, Notice>();
  for (const id of enteredIn(entry)) {
    const annotation = element(id);
    if (!annotation) continue;
    const { role } = annotation;
    const isOfAccused = role !== null && ofAccused.includes(role);
    const named = isOfAccused ? (unitsAt?.(id) ?? []) : unitsNamed(entry, annotation);
    for (const { rule, level } of rulesFor(rules, annotation)) {
      if (level === null && role !== null && role in standIns && !isOpen(id)) continue;
      const words = { name: annotation.name, ...bodiesTold(rule, standIns, bodies) };
      const filled = (template: string) => fill(template, stream, words, entry.at);
      for (const recipient of recipients(rule, { role, unit, standIns, bodies, named })) {
        // A loop may enter an element several times in one step.
        notices.set(`${annotation.id} ${recipient}`, {
          stream,
          seq: entry.seq,
          element: annotation.id,
          recipient,
          level,
          title: filled(rule.title),
          text: filled(rule.text),
          article: annotation.norms[0]?.provision ?? null,
          at: entry.at,
        });
      }
    }
  }
  return [...notices.values()];
}

/** Units that the element's deeds name: if a task is repeated for several units, each of them is notified. */
function unitsNamed(entry: CaseEntry['entry'], { deeds }: ElementAnnotation): readonly string[] {
  const here = new Set(
    deeds.filter(({ facts }) => facts.some(({ name }) => name === 'unit')).map((one) => one.name),
  );
  return deedsIn(entry).flatMap(({ name, facts }) =>
    here.has(name) && typeof facts?.unit === 'string' ? [facts.unit] : [],
  );
}

/** An open task, with the role that holds it now. */
export interface HeldTask {
  readonly element: string;
  readonly name: string;
  readonly role: string | null;
}

/**
 * From this entry on, others do the tasks of a recused body, or the body resumes them. The entry
 * itself opened no task, so the new holders of open tasks are notified here.
 *
 * @param law of the case
 */
export function handOverNotices(
  rules: NotificationRules,
  { stream, entry }: Pick<CaseEntry, 'stream' | 'entry'>,
  open: readonly HeldTask[],
  law: Law,
): Notice[] {
  const standIns = standInsIn(entry);
  if (!standIns) return [];
  const substitutes = Object.values(standIns);
  return open
    .filter(({ element }) => !enteredIn(entry).includes(element))
    .flatMap(({ element, name, role }) => {
      if (role === null || role === 'unit' || ofAccused.includes(role)) return [];
      if (substitutes.length > 0 && !substitutes.includes(role)) return [];
      const filled = (template: string) => fill(template, stream, { name }, entry.at);
      return [
        {
          stream,
          seq: entry.seq,
          element,
          recipient: `role:${role}`,
          level: null,
          title: filled(rules.task.title),
          text: filled(rules.task.text),
          article: provisionFor('recusal-of-persons', law),
          at: entry.at,
        },
      ];
    });
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

/** Notifies the recipients of a premature level that it was revoked. */
export function revocationNotices(
  rules: NotificationRules,
  { stream, entry, unit, standIns = {}, bodies }: Omit<ToldEntry, 'element'>,
): Notice[] {
  if (entry.type !== 'escalation.revoked') return [];
  const { of: element, revokedLevels } = entry.body;
  const { title, text } = rules.revoked;
  return revokedLevels.flatMap((level) => {
    const rule = rules.levels[level];
    if (!rule) return [];
    const told = bodiesTold(rule, standIns, bodies);
    const heading = fill(rule.title.replace(':{name}', ''), stream, { name: '', ...told }, entry.at);
    const filled = (template: string) => fill(template, stream, { name: heading }, entry.at);
    return recipients(rule, { role: null, unit, standIns, bodies }).map((recipient) => ({
      stream,
      seq: entry.seq,
      element,
      recipient,
      level,
      title: filled(title),
      text: filled(text),
      article: null,
      at: entry.at,
    }));
  });
}

/** Tells the holder of a running case which law binds it from now on: the unit, else the roles of the rule. */
export function lawNotices(
  rules: NotificationRules,
  { stream, entry, unit, standIns = {}, bodies }: Omit<ToldEntry, 'element'>,
  law: Law,
): Notice[] {
  if (entry.type !== 'regulation.applied' && entry.type !== 'regulation.kept') return [];
  const { title, text, to } = rules.law[entry.type === 'regulation.kept' ? 'kept' : 'applied'];
  const rule = { title, text, to: to.filter((one) => (one === 'unit-of-case') === (unit !== null)) };
  const filled = (template: string): string =>
    fill(template.replaceAll('{law}', lawTitle(law)), stream, { name: '' }, entry.at);
  return recipients(rule, { role: null, unit, standIns, bodies }).map((recipient) => ({
    ...{ stream, seq: entry.seq, element: 'law', recipient, level: null },
    ...{ title: filled(title), text: filled(text), article: null, at: entry.at },
  }));
}

/** Notifies process officers and administrators of a fired timer whose process is stuck. */
export function incidentNotices(
  { incident: rule }: NotificationRules,
  { stream, entry, unit, element, standIns = {}, bodies }: ToldEntry,
): Notice[] {
  if (entry.type !== 'incident.opened') return [];
  const { of, where, incident } = entry.body;
  const name = element(of)?.name ?? element(where ?? '')?.name ?? of;
  const filled = (template: string): string => fill(template, stream, { name }, entry.at);
  return [...new Set(recipients(rule, { role: null, unit, standIns, bodies }))].map((recipient) => ({
    ...{ stream, seq: entry.seq, element: `incident-${incident}`, recipient, level: null },
    ...{ title: filled(rule.title), text: filled(rule.text), article: null, at: entry.at },
  }));
}

/** Notifies the possible approvers of a proposal to change a stuck case at once. */
export function proposalNotices(
  { proposal: rule }: NotificationRules,
  { stream, entry, unit, standIns = {}, bodies }: Omit<ToldEntry, 'element'>,
): Notice[] {
  const filled = (template: string): string => fill(template, stream, { name: '' }, entry.at);
  return recipients(rule, { role: null, unit, standIns, bodies }).map((recipient) => ({
    ...{ stream, seq: entry.seq, element: 'intervention', recipient, level: null },
    ...{ title: filled(rule.title), text: filled(rule.text), article: null, at: entry.at },
  }));
}

export interface Words {
  readonly name: string;
  readonly source?: string;
  readonly due?: string;
  readonly body?: string;
  readonly superior?: string;
  readonly channels?: string;
}

export const fill = (template: string, workOrder: string, words: Words, at: Date): string =>
  template.replaceAll(/\{(\w+)\}/g, (_whole, key: string) =>
    key === 'workOrder' ? workOrder : key === 'at' ? minute(at) : (words[key as keyof Words] ?? ''),
  );

/** The body that the level concerns, and the body above it; the highest has none above. */
function bodiesTold(
  { to }: NotificationRule,
  standIns: Readonly<Record<string, string>>,
  bodies: Bodies,
): Partial<Words> {
  const role = to.find((one) => one.startsWith('role:'))?.slice('role:'.length);
  if (role === undefined) return {};
  const does = standIns[role] ?? role;
  const body = bodies.nameOf(does) ?? '';
  return { body, superior: bodies.superiorOf(does)?.name ?? body };
}

/** If the unit is unknown, the holders of the role are notified. */
export function recipients(
  rule: NotificationRule,
  {
    role,
    unit,
    standIns,
    bodies,
    named = [],
  }: Pick<ToldEntry, 'unit' | 'bodies'> &
    Required<Pick<CaseEntry, 'standIns'>> & {
      readonly role: string | null;
      readonly named?: readonly string[];
    },
): string[] {
  const theUnit = unit === null ? 'role:unit' : `unit:${unit}`;
  const theirs = named.map((name) => `unit:${name}`);
  const whoDoes = (of: string): string => `role:${standIns[of] ?? of}`;
  return rule.to.flatMap((to) => {
    if (to === 'unit-of-case') return [theUnit, ...theirs];
    if (to.startsWith('superior-of:')) {
      const of = to.slice('superior-of:'.length);
      const above = bodies.superiorOf(standIns[of] ?? of);
      return above ? [whoDoes(above.role)] : [];
    }
    if (to !== 'role-of-task') return [to.startsWith('role:') ? whoDoes(to.slice('role:'.length)) : to];
    if (role === null) return [];
    if (ofAccused.includes(role)) return theirs;
    if (!bodies.isOfUnit(role)) return [whoDoes(role)];
    return theirs.length > 0 ? theirs : [theUnit];
  });
}

/** Who holds a case now: the unit that owes, else those whose tasks are open. */
export const holdersOf = (
  tasks: readonly { readonly role: string | null }[],
  asked: Pick<ToldEntry, 'unit' | 'bodies'> & Required<Pick<CaseEntry, 'standIns'>>,
): readonly string[] => [
  ...new Set(
    tasks.flatMap(({ role }) =>
      recipients({ to: ['role-of-task'], title: '', text: '' }, { ...asked, role }),
    ),
  ),
];

/** Like `2026-03-07 00:00`, in China's time. */
export const minute = (at: Date): string => toShanghaiIso(at).slice(0, 16).replace('T', ' ');
