/** Positions of the library's run, read from its live objects before and after a stimulus. */
import type { Compiled } from './compile.js';
import type { Activity, Api, LibraryDefinition, ScopeExecution } from './library.js';
import { RecordedTimer } from './recorded-timer.js';

/** A waiting token: at a task, at one instance of a multi-instance task, or at an intermediate catch event. */
export interface Rest {
  readonly element: string;
  readonly token: string;
  readonly kind: 'task' | 'service' | 'receive' | 'catch';
  readonly activity: Activity;
  readonly api: Api;
}

interface LiveTimer {
  readonly id: string;
  readonly element: string;
  readonly host: string | undefined;
  readonly timer: RecordedTimer;
}

/** A subscription to a message, a signal or a condition. */
interface Catch {
  readonly kind: 'message' | 'signal' | 'condition';
  /** Name of the message or signal. */
  readonly name: string;
  readonly token: string;
  readonly activity: Activity;
  readonly api: Api;
}

export interface Positions {
  readonly rests: readonly Rest[];
  readonly timers: readonly LiveTimer[];
  readonly catches: readonly Catch[];
  /** Event sub-processes of live scopes that are not running. */
  readonly dormant: readonly Activity[];
  /** Boundary events with a fired timer, on active activities. */
  readonly spent: readonly Activity[];
}

const restKinds: { readonly [type: string]: Rest['kind'] } = {
  'bpmn:UserTask': 'task',
  'bpmn:ManualTask': 'task',
  'bpmn:ServiceTask': 'service',
  'bpmn:SendTask': 'service',
  'bpmn:BusinessRuleTask': 'service',
  'bpmn:ReceiveTask': 'receive',
  'bpmn:IntermediateCatchEvent': 'catch',
};

const catchKinds: { readonly [type: string]: Catch['kind'] } = {
  'bpmn:MessageEventDefinition': 'message',
  'bpmn:SignalEventDefinition': 'signal',
  'bpmn:ConditionalEventDefinition': 'condition',
};

/** Positions, oldest first. */
export function positionsOf(definition: LibraryDefinition, { elements }: Compiled): Positions {
  const rests: Rest[] = [];
  const timers: LiveTimer[] = [];
  const catches: Catch[] = [];
  const dormant: Activity[] = [];
  const spent: Activity[] = [];
  const nameOf = (id: string | undefined): string => elements.get(id ?? '')?.name ?? '';

  const read = (activity: Activity): void => {
    if (activity.triggeredByEvent === true && activity.status === undefined) dormant.push(activity);
    const { execution } = activity;
    if (!activity.isRunning && activity.attachedTo?.status === 'executing' && hasTimer(activity)) {
      spent.push(activity);
    }
    if (activity.status !== 'executing' || !execution || execution.completed) return;
    for (const scope of execution.source?.executions ?? []) walk(scope);
    if (activity.isSubProcess === true) return;

    const kind = restKinds[activity.type];
    const parts = execution.getPostponed();
    for (const api of parts) {
      const { executionId: token = '', type = '', index, isDefinitionScope, isRootScope } = api.content;
      const definitionOfEvent = activity.eventDefinitions?.[index ?? 0];
      if (isDefinitionScope === true) {
        if (definitionOfEvent instanceof RecordedTimer) {
          const host = activity.attachedTo?.id;
          timers.push({ id: token, element: activity.id, host, timer: definitionOfEvent });
        }
        const caught = catchKinds[type];
        if (caught)
          catches.push({
            kind: caught,
            name: nameOf(definitionOfEvent?.reference?.id),
            token,
            activity,
            api,
          });
      } else if (kind && isRootScope !== isRepeated(activity)) {
        const messageRef = activity.behaviour['messageRef'] as { readonly id?: string } | undefined;
        // Without a message a receive task is completed like any other.
        const as = kind === 'receive' && messageRef === undefined ? 'task' : kind;
        rests.push({ element: activity.id, token, kind: as, activity, api });
        if (as === 'receive')
          catches.push({ kind: 'message', name: nameOf(messageRef?.id), token, activity, api });
      }
    }
  };
  const walk = (scope: ScopeExecution): void => {
    if (scope.completed) return;
    for (const activity of scope.getActivities()) if (activity.placeholder !== true) read(activity);
  };
  for (const process of definition.getRunningProcesses()) {
    if (process.isRunning && process.execution) walk(process.execution);
  }
  return {
    rests: rests.sort(byAge(({ token }) => token)),
    timers: timers.sort(byAge(({ id }) => id)),
    catches: catches.sort(byAge(({ token }) => token)),
    dormant,
    spent,
  };
}

function hasTimer({ eventDefinitions = [] }: Activity): boolean {
  return eventDefinitions.some((part) => part instanceof RecordedTimer);
}

function isRepeated({ behaviour }: Activity): boolean {
  return behaviour['loopCharacteristics'] !== undefined;
}

/**
 * Executions are named `ELEMENT_COUNTER`, their parts `ELEMENT_COUNTER_INDEX`. The counter is in hexadecimal digits of
 * a fraction (`counted-ids.ts`), so text order is age.
 */
function byAge<T>(executionOf: (value: T) => string): (a: T, b: T) => number {
  return (a, b) => {
    const [first, second] = [ageOf(executionOf(a)), ageOf(executionOf(b))];
    if (first.counter !== second.counter) return first.counter < second.counter ? -1 : 1;
    return first.index - second.index;
  };
}

function ageOf(execution: string): { readonly counter: string; readonly index: number } {
  const [, counter = '', index = '0'] = /_(0[0-9a-f]*)(?:_(\d+))?$/.exec(execution) ?? [];
  return { counter, index: Number(index) };
}
