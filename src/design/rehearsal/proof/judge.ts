/** Decides whether the real engine's case shows what the finding claims. It does not use the check's code. */
import { deedsIn, enteredIn, isStep, waitingIn, type Content } from '../../../accountability/events/index.js';
import { isDeepStrictEqual } from 'node:util';
import type { Shown } from '../../compliance/index.js';
import { elementsOf, processOf } from '../../../engine/index.js';
import { dutiesOf, type Catalogue } from '../../../law/regulation/index.js';
import { refusalOf } from '../refusal-of.js';
import type { RehearsedCase } from '../rehearsed-case.js';
import { withPolicies, type Stage } from '../stage.js';

interface Judged {
  readonly stage: Stage;
  readonly catalogue: Catalogue;
  /** Key of the process that the finding is about. */
  readonly process: string;
  readonly rehearsed: RehearsedCase;
  /** Set if the engine refused the last act. */
  readonly refused?: { readonly code: string; readonly where?: string | undefined };
}

export function shows(judged: Judged, shown: Shown): boolean {
  if (shown.kind === 'no-way-out') {
    return judged.refused?.code === 'flow.no-way-out' && judged.refused.where === shown.element;
  }
  if (judged.refused) return shown.kind === 'endless' && judged.refused.code === 'flow.endless';
  const { process, rehearsed } = judged;
  const steps = rehearsed.entries.flatMap((entry) =>
    isStep(entry) && entry.body.process === process ? [entry] : [],
  );
  switch (shown.kind) {
    case 'unanswered':
      return (
        steps.length > 0 &&
        !steps.some((entry) => does(entry, shown.deeds)) &&
        !isRunning(judged) &&
        isOwed(judged, shown.norm)
      );
    case 'reached':
      return isReachedWithout(judged, steps, shown);
    case 'open':
      return isOpenFor(judged, shown);
    case 'both':
      return (
        shown.elements.every((element) => steps.some((entry) => enteredIn(entry).includes(element))) &&
        !isApart(judged, shown.elements)
      );
    case 'late':
      return isLate(judged, shown);
    case 'doubled':
      return eachInstance(steps).some((own) =>
        isEnteredTwice(own, shown.element, joinedAt(judged, shown.element)),
      );
    case 'stuck':
      return isStuck(judged, steps, shown.element);
    case 'endless':
      // Going round twice shows the loop.
      return eachInstance(steps).some(
        (own) => own.flatMap(enteredIn).filter((id) => id === shown.element).length > 2,
      );
  }
}

/** A case may run a process several times. */
const eachInstance = <Entry extends { readonly body: { readonly instance: number } }>(
  steps: readonly Entry[],
): readonly (readonly Entry[])[] =>
  [...new Set(steps.map(({ body }) => body.instance))].map((instance) =>
    steps.filter(({ body }) => body.instance === instance),
  );

const isRunning = ({ stage, rehearsed, process }: Judged): boolean =>
  [...rehearsed.file.instances.values()].some(
    ({ definitionId }) => stage.definitions.byId(definitionId).key === process,
  );

function isOwed({ catalogue, rehearsed }: Judged, norm: string): boolean {
  const trail = rehearsed.entries.map((entry, index) => ({ ...entry, seq: index + 1 }));
  return dutiesOf(catalogue, trail).some(
    (duty) => duty.norm === norm && duty.state !== 'satisfied' && duty.state !== 'compensated',
  );
}

const isOpenFor = (
  { rehearsed, process }: Judged,
  { element, role, notBy }: Extract<Shown, { kind: 'open' }>,
): boolean =>
  [...rehearsed.file.tasks.values()].some(
    (task) =>
      task.process === process &&
      task.element === element &&
      task.role === role &&
      (notBy === null || rehearsed.elementOf(task).notBy.includes(notBy)),
  );

/** Whether the engine prevents a person who did one task from doing the other. */
function isApart({ stage, process }: Judged, elements: readonly string[]): boolean {
  const deployed = stage.definitions.all.find(({ key }) => key === process);
  return elements.some((one) =>
    elements.some((other) => deployed?.annotations.element(one)?.notBy.includes(other)),
  );
}

const does = (entry: Content, deeds: readonly string[]): boolean =>
  deedsIn(entry).some(({ name }) => deeds.includes(name));

/** A person's act counts when it is done, any other element when a token arrives. */
function isReachedWithout(
  { stage, process, rehearsed }: Judged,
  steps: readonly Content[],
  { element, without, deeds, since, given }: Extract<Shown, { kind: 'reached' }>,
): boolean {
  const { variables } = rehearsed.file;
  if (Object.entries(given).some(([name, value]) => !isDeepStrictEqual(variables[name], value))) return false;
  const deployed = stage.definitions.all.find(({ key }) => key === process);
  const isWork = (id: string): boolean =>
    /UserTask|ReceiveTask|SubProcess|Transaction/.test(deployed?.annotations.element(id)?.type ?? '');
  let counts = since.length === 0;
  let done = false;
  for (const entry of steps) {
    if (does(entry, deeds)) done = true;
    const passed = [
      ...(entry.type === 'task.completed' ? [{ id: entry.body.of, isDone: true }] : []),
      ...enteredIn(entry).map((id) => ({ id, isDone: !isWork(id) })),
    ];
    for (const { id, isDone } of passed) {
      if (isDone && since.includes(id)) [counts, done] = [true, does(entry, deeds)];
      if (isDone && without.includes(id)) done = true;
      if (id === element && counts && !done && !without.includes(id)) return true;
    }
  }
  return false;
}

function isLate(
  { stage, process, rehearsed }: Judged,
  { element, workingDays, policies }: Extract<Shown, { kind: 'late' }>,
): boolean {
  const law = { kind: 'duration', text: `P${workingDays}D`, unit: 'working-days', edge: 'end' } as const;
  const { file } = rehearsed;
  return [...file.deadlines.values()].some((deadline) => {
    const deployed = stage.definitions.byId(file.instances.get(deadline.instance)?.definitionId ?? 0);
    if (deadline.element !== element || deployed.key !== process) return false;
    const terms = { policies: withPolicies(stage, policies).policies.at(file.startedAt) };
    return deadline.dueAt > stage.dueDates.due(law, deadline.startedAt, terms).at;
  });
}

/** Number of flows into a join; 0 for any other element. */
function joinedAt({ stage, process }: Judged, element: string): number {
  const deployed = stage.definitions.all.find(({ key }) => key === process);
  if (deployed?.annotations.element(element)?.type !== 'bpmn:ParallelGateway') return 0;
  const { flows } = elementsOf(processOf(deployed.definition));
  return flows.filter(({ targetRef }) => targetRef?.id === element).length;
}

/** Whether a second token enters that was elsewhere when the first one arrived. */
function isEnteredTwice(steps: readonly Content[], element: string, joined: number): boolean {
  // Each incoming flow enters a join once.
  if (joined > 0) return steps.flatMap(enteredIn).filter((id) => id === element).length > joined;
  return steps.some((entry, at) => {
    const times = enteredIn(entry).filter((id) => id === element).length;
    if (times > 1) return true;
    if (times === 0) return false;
    for (let later = at + 1; later < steps.length; later += 1) {
      const again = steps[later];
      if (again && enteredIn(again).includes(element) && cameFromBefore(steps, later, at)) return true;
    }
    return false;
  });
}

/** Whether the trigger of the step was already expected when the earlier step was done. */
function cameFromBefore(steps: readonly Content[], later: number, earlier: number): boolean {
  const entry = steps[later];
  if (!entry) return false;
  if (entry.type !== 'task.completed') return true;
  const { of } = entry.body;
  for (let at = later - 1; at > earlier; at -= 1) {
    const opened = steps[at];
    if (opened && enteredIn(opened).includes(of)) return cameFromBefore(steps, at, earlier);
  }
  const first = steps[earlier];
  return (
    first !== undefined && waitingIn(first).includes(of) && !openedOnlyIn(first, of, steps.slice(0, earlier))
  );
}

/** The task at the element itself, opened by the step that entered it. */
const openedOnlyIn = (entry: Content, of: string, before: readonly Content[]): boolean =>
  enteredIn(entry).includes(of) && !before.some((one) => waitingIn(one).includes(of));

/** Stuck: even if all timers fire, no task opens, nothing ends, and no message is expected. */
function isStuck(judged: Judged, steps: readonly Content[], element: string): boolean {
  if (!steps.some((entry) => enteredIn(entry).includes(element)) || !isRunning(judged)) return false;
  const { stage, process } = judged;
  const future = judged.rehearsed.fork();
  const isQuiet = (): boolean => ![...future.file.tasks.values()].some((task) => task.process === process);
  for (let most = 20; most > 0; most -= 1) {
    const [next] = [...future.file.deadlines.values()]
      .filter(({ paused }) => !paused)
      .sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime());
    if (!isQuiet() || !isRunning({ ...judged, rehearsed: future })) return false;
    if (!next) break;
    if (refusalOf(() => future.moveTo(next.dueAt))) return false;
  }
  return !restingPlaces(future, process).some((id) => {
    const element = stage.definitions.all.find(({ key }) => key === process)?.annotations.element(id);
    // An event sub-process runs beside the others and moves no waiting token.
    return element?.catches && element.type !== 'bpmn:StartEvent';
  });
}

/** Elements at which tokens of the process's running instances wait. */
const restingPlaces = ({ entries, file }: RehearsedCase, process: string): readonly string[] =>
  eachInstance(entries.filter(isStep).filter(({ body }) => body.process === process))
    .flatMap((own) => own.at(-1) ?? [])
    .filter(({ body }) => file.instances.has(body.instance))
    .flatMap(waitingIn);
