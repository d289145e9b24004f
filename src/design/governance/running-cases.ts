/** Examines running cases for a migration: how many could move, and why others cannot. */
import { createDueDates } from '../../calendar/index.js';
import type { Laws } from '../../kernel/law.js';
import type { CheckingParts } from '../checking/index.js';
import type { RunningCasesReport } from '../compliance/index.js';
import {
  hindrancesOf,
  loadCases,
  tokenRuntime,
  type CaseFile,
  type Definitions,
  type DefinitionStore,
} from '../../engine/index.js';
import { casesOn } from './store/case-migration-store.js';

/** Most cases examined in a preview. */
const mostPreviewed = 2000;
const batch = 100;
const mostExamples = 5;

export interface MoveReport extends Pick<RunningCasesReport, 'hindrances' | 'more'> {
  /** Number of cases examined; with `more` there are others. */
  readonly examined: number;
  readonly movable: number;
}

export interface LookingDeps extends Pick<CheckingParts, 'calendar' | 'database' | 'policies'> {
  readonly definitions: DefinitionStore;
  readonly laws: Laws;
}

/**
 * Read-only, without locks.
 *
 * @param move.from versions (`DeployedDefinition.id`) that the cases run on
 * @param move.onto must be loaded, like the versions in `from`
 */
export async function movability(
  deps: LookingDeps,
  move: {
    readonly from: readonly number[];
    readonly to: number;
    readonly mapping: { readonly [element: string]: string };
    readonly onto?: (store: DefinitionStore) => Definitions;
  },
  at: Date,
): Promise<MoveReport> {
  const { from, to, mapping, onto = (store) => store } = move;
  const { calendar, policies, laws } = deps;
  const timing = {
    dueDates: createDueDates({ calendar: calendar.current }),
    policies,
    laws,
    runtime: tokenRuntime,
  };
  await deps.database.transaction(async (transaction) => {
    await calendar.refresh(transaction);
    await policies.refresh(transaction);
  });
  const found = new Map<string, MoveReport['hindrances'][number]>();
  let [examined, movable, after, more] = [0, 0, '0', false];
  for (;;) {
    const ids = await deps.database.transaction(async (transaction) => {
      const some = (await casesOn(transaction, from, after, batch)).map(({ id }) => id);
      const files = [...(await loadCases(transaction, some)).values()];
      await deps.definitions.prepare(transaction, files, from);
      const definitions = onto(deps.definitions);
      for (const file of files) {
        const hindrances = from.flatMap((version) =>
          hindrancesOf(file, { from: version, to, mapping }, at, { ...timing, definitions }).map((one) => ({
            ...one,
            elementName: definitions.byId(version).annotations.element(one.element)?.name ?? one.element,
          })),
        );
        if (hindrances.length === 0) movable += 1;
        for (const one of hindrances) count(found, one, file);
      }
      return some;
    });
    examined += ids.length;
    after = ids.at(-1) ?? after;
    if (ids.length < batch) break;
    more = examined >= mostPreviewed;
    if (more) break;
  }
  const hindrances = [...found.values()].sort((one, other) => other.cases - one.cases);
  return { examined, more, movable, hindrances };
}

function count(
  found: Map<string, MoveReport['hindrances'][number]>,
  { element, elementName, why }: { element: string; elementName: string; why: string },
  { businessKey }: CaseFile,
): void {
  const key = `${element} ${why}`;
  const { cases, examples } = found.get(key) ?? { cases: 0, examples: [] };
  found.set(key, {
    element,
    elementName,
    why,
    cases: cases + 1,
    examples: examples.length < mostExamples ? [...examples, businessKey] : examples,
  });
}
