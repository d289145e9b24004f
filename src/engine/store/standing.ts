/** A case's state packed for its row with arrays and milliseconds. A waiting case takes some hundred bytes. */
import type { Bookmark } from '../ports.js';
import type { CaseFile, Instance, OpenDeadline, OpenTask } from '../execution/case-file.js';
import type { Incident } from '../execution/incident.js';
import { deadlineKey, taskKey } from '../execution/case-file.js';
import type { Said } from '../../kernel/limit.js';
import type { Adjustment, Length } from '../../kernel/timer-spec.js';

type PackedInstance = readonly [
  number: number,
  definitionId: number,
  startedAt: number,
  state: Instance['state'],
  called: Instance['called'],
];

type PackedTask = readonly [
  instance: number,
  token: string,
  process: string,
  element: string,
  name: string,
  role: string | null,
  openedAt: number,
  locals: OpenTask['locals'],
  deeds: OpenTask['deeds'],
];

type PackedDeadline = readonly [
  instance: number,
  timer: string,
  element: string,
  host: string | null,
  level: string | null,
  dueAt: number,
  startedAt: number,
  fired: number,
  /** Sum of flags: 1 provisional, 2 limit, 4 paused. */
  flags: number,
  /** Set only if the limit was adjusted. */
  version?: number,
  adjustments?: readonly Adjustment[],
  /** Set only if deeds decided it. */
  length?: Length,
];

type PackedLight = readonly [instance: number, level: string, timer: string | null, host: string | null];

export type PackedStanding = readonly [
  instances: readonly PackedInstance[],
  tasks: readonly PackedTask[],
  deadlines: readonly PackedDeadline[],
  bookmark: Bookmark,
  lights?: readonly PackedLight[],
  incidents?: readonly PackedIncident[],
  said?: Said,
];

/** Incidents are rare, so they are readable rather than short. */
type PackedIncident = Omit<Incident, 'at' | 'since' | 'nextTry'> & {
  readonly at: number;
  readonly since: number;
  readonly nextTry: number;
};

type Standing = Pick<
  CaseFile,
  'instances' | 'tasks' | 'deadlines' | 'bookmark' | 'lights' | 'incidents' | 'said'
>;

export function pack(standing: Standing): PackedStanding {
  const incidents = Array.from(standing.incidents.values(), (one) => ({
    ...one,
    at: one.at.getTime(),
    since: one.since.getTime(),
    nextTry: one.nextTry.getTime(),
  }));
  const lights: [] | [PackedLight[]] =
    standing.lights.length + incidents.length > 0 || standing.said
      ? [standing.lights.map(({ instance, level, timer, host }) => [instance, level, timer, host])]
      : [];
  return [
    Array.from(standing.instances.values(), (one) => [
      one.number,
      one.definitionId,
      one.startedAt.getTime(),
      one.state,
      one.called,
    ]),
    Array.from(standing.tasks.values(), (one) => [
      one.instance,
      one.token,
      one.process,
      one.element,
      one.name,
      one.role,
      one.openedAt.getTime(),
      one.locals,
      one.deeds,
    ]),
    Array.from(standing.deadlines.values(), (one) => [
      one.instance,
      one.timer,
      one.element,
      one.host,
      one.level,
      one.dueAt.getTime(),
      one.startedAt.getTime(),
      one.fired,
      (one.provisional ? 1 : 0) + (one.limit ? 2 : 0) + (one.paused ? 4 : 0),
      ...movesOf(one),
    ]),
    standing.bookmark,
    ...lights,
    ...(incidents.length > 0 || standing.said ? [incidents] : []),
    ...(standing.said ? [standing.said] : []),
  ] as unknown as PackedStanding;
}

function movesOf({ version, adjustments, length }: OpenDeadline): readonly unknown[] {
  if (length) return [version, adjustments, length];
  return version > 1 ? [version, adjustments] : [];
}

const none: readonly Adjustment[] = [];

/** @throws {TypeError} if it is no instant */
function instantOf(milliseconds: number): Date {
  const instant = new Date(milliseconds);
  if (typeof milliseconds === 'number' && !Number.isNaN(instant.getTime())) return instant;
  throw new TypeError('the standing has a time that is none');
}

/** The state of a row that cannot be unpacked. */
export const unreadable: Standing = {
  instances: new Map(),
  tasks: new Map(),
  deadlines: new Map(),
  bookmark: null,
  lights: [],
  incidents: new Map(),
};

/** @throws {TypeError} if it is no packed state */
export function unpack([
  instances,
  tasks,
  deadlines,
  bookmark,
  lights = [],
  incidents = [],
  said,
]: PackedStanding): Standing {
  return {
    ...(said ? { said } : {}),
    bookmark,
    incidents: new Map(
      incidents.map((one) => [
        one.key,
        { ...one, at: instantOf(one.at), since: instantOf(one.since), nextTry: instantOf(one.nextTry) },
      ]),
    ),
    lights: lights.map(([instance, level, timer, host]) => ({ instance, level, timer, host })),
    instances: new Map(
      instances.map(([number, definitionId, startedAt, state, called]): [number, Instance] => [
        number,
        { number, definitionId, called, state, startedAt: instantOf(startedAt) },
      ]),
    ),
    tasks: new Map(
      tasks.map(([instance, token, process, element, name, role, openedAt, locals, deeds]) => {
        const opened = { openedAt: instantOf(openedAt), locals, deeds };
        const task: OpenTask = { instance, token, process, element, name, role, ...opened };
        return [taskKey(task), task] as const;
      }),
    ),
    deadlines: new Map(
      deadlines.map(
        ([
          instance,
          timer,
          element,
          host,
          level,
          dueAt,
          startedAt,
          fired,
          flags,
          version = 1,
          adjustments = none,
          length,
        ]): [string, OpenDeadline] => [
          deadlineKey(instance, timer),
          {
            instance,
            timer,
            element,
            host,
            level,
            dueAt: instantOf(dueAt),
            startedAt: instantOf(startedAt),
            fired,
            provisional: (flags & 1) > 0,
            limit: (flags & 2) > 0,
            paused: (flags & 4) > 0,
            version,
            adjustments,
            ...(length ? { length } : {}),
          },
        ],
      ),
    ),
  };
}
