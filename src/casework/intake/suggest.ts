/** Suggestions during a call: classes, units, sheets of the same matter or caller, knowledge. */
import {
  dispatchOf,
  pathName,
  rulesInForce,
  type ClassTrees,
  type Dispatch,
  type PlacedClass,
  type Suggester,
} from '../../classification/index.js';
import { searchEntries, type FoundEntry } from '../../knowledge/index.js';
import type { Database } from '../../persistence/index.js';
import { similarSheets, type SheetGist, type Sheets } from '../../sheet/index.js';

export interface Draft {
  readonly title: string;
  readonly text: string;
  readonly contact?: string | undefined;
  readonly district?: string | undefined;
  /** One of the five kinds. */
  readonly kind?: string | undefined;
  /** Class already chosen by the agent. */
  readonly class?: string | undefined;
}

export interface IntakeSuggestions {
  readonly classes: readonly {
    readonly placed: PlacedClass;
    readonly name: string;
    /** The pairs of characters with the highest weight. */
    readonly because: readonly string[];
    /** Dispatch of this class; undefined if no rule matches. */
    readonly dispatch: Dispatch | undefined;
  }[];
  /** By the chosen class, else the first suggested; undefined if no rule matches. */
  readonly dispatch: Dispatch | undefined;
  readonly duplicates: readonly (SheetGist & { readonly similarity: number })[];
  readonly sameCaller: readonly SheetGist[];
  readonly knowledge: readonly FoundEntry[];
}

const most = 5;

export async function suggestIntake(
  deps: {
    readonly database: Database;
    readonly classTrees: ClassTrees;
    readonly sheets: Sheets;
    readonly suggester: Suggester;
  },
  draft: Draft,
): Promise<IntakeSuggestions> {
  const probe = draft.title === '' ? draft.text : draft.title;
  const tree = await deps.database.transaction((transaction) => deps.classTrees.current(transaction));
  const suggested = await deps.suggester.suggest(tree, draft.title, draft.text, most);
  return deps.database.transaction(async (transaction) => {
    const [{ rules }, duplicates, sameCaller] = await Promise.all([
      rulesInForce(transaction),
      similarSheets(transaction, probe, most),
      draft.contact === undefined ? [] : deps.sheets.ofCaller(transaction, draft.contact, most),
    ]);
    const dispatch = (placed: PlacedClass | undefined): Dispatch | undefined =>
      dispatchOf(rules, {
        path: placed?.path.map(({ code }) => code) ?? [],
        trade: placed?.trade ?? null,
        kind: draft.kind ?? null,
        district: draft.district ?? null,
      });
    const classes = suggested.flatMap(({ code, because }) => {
      const placed = tree.find(code);
      return placed ? [{ placed, name: pathName(placed), because, dispatch: dispatch(placed) }] : [];
    });
    const chosen = draft.class === undefined ? undefined : tree.find(draft.class);
    const likely = chosen ? [chosen.code] : classes.slice(0, 2).map(({ placed }) => placed.code);
    return {
      classes,
      dispatch: dispatch(chosen ?? classes[0]?.placed),
      duplicates,
      sameCaller,
      knowledge: await searchEntries(transaction, probe.slice(0, 40), likely, most),
    };
  });
}
