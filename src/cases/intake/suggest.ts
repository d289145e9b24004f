/** Suggestions during a call: classes, units, sheets of the same matter or caller, and knowledge. */
import {
  pathName,
  type Meaning,
  type PlacedClass,
  type Suggestion,
} from '../../sheet/classification/index.js';
import type { JsonObject } from '../../kernel/index.js';
import { searchEntries, type FoundEntry } from '../../sheet/knowledge/index.js';
import type { Transaction } from '../../platform/database/index.js';
import {
  nearbySheets,
  pointFault,
  similarSheets,
  toWgs84,
  type GivenPoint,
  type LonLat,
  type NearbySheet,
  type SheetGist,
  type WorkOrder,
} from '../../sheet/index.js';
import { districtAt } from '../../sheet/districts/index.js';
import { proposalOf, proposingTable, type Matter, type ProposedAnswers } from './proposal.js';
import type { Using } from '../parts.js';

export interface Draft {
  readonly title: string;
  readonly text: string;
  readonly contact?: string | undefined;
  readonly district?: string | undefined;
  /** One of the package's kinds of matter. */
  readonly kind?: string | undefined;
  /** Class already chosen by the agent. */
  readonly class?: string | undefined;
  /** Where the matter is, and which sheets count as nearby. */
  readonly near?: { readonly point: GivenPoint; readonly metres: number; readonly since: Date } | undefined;
}

export interface IntakeSuggestions {
  readonly classes: readonly {
    readonly placed: PlacedClass;
    readonly name: string;
    /** The pairs of characters that weighed most in the classification. */
    readonly because: readonly string[];
    /** Proposed dispatch for this class; undefined if a person decides. */
    readonly dispatch: ProposedAnswers | undefined;
  }[];
  /** Units that handled sheets with similar words, best first. */
  readonly units: readonly { readonly name: string; readonly because: readonly string[] }[];
  /** Proposed dispatch for the chosen class, else for the first suggested one; undefined if a person decides. */
  readonly dispatch: ProposedAnswers | undefined;
  readonly duplicates: readonly (SheetGist & { readonly similarity: number })[];
  readonly sameCaller: readonly SheetGist[];
  readonly nearby: readonly NearbySheet[];
  /** The parsed point, or what is wrong with it. */
  readonly place: (LonLat & { readonly within: string | null }) | { readonly fault: string } | undefined;
  readonly knowledge: readonly FoundEntry[];
}

const most = 5;
const mostUnits = 3;

export interface SuggestDeps extends Using<
  'classTrees' | 'clock' | 'database' | 'definitions' | 'sheets' | 'suggester'
> {
  /** Meaning of words in other languages. */
  readonly meaning: Meaning;
}

export async function suggestIntake(deps: SuggestDeps, draft: Draft): Promise<IntakeSuggestions> {
  const probe = draft.title === '' ? draft.text : draft.title;
  const { text, meant } = understood(deps, draft);
  const tree = await deps.database.transaction((transaction) => deps.classTrees.current(transaction));
  const suggested = await deps.suggester.suggest(tree, draft.title, text, most);
  const handledBy = deps.suggester.suggestUnits(draft.title, text, 2 * mostUnits);
  const { near } = draft;
  const fault = near && pointFault(near.point);
  const point = near && !fault ? toWgs84(near.point) : undefined;
  return deps.database.transaction(async (transaction) => {
    const within = point ? await districtAt(transaction, point) : null;
    const district = draft.district ?? (within || null);
    const nearby =
      near && point ? await nearbySheets(transaction, point, { ...near, probe, most, homes: true }) : [];
    const now = deps.clock.now();
    const [table, units, duplicates, sameCaller] = await Promise.all([
      proposingTable(deps, transaction, now),
      registeredUnits(transaction, handledBy),
      similarSheets(transaction, probe, most),
      draft.contact === undefined ? [] : deps.sheets.ofCaller(transaction, draft.contact, most),
    ]);
    const dispatch = (placed: PlacedClass | undefined): ProposedAnswers | undefined =>
      table && proposalOf(table, { ...pathOf(placed), kind: draft.kind ?? null, district }, now);
    const classes = suggested.flatMap(({ code, because }) => {
      const placed = tree.find(code);
      return placed ? [{ placed, name: pathName(placed), because, dispatch: dispatch(placed) }] : [];
    });
    const chosen = draft.class === undefined ? undefined : tree.find(draft.class);
    const likely = chosen ? [chosen.code] : classes.slice(0, 2).map(({ placed }) => placed.code);
    return {
      classes,
      units,
      dispatch: dispatch(chosen ?? classes[0]?.placed),
      duplicates,
      nearby,
      place: fault ? { fault: `${fault.what}。${fault.remedy}` } : point && { ...point, within },
      sameCaller,
      knowledge: await searchEntries(
        transaction,
        /\p{Script=Han}/u.test(probe) ? probe.slice(0, 40) : meant,
        likely,
        most,
      ),
    };
  });
}

/**
 * The likeliest class of a matter that nobody has read yet, and the dispatch for this class or the
 * given one; null if there is neither. The result becomes case variables, so it contains none of
 * the words.
 */
export async function proposedAtReceipt(
  deps: SuggestDeps,
  transaction: Transaction,
  { title, content, kind, district }: WorkOrder,
  given: PlacedClass | undefined,
): Promise<JsonObject | null> {
  const now = deps.clock.now();
  const tree = await deps.classTrees.current(transaction);
  const { text } = understood(deps, { title, text: content });
  const [likely] = given ? [] : deps.suggester.suggestKnown(tree, title, text, 1);
  const placed = given ?? (likely && tree.find(likely.code));
  const table = await proposingTable(deps, transaction, now);
  const dispatch = (table && proposalOf(table, { ...pathOf(placed), kind, district }, now)) ?? null;
  return placed || dispatch ? { class: placed?.code ?? null, dispatch: dispatch && { ...dispatch } } : null;
}

/** Adds the meaning of words in other languages to the text. */
function understood(
  { meaning }: Pick<SuggestDeps, 'meaning'>,
  { title, text }: Pick<Draft, 'title' | 'text'>,
): { readonly text: string; readonly meant: string } {
  const meant = meaning(`${title}\n${text}`);
  return { text: meant === '' ? text : `${text}\n${meant}`, meant };
}

const pathOf = (placed: PlacedClass | undefined): Pick<Matter, 'path' | 'trade'> => ({
  path: placed?.path.map(({ code }) => code) ?? [],
  trade: placed?.trade ?? null,
});

/** Removes units that are no longer in the register. */
async function registeredUnits(
  transaction: Transaction,
  suggested: readonly Suggestion[],
): Promise<IntakeSuggestions['units']> {
  if (suggested.length === 0) return [];
  const rows = await transaction.query<{ readonly name: string }>(
    'SELECT name FROM unit_overview WHERE name = ANY($1::text[])',
    [suggested.map(({ code }) => code)],
  );
  const names = new Set(rows.map(({ name }) => name));
  return suggested
    .filter(({ code }) => names.has(code))
    .slice(0, mostUnits)
    .map(({ code, because }) => ({ name: code, because }));
}
