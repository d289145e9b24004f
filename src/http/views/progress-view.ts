/** The caller's view of a case: progress, deadline, what was done about it as far as it is shown. Nothing else. */
import type { z } from 'zod';
import { isSound } from '../../accountability/events/index.js';
import type { TrailEntry } from '../../accountability/index.js';
import { civilDateOfDay, dayOfLimit, toShanghaiIso } from '../../calendar/index.js';
import type { CaseView } from '../../casework/index.js';
import type { DefinitionStore } from '../../engine/index.js';
import { lawOf } from '../../kernel/law.js';
import { shownIn, type Catalogue } from '../../regulation/index.js';
import type { progress } from '../contract/progress.js';

/** Supervision and accountability are not shown to callers. */
const ofTheCaller = ['acceptance', 'handling'];

const stageNames = {
  accepted: '已受理,正在登记、转办',
  handling: '承办单位办理中',
  checking: '承办单位已反馈,正在审核、回访',
  ended: '已办结',
} as const;

type Progress = z.input<typeof progress>;

export function progressView(view: CaseView, definitions: DefinitionStore, catalogue: Catalogue): Progress {
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
    answers: view.trail.flatMap((entry) => answersIn(catalogue, entry)),
    endedAt: file.endedAt ? toShanghaiIso(file.endedAt) : null,
    outcome: file.endedAt ? (variable('outcome') ?? '办结') : null,
  };
}

function answersIn(catalogue: Catalogue, entry: TrailEntry): Progress['answers'] {
  if (!isSound(entry)) return [];
  return shownIn(catalogue, entry, entry.sealed).map(({ title, text, withheld }) => ({
    at: toShanghaiIso(entry.at),
    title,
    text,
    withheld: withheld && `依照${withheld.basis},涉及${withheld.ground},不予显示(${lawOf('progress')})`,
  }));
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
