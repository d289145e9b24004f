/**
 * Suggestions learned from past sheets: their class, and the unit that handled them. Learning runs in small batches, at
 * most once a minute, and only while somebody asks.
 */
import type { Database, Transaction } from '../../../platform/database/index.js';
import { systemClock, type Clock } from '../../../kernel/index.js';
import { termsOf } from '../evidence.js';
import { buildModel, createModel, type Model, type Profile, type Suggestion } from '../model.js';
import { pathName, type ClassTree } from '../tree.js';
import { learnClasses, learnUnits, lessonBatch } from './lessons.js';
import { changedProfiles, type Subject } from './word-profiles.js';

export interface Suggester {
  /** Best first, only leaves. The model may be up to a minute old; a stale one is refreshed in the background. */
  suggest(tree: ClassTree, title: string, text: string, most: number): Promise<readonly Suggestion[]>;
  /**
   * Suggests at once, within a transaction, because learning takes connections of its own. Empty
   * until something has been learned.
   */
  suggestKnown(tree: ClassTree, title: string, text: string, most: number): readonly Suggestion[];
  /** Names of units, best first, from a model as old as that of the classes; empty until a sheet has ended. */
  suggestUnits(title: string, text: string, most: number): readonly Suggestion[];
  /** Counts sheets that have not been counted yet and updates the models. */
  learn(tree: ClassTree): Promise<void>;
}

const learnEvery = 60_000;

export function createSuggester({
  database,
  clock,
}: {
  readonly database: Database;
  readonly clock: Clock;
}): Suggester {
  const classes = followed(database, 'class');
  const units = followed(database, 'unit');
  let known: { readonly tree: ClassTree; readonly classes: Model } | undefined;
  let unitModel = createModel([]);
  let learnedAt = Number.NEGATIVE_INFINITY;
  let learning: Promise<void> | undefined;

  const inBatches = async (learnBatch: (transaction: Transaction) => Promise<number>): Promise<void> => {
    for (;;) if ((await database.transaction(learnBatch)) < lessonBatch) break;
  };
  const takeIn = async (tree: ClassTree): Promise<void> => {
    await inBatches(learnClasses);
    await inBatches((transaction) => learnUnits(transaction, clock.now()));
    if ((await classes.refresh()) || known?.tree !== tree) {
      known = { tree, classes: await buildInSlices(buildModel(namedProfiles(tree, classes.profiles))) };
    }
    if (await units.refresh()) unitModel = await buildInSlices(buildModel([...units.profiles.values()]));
  };
  // Learning runs take turns, because two at once would load the same rows twice.
  const learn = (tree: ClassTree): Promise<void> => {
    learnedAt = clock.now().getTime();
    const mine = (learning ?? Promise.resolve()).catch(() => undefined).then(() => takeIn(tree));
    learning = mine;
    return mine;
  };
  const suggestKnown: Suggester['suggestKnown'] = (tree, title, text, most) => {
    // Absolute difference, because the clock may be set back.
    const stale = Math.abs(clock.now().getTime() - learnedAt) >= learnEvery;
    // Database errors also show in the request's own queries; learning is retried.
    if (stale) learn(tree).catch(() => (learnedAt = Number.NEGATIVE_INFINITY));
    return known?.classes.suggest(title, text, most) ?? [];
  };

  return {
    learn,
    suggest: async (tree, ...asked) => {
      if (known?.tree !== tree) await learn(tree);
      return suggestKnown(tree, ...asked);
    },
    suggestKnown,
    suggestUnits: (title, text, most) => unitModel.suggest(title, text, most),
  };
}

/** Profiles in memory, kept equal to the database's. */
function followed(
  database: Database,
  subject: Subject,
): { readonly profiles: ReadonlyMap<string, Profile>; refresh(): Promise<boolean> } {
  const profiles = new Map<string, Profile>();
  let revision = '0';
  return {
    profiles,
    /** @returns whether any profile changed */
    refresh: async () => {
      const changed = await database.transaction((transaction) =>
        changedProfiles(transaction, subject, revision),
      );
      for (const profile of changed.profiles) profiles.set(profile.code, profile);
      revision = changed.revision;
      return changed.profiles.length > 0;
    },
  };
}

/** Building a large model would block the event loop for seconds. */
async function buildInSlices(building: Generator<undefined, Model>): Promise<Model> {
  for (let done = 1; ; done += 1) {
    const step = building.next();
    if (step.done) return step.value;
    if (done % 10 === 0) await systemClock.sleep(0);
  }
}

/** Classes without sheets are known by their own name and their parents' names. */
function namedProfiles(tree: ClassTree, profiles: ReadonlyMap<string, Profile>): Profile[] {
  return tree.leaves.map((leaf) => {
    const { sheets, terms } = profiles.get(leaf.code) ?? { sheets: 0, terms: new Map<string, number>() };
    const named = new Map(terms);
    for (const term of termsOf(pathName(leaf))) named.set(term, (named.get(term) ?? 0) + 1);
    return { code: leaf.code, sheets: sheets + 1, terms: named };
  });
}
