/** The caller's view of a case: progress, deadline, answers. Nothing else. */
import type { z } from 'zod';
import { civilDateOfDay, dayOfLimit, toShanghaiIso } from '../../calendar/index.js';
import type { CaseView } from '../../casework/index.js';
import type { DefinitionStore } from '../../engine/index.js';
import type { progress } from '../contract/progress.js';

/** Form fields that contain the answer to the caller. */
const answerFields: Readonly<Record<string, string>> = {
  answerSummary: '当场答复',
  replySummary: '承办单位的答复',
  explanationGiven: '应您要求作出的说明',
};

/** Supervision and accountability are not shown to callers. */
const ofTheCaller = ['acceptance', 'handling'];

const stageNames = {
  accepted: '已受理,正在登记、转办',
  handling: '承办单位办理中',
  checking: '承办单位已反馈,正在审核、回访',
  ended: '已办结',
} as const;

export function progressView(view: CaseView, definitions: DefinitionStore): z.input<typeof progress> {
  const { file, sheet } = view;
  const keyOf = (instance: number) => view.processes.find((one) => one.instance === instance)?.key ?? '';
  const stage = stageOf(view, definitions);
  const variable = (name: string): string | null => {
    const value = file.variables[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  return {
    no: sheet.no,
    receivedAt: toShanghaiIso(sheet.receivedAt),
    stage,
    stageName: stageNames[stage],
    unit: sheet.confidential ? null : variable('unit'),
    limits: view.deadlines
      .filter((one) => one.limit && ofTheCaller.includes(keyOf(one.instance)))
      .map(({ name, dueAt, paused }) => ({
        name,
        due: paused ? null : toShanghaiIso(dueAt),
        dueDate: paused ? null : civilDateOfDay(dayOfLimit(dueAt)),
      })),
    promisedDate: variable('promisedDate'),
    answers: view.trail.flatMap(({ at, sealed }) =>
      Object.entries(answerFields).flatMap(([field, title]) => {
        const text = sealed[field];
        return text === undefined ? [] : [{ at: toShanghaiIso(at), title, text }];
      }),
    ),
    endedAt: file.endedAt ? toShanghaiIso(file.endedAt) : null,
    outcome: file.endedAt ? (variable('outcome') ?? '办结') : null,
  };
}

function stageOf({ file, processes }: CaseView, definitions: DefinitionStore): keyof typeof stageNames {
  if (file.endedAt) return 'ended';
  if (!processes.some(({ key }) => key === 'handling')) return 'accepted';
  const checking = [...file.tasks.values()].some((task) => {
    const instance = file.instances.get(task.instance);
    return (
      instance &&
      definitions.byId(instance.definitionId).annotations.element(task.element)?.role === 'reviewer'
    );
  });
  return checking ? 'checking' : 'handling';
}
