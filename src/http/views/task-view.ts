import type { Said } from '../contract/operation.js';
import { taskId, type Ahead, type MarkedChannel } from '../../cases/index.js';
import {
  optionsUnder,
  type CaseFile,
  type ElementAnnotation,
  type NormLink,
  type OpenTask,
  type WorklistRow,
} from '../../engine/index.js';
import type { Law, Laws } from '../../kernel/law.js';
import type { task, tasksAhead, worklistItem } from '../contract/task.js';
import type { CaseSummary } from '../store/case-summary-store.js';
import { roleName } from '../contract/role-name.js';
import { markView, standingView } from './sheet-view.js';
import { provisionView } from './provision-view.js';

export function taskView(
  id: string,
  file: CaseFile,
  open: OpenTask,
  element: ElementAnnotation | undefined,
  laws: Laws,
): Said<typeof task> {
  return {
    ...headView(id, file.businessKey, open, laws.today()),
    norms: normViews(element?.norms ?? []),
    notBy: element?.notBy ?? [],
    form: formView(element, laws.ofCase(file)),
  };
}

export function aheadView({ steps, then }: Ahead, laws: Laws): Said<typeof tasksAhead> {
  return {
    steps: steps.map(({ id, file, task: open, element, chosen }) => {
      const { id: _id, no: _no, openedAt: _openedAt, ...view } = taskView(id, file, open, element, laws);
      return { ...view, chosen };
    }),
    then: then.map(({ name }) => name),
  };
}

/** @param of the law of the case */
export const formView = (element: ElementAnnotation | undefined, of: Law) =>
  (element?.form ?? []).map(({ list, ...field }) => ({
    ...field,
    options: optionsUnder({ ...field, ...(list === undefined ? {} : { list }) }, of),
  }));

export function worklistView(
  row: WorklistRow,
  summary: CaseSummary | undefined,
  assigned: string | null,
  marked: ReadonlySet<string>,
  law: Law,
  emergency: readonly MarkedChannel[] = [],
): Said<typeof worklistItem> {
  return {
    ...headView(taskId(row.caseId, row.task), row.businessKey, row.task, law),
    title: summary?.title ?? '',
    ...standingView(summary),
    ...markView(row.businessKey, marked),
    assigned,
    language: summary?.language ?? null,
    emergency,
    merged: { lead: summary?.lead ?? null, members: summary?.members ?? 0 },
    callerActs: { added: summary?.added ?? 0, urged: summary?.urged ?? 0 },
  };
}

export function normViews(norms: readonly NormLink[]) {
  return norms.map(({ provision, norm, relation }) => ({ ...provisionView(provision), norm, relation }));
}

const headView = (id: string, no: string, open: OpenTask, law: Law) => ({
  ...open,
  ...{ id, no, roleName: roleName(open.role, law) },
});
