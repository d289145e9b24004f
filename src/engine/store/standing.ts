/**
 * Where a case stands, packed for its row: arrays instead of objects, milliseconds instead of dates. A waiting case
 * takes some hundred bytes.
 */
import type { Bookmark } from '../ports.js';
import type { CaseFile, Instance, OpenDeadline, OpenTask } from '../execution/case-file.js';
import { deadlineKey, taskKey } from '../execution/case-file.js';

type PackedInstance = readonly [
  number: number,
  definitionId: number,
  runtime: Instance['runtime'],
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
  provisional: 0 | 1,
];

export type PackedStanding = readonly [
  instances: readonly PackedInstance[],
  tasks: readonly PackedTask[],
  deadlines: readonly PackedDeadline[],
  bookmark: Bookmark,
];

type Standing = Pick<CaseFile, 'instances' | 'tasks' | 'deadlines' | 'bookmark'>;

export function pack(standing: Standing): PackedStanding {
  return [
    Array.from(standing.instances.values(), (one) => [
      one.number,
      one.definitionId,
      one.runtime,
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
      one.provisional ? 1 : 0,
    ]),
    standing.bookmark,
  ];
}

export function unpack([instances, tasks, deadlines, bookmark]: PackedStanding): Standing {
  return {
    bookmark,
    instances: new Map(
      instances.map(([number, definitionId, runtime, startedAt, state, called]): [number, Instance] => [
        number,
        { number, definitionId, runtime, called, state, startedAt: new Date(startedAt) },
      ]),
    ),
    tasks: new Map(
      tasks.map(([instance, token, process, element, name, role, openedAt, locals]): [string, OpenTask] => {
        const task = { instance, token, process, element, name, role, locals, openedAt: new Date(openedAt) };
        return [taskKey(task), task];
      }),
    ),
    deadlines: new Map(
      deadlines.map(
        ([instance, timer, element, host, level, dueAt, startedAt, fired, provisional]): [
          string,
          OpenDeadline,
        ] => [
          deadlineKey(instance, timer),
          {
            instance,
            timer,
            element,
            host,
            level,
            dueAt: new Date(dueAt),
            startedAt: new Date(startedAt),
            fired,
            provisional: provisional === 1,
          },
        ],
      ),
    ),
  };
}
