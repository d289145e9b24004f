import type { Said } from '../contract/operation.js';
import { levelOf } from '../../engine/index.js';
import { civilDateOfDay, dayOfLimit } from '../../kernel/civil-date.js';
import {
  elementsIn,
  proposedFor,
  readCase,
  standInsOf,
  taskId,
  receivingEvent,
  waitingEmergencies,
  type CaseRecord,
  type CaseView,
  type DefinitionReader,
} from '../../cases/index.js';
import { assignmentsOf } from '../../cases/assignment/index.js';
import { courseOf } from '../../accountability/course/index.js';
import { dataOf, textIn } from '../../accountability/events/index.js';
import type { Principal } from '../../identity/index.js';
import type { Transaction } from '../../platform/database/index.js';
import {
  workOrder,
  type caseFile,
  type chainVerdict,
  type deadline,
  type trailEntry,
} from '../contract/case.js';
import type { timeTaken } from '../contract/time-taken.js';
import type { HttpDeps } from '../deps.js';
import { leadOf, membersOf } from '../../sheet/index.js';
import { seenBy } from '../proceedings.js';
import { forViewer, seesCallers } from '../sight.js';
import { upstreamOf, type UpstreamSheet } from '../../channel/index.js';
import { sheetView } from './sheet-view.js';
import { timeTakenOf, timeTakenView } from './time-taken-view.js';
import { supervisionView } from './supervision-view.js';
import { formView, taskView } from './task-view.js';
import { lastCorrection, sealedView } from './correction-view.js';
import { closedNotes } from './note-view.js';
import { answersView, entryView, stepView } from './trail-view.js';
import type { Laws, Ruled } from '../../kernel/law.js';

export interface CaseViews {
  /** Reads with the viewer's rights. @throws {Refusal} `case.not-found` */
  workOrder(no: string, viewer: Principal): Promise<Said<typeof workOrder>>;
  /** For the person who just acted, even if the sheet has left their unit. */
  afterAct(no: string, viewer: Principal): Promise<Said<typeof workOrder>>;
  /** For a case without a sheet. */
  file(record: CaseRecord): Promise<CaseFileBody>;
  /** @throws {Refusal} `case.not-found` */
  trail(
    no: string,
    viewer: Principal,
  ): Promise<{ entries: Said<typeof trailEntry>[]; chain: Said<typeof chainVerdict> }>;
}

type CaseFileBody = Said<typeof caseFile>;

export function createCaseViews(deps: HttpDeps, reader: DefinitionReader): CaseViews {
  /** @param viewer from whom some texts may be withheld; undefined if there is no sheet */
  const entries = async (view: CaseRecord, viewer?: Principal) => {
    const mayOpen = viewer === undefined || seesCallers(viewer);
    const closed = viewer === undefined ? new Set<number>() : closedNotes(view.trail, viewer);
    return deps.database.transaction(async (transaction) => {
      const elementsOf = await elementsIn(transaction, reader, view.trail);
      const law = deps.laws.today();
      const names = await accusedNames(transaction, view);
      return view.trail.map((entry) => {
        const context = { elements: elementsOf(entry), processName: deps.definitions.nameOf, law };
        return {
          ...entryView(entry, context),
          step: stepView(entry, view.explain),
          answers: answersView(entry, context, law, (accused) => names.get(accused)),
          sealed: closed.has(entry.seq) ? {} : sealedView(entry, mayOpen),
        };
      });
    });
  };
  /** Of everybody whom a proceeding of the case is against. */
  const accusedNames = async (
    transaction: Transaction,
    { trail }: CaseRecord,
  ): Promise<ReadonlyMap<string, string>> => {
    const keys = new Set(trail.flatMap((entry) => textIn(dataOf(entry), 'accused') ?? []));
    const names = new Map<string, string>();
    for (const key of keys) names.set(key, await deps.identity.units.nameOf(transaction, key));
    return names;
  };
  const readFor = async (no: string, viewer: Principal) =>
    seenBy(await readCase(forViewer(deps, viewer), no), viewer, deps.definitions);
  return {
    trail: async (no, viewer) => {
      const view = await readFor(no, viewer);
      return { entries: await entries(view, viewer), chain: view.chain };
    },
    workOrder: async (no, viewer) => shown(await readFor(no, viewer), viewer),
    file: (record) => fileView(record),
    afterAct: async (no, viewer) => shown(seenBy(await readCase(deps, no), viewer, deps.definitions), viewer),
  };

  async function shown(view: CaseView, viewer: Principal): Promise<Said<typeof workOrder>> {
    const { rules } = deps.identity;
    const { variables, startedAt } = view.file;
    const decided = deps.policies.at(startedAt);
    const taken = standInsOf(rules.standIns)(variables, decided);
    const file = await fileView(view, viewer);
    const assignments = await deps.database.transaction((transaction) =>
      assignmentsOf(transaction, [view.file.id]),
    );
    return {
      ...file,
      messages: file.messages.map((one) => ({
        ...one,
        instead: rules.sendInstead(one.message, viewer.duties, taken),
      })),
      sheet: sheetView(view.sheet, view.file, view.trail, viewer, deps.laws),
      timeTaken: await timeTakenIn(view),
      altered: view.altered,
      corrected: lastCorrection(view.trail),
      assignments: assignments.map(({ to, ...rest }) => ({
        ...rest,
        to: 'person' in to ? to.person : to.team,
      })),
      merged: await forViewer(deps, viewer).database.transaction(async (transaction) => ({
        lead: (await leadOf(transaction, view.sheet.no)) ?? null,
        members: (await membersOf(transaction, view.sheet.no)).length,
      })),
      proposed: workOrder.shape.proposed.safeParse(proposedFor(view)).data ?? null,
      emergency: await deps.database.transaction(async (transaction) => {
        const [waiting] = await waitingEmergencies(transaction, view.sheet.no);
        return [...(waiting?.channels ?? [])];
      }),
      upstream: await upstreamIn(view, decided.value('callBackForUpstream')),
      closedMessages: rules.messages.filter((message) => {
        const policy = rules.opening(message);
        return policy !== undefined && decided.value(policy) !== 'true';
      }),
      class: view.sheetClass,
    };
  }

  async function timeTakenIn(view: CaseView): Promise<Said<typeof timeTaken>> {
    const [{ catalogue }, elementsOf] = await deps.database.transaction(async (transaction) => [
      await deps.catalogues.at(transaction, view.sheet.receivedAt),
      await elementsIn(transaction, reader, view.trail),
    ]);
    const [now, calendar] = [deps.clock.now(), deps.calendar.current()];
    return timeTakenView(
      timeTakenOf(view, catalogue, { now, elementsOf, calendar, occasions: deps.occasions }),
    );
  }

  /** Only sheets with a number from their sender are looked up. */
  async function upstreamIn({ sheet }: CaseView, callBack: string | undefined) {
    if (sheet.externalNo === null || sheet.realm !== 'live') return null;
    const found = await deps.database.transaction((transaction) => upstreamOf(transaction, sheet.no));
    return found ? { ...upstreamView(found), callsBack: callBack === 'left' } : null;
  }

  async function fileView(view: CaseRecord, viewer?: Principal): Promise<CaseFileBody> {
    const { file } = view;
    const law = deps.laws.ofCase(file);
    return {
      laws: lawsView(file, deps.laws),
      state: file.endedAt ? 'ended' : 'open',
      startedAt: file.startedAt,
      endedAt: file.endedAt,
      level: levelOf(file.lights, deps.laws.today()),
      processes: view.processes,
      tasks: [...file.tasks.values()].map((task) => {
        const instance = file.instances.get(task.instance);
        const element =
          instance && deps.definitions.byId(instance.definitionId).annotations.element(task.element);
        return taskView(taskId(file.id, task), file, task, element, deps.laws);
      }),
      messages: deps.identity.rules.messages.flatMap((message) => {
        const told = receivingEvent(deps.definitions, file, message, deps.clock.now());
        return told ? [{ message, title: told.name, form: formView(told, law), instead: false }] : [];
      }),
      deadlines: view.deadlines.map(deadlineView),
      unit: courseOf(view.trail).lastUnit,
      supervision: supervisionView(view.trail),
      trail: await entries(view, viewer),
      chain: view.chain,
    };
  }
}

export function deadlineView(open: CaseView['deadlines'][number]): Said<typeof deadline> {
  const { dueDate } = open.explanation;
  return {
    ...open,
    due: open.paused ? null : open.dueAt,
    dueDate: open.paused
      ? null
      : typeof dueDate === 'string'
        ? dueDate
        : civilDateOfDay(dayOfLimit(open.dueAt)),
    adjustments: open.adjustments.map(adjustmentView),
    derivation: open.explanation,
  };
}

type Happened = CaseView['deadlines'][number]['adjustments'][number];

function adjustmentView(one: Happened): Said<typeof deadline>['adjustments'][number] {
  if (one.kind !== 'pause') return { ...one, at: new Date(one.at) };
  const { from, to, ...rest } = one;
  return { ...rest, from: new Date(from), ...(to === undefined ? {} : { to: new Date(to) }) };
}

/** The law of a case, if it differs from the page's law. */
function lawsView(ruled: Ruled, laws: Laws): Said<typeof caseFile>['laws'] {
  const binding = laws.binding(ruled);
  const today = laws.today();
  if (binding.every((one) => one.law === today)) return [];
  return binding.map(({ from, law: { title, purposes, supervision } }) => ({
    from,
    title,
    purposes,
    supervision,
  }));
}

const upstreamView = ({ dueAt, ...rest }: UpstreamSheet) => ({ ...rest, due: dueAt });
