/**
 * Computes the effect of one command on one case in memory: the stimulus, its handlers, messages to
 * the case's other processes, armed deadlines, written entries. It does no I/O: the executor loads
 * before and stores after, in one transaction.
 */
import { Refusal } from '../../kernel/index.js';
import type { Stimulus, Variables } from '../runtime/interface.js';
import { draftOf, type CaseDraft, type CaseFile } from './case-file.js';
import type { Command, Recompute, WrongCard } from './command.js';
import { hearers, inForce, nobodyWaits, receivers, startOf, takes } from './delivery.js';
import { createFirings } from './firing.js';
import { closeWithdrawn, note } from './hold.js';
import { intervene } from './intervene.js';
import { moveCase } from './move-case.js';
import { recompute, type Reasons } from './recompute.js';
import { exceptedIn, recounted } from './recount.js';
import { assignRoles } from './assign-roles.js';
import { lastAct } from './entry.js';
import type { DeployedDefinition } from './definitions.js';
import type { Pending, StepDeps } from './step-instance.js';
import { actorFields, stimulusFields, entryTypeOf } from './stimulus-fields.js';

export interface AdvanceDeps extends StepDeps {
  /** Derivations of the case's open deadlines; only recomputations need them. */
  readonly reasons?: ReadonlyMap<string, Reasons>;
}

/** @throws {Refusal}; nothing has changed then */
export function advance(file: CaseFile, command: Command, deps: AdvanceDeps): CaseDraft {
  const draft = draftOf(file);
  const { run, runEach, begin, hear, settle, fallDue, retry } = createFirings(draft, deps);
  const at = command.kind === 'fall-due' ? command.until : command.at;

  const recount = (only?: ReadonlySet<string>): void => {
    for (const { instance, event, events, clock } of recounted(draft, at, { ...deps, only })) {
      const stimulus: Stimulus = { kind: 'rearm', events };
      run({ instance, stimulus, at, type: entryTypeOf(stimulus), about: { of: event }, clock });
    }
  };

  switch (command.kind) {
    case 'fall-due':
      fallDue((due) => due <= command.until, true);
      break;
    case 'recompute':
      recompute(draft, command, { ...deps, reasons: deps.reasons ?? new Map() });
      if (command.tell) {
        const { message, to, variables } = command.tell;
        const about = { actor: command.actor, document: command.document };
        const reached = receivers(draft, message, { about }, command.at, deps).filter(({ instance }) =>
          to.includes(instance),
        );
        if (reached.length > 0) draft.variables = { ...draft.variables, ...variables };
        if (reached.length > 0) runEach(reached);
      }
      for (const resumed of command.resume ?? []) {
        draft.variables = { ...draft.variables, ...resumed.variables };
        run(resumption(draft, resumed, command, deps));
      }
      for (const card of command.revoke) {
        const again = armedAgain(draft, card, command, deps);
        if (again) run(again);
      }
      break;
    case 'migrate': {
      fallDue((due) => due < command.at, false);
      const retimed = moveCase(draft, command, { ...deps, reasons: deps.reasons ?? new Map() });
      for (const { instance, events, clock, replaced } of retimed) {
        const stimulus: Stimulus = { kind: 'rearm', events };
        const { actor, migration } = command;
        const about = {
          actor,
          migration,
          of: events[0] ?? '',
          ...(replaced.length > 0 ? { replaced } : {}),
        };
        const pending = { instance, stimulus, at: command.at, type: entryTypeOf(stimulus), about };
        run(clock ? { ...pending, clock } : pending);
      }
      break;
    }
    case 'amend': {
      fallDue((due) => due < command.at, false);
      draft.variables = { ...draft.variables, ...command.variables };
      const recordedAt = deps.recordedAt.toISOString();
      const body = { ...actorFields(command), ...command.body, recordedAt };
      const { type, at, sealed } = command;
      draft.entries.push({ stream: draft.businessKey, type, at, body, ...(sealed ? { sealed } : {}) });
      if (command.recount) recount();
      settle(at);
      break;
    }
    case 'start': {
      draft.variables = { ...draft.variables, ...command.variables };
      const deployed = inForce(deps, command.process, command.at);
      const { message, timer, signal } = command;
      if (timer) {
        const { event, derivation } = timer;
        begin(deployed, { event, about: { timer: event, derivation } }, at);
        break;
      }
      if (signal) {
        const { event, name, from, sender } = signal;
        begin(deployed, { event, signal: name, about: { signal: name, from, sender } }, at);
        break;
      }
      const event = message === undefined ? undefined : startBy(deployed, message);
      if (message !== undefined && event === undefined) throw nobodyWaits(file, message);
      run(startOf(draft, deployed, event, command, deps));
      break;
    }
    case 'send': {
      fallDue((due) => due < command.at, false);
      draft.variables = { ...draft.variables, ...command.variables };
      const reached = receivers(draft, command.message, { about: actorFields(command) }, command.at, deps);
      if (reached.length === 0) throw nobodyWaits(file, command.message);
      const { sealed, variables: given } = command;
      runEach(
        reached.map((one) => ({
          ...one,
          // Several processes may receive the message: its data become case variables, and also
          // variables of an activity that has its own.
          stimulus: bringing(one.stimulus, given),
          ...(sealed ? { sealed } : {}),
          ...(given ? { given } : {}),
        })),
      );
      break;
    }
    case 'hear': {
      fallDue((due) => due < command.at, false);
      const { name, from, sender } = command.signal;
      hear(hearers(draft, name, { about: { from, sender } }, command.at, deps));
      break;
    }
    case 'stimulate': {
      // A limit ending at this very instant (24:00) is not exceeded by an act at the same instant.
      fallDue((due) => due < command.at, false);
      const completes = command.stimulus.kind === 'complete';
      // The runtime itself stores a task's answers where they belong.
      if (!completes) draft.variables = { ...draft.variables, ...command.variables };
      run({
        ...(command.variables && !completes ? { given: command.variables } : {}),
        instance: command.instance,
        stimulus: bringing(command.stimulus, command.variables),
        at: command.at,
        type: entryTypeOf(command.stimulus),
        about: { ...actorFields(command), ...stimulusFields(command.stimulus) },
        ...(command.sealed ? { sealed: command.sealed } : {}),
      });
      break;
    }
    case 'intervene':
      fallDue((due) => due < command.at, false);
      intervene(draft, command, { run, settle }, deps);
      break;
    case 'retry': {
      const incident = draft.incidents.get(command.incident);
      if (!incident) {
        throw new Refusal('incident.not-open', `工单 ${draft.businessKey} 没有这样一件没有处置完的异常`, {
          remedy: '刷新“异常处置”：它可能已经由系统重试成功，或者已经没有需要',
        });
      }
      note(draft, 'incident.retried', incident, { actor: command.actor }, at, deps.recordedAt);
      retry(incident, at);
      break;
    }
  }
  const excepted = exceptedIn(draft, file, at, deps.laws);
  if (excepted.size > 0) recount(excepted);
  assignRoles(draft, file.variables, deps);
  const last = lastAct(draft.entries);
  const isToStart = [...draft.incidents.values()].some(({ instance }) => instance === null);
  // A card may be revoked after the case has ended; that does not end the case again.
  if (draft.instances.size === 0 && !isToStart && last) draft.endedAt ??= last.at;
  closeWithdrawn(draft, at, deps.recordedAt);
  // Any change may have resolved the case's incidents.
  if (command.kind !== 'fall-due' && command.kind !== 'retry') tryAgainAtOnce(draft, file, deps.recordedAt);
  return draft;
}

const startBy = ({ annotations }: DeployedDefinition, message: string): string | undefined =>
  annotations.messageStarts.get(message) ??
  annotations.timerStarts.find(({ prepare }) => prepare === message)?.event;

const bringing = (stimulus: Stimulus, variables: Variables | undefined): Stimulus =>
  (stimulus.kind === 'complete' || stimulus.kind === 'message') && variables
    ? { ...stimulus, variables }
    : stimulus;

/** The scheduler retries incidents at once if the case's data or definitions have changed. */
function tryAgainAtOnce(draft: CaseDraft, file: CaseFile, now: Date): void {
  for (const [key, incident] of draft.incidents) {
    if (file.incidents.has(key) && incident.nextTry > now)
      draft.incidents.set(key, { ...incident, nextTry: now });
  }
}

/**
 * Re-arms a timer that fired too early, as of the instant at which it fired; undefined if its host has ended meanwhile.
 */
function armedAgain(
  draft: CaseDraft,
  { instance, element, at, startedAt, adjustments, entry }: WrongCard,
  { actor, document }: Recompute,
  deps: AdvanceDeps,
): Pending | undefined {
  const standing = draft.instances.get(instance);
  const stimulus: Stimulus = { kind: 'rearm', events: [element] };
  if (!standing || !takes(draft, standing, stimulus, at, deps)) return undefined;
  const beside = [...draft.deadlines.values()].find(
    (one) => one.instance === instance && one.startedAt.getTime() === startedAt.getTime(),
  );
  return {
    instance,
    stimulus,
    at,
    type: entryTypeOf(stimulus),
    about: { actor, document, of: element, revoked: entry },
    clock: { startedAt, adjustments, version: beside?.version ?? 2 },
  };
}

/** @throws {Refusal} `definition.not-found` if no process starts with the message: a withdrawal must not be lost */
function resumption(
  draft: CaseDraft,
  { message, instance, clock }: NonNullable<Recompute['resume']>[number],
  { at, actor, document }: Recompute,
  deps: AdvanceDeps,
): Pending {
  const start = deps.definitions.startedBy(message, at);
  if (!start) {
    throw new Refusal('definition.not-found', `没有流程由消息“${message}”开始，撤回的督办无法恢复`, {
      remedy: '部署以该消息开始的督办流程后，再载入放假安排',
    });
  }
  const pending = startOf(draft, start.deployed, start.event, { at }, deps);
  return {
    ...pending,
    about: { actor, document, of: message, resumes: instance },
    clock: { ...clock, version: 2 },
  };
}
