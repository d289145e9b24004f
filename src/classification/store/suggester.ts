/**
 * Suggestions learned from past sheets. Learning runs in small batches; each sheet is counted once across all programs.
 */
import type { Database, Transaction } from '../../persistence/index.js';
import { systemClock, type Clock } from '../../kernel/index.js';
import { termsOf } from '../evidence.js';
import { buildModel, type Model, type Profile, type Suggestion } from '../model.js';
import { updatedProfile } from '../profile.js';
import { pathName, type ClassTree } from '../tree.js';

export interface Suggester {
  /** Best first, only leaves. The model may be up to a minute old; a stale one is refreshed in the background. */
  suggest(tree: ClassTree, title: string, text: string, most: number): Promise<readonly Suggestion[]>;
  /** Counts sheets not counted yet and updates the model. */
  learn(tree: ClassTree): Promise<void>;
}

const learnEvery = 60_000;
const batch = 200;

export function createSuggester(deps: { readonly database: Database; readonly clock: Clock }): Suggester {
  const profiles = new Map<string, Profile>();
  let revision = '0';
  let known: { readonly tree: ClassTree; readonly model: Model } | undefined;
  let learnedAt = Number.NEGATIVE_INFINITY;
  let learning: Promise<void> | undefined;

  const takeIn = async (tree: ClassTree): Promise<void> => {
    for (;;) if ((await deps.database.transaction(learnBatch)) < batch) break;
    const rows = await deps.database.transaction((transaction) => changedProfiles(transaction, revision));
    for (const { code, sheets, terms } of rows) {
      profiles.set(code, { code, sheets, terms: new Map(Object.entries(terms)) });
    }
    revision = rows.at(-1)?.revision ?? revision;
    if (rows.length === 0 && known?.tree === tree) return;
    known = { tree, model: await buildInSlices(buildModel(profilesFor(tree, profiles))) };
  };
  // Serialised: two at once would load the same rows twice.
  const learn = (tree: ClassTree): Promise<void> => {
    learnedAt = deps.clock.now().getTime();
    const mine = (learning ?? Promise.resolve()).catch(() => undefined).then(() => takeIn(tree));
    learning = mine;
    return mine;
  };

  return {
    learn,
    suggest: async (tree, title, text, most) => {
      // The clock may be set back.
      const stale = Math.abs(deps.clock.now().getTime() - learnedAt) >= learnEvery;
      if (known?.tree !== tree) await learn(tree);
      // Database errors also show in the request's own queries; learning is tried again.
      else if (stale) learn(tree).catch(() => (learnedAt = Number.NEGATIVE_INFINITY));
      return known?.model.suggest(title, text, most) ?? [];
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

interface ProfileRow {
  readonly code: string;
  readonly sheets: number;
  readonly terms: { readonly [term: string]: number };
}

async function changedProfiles(
  transaction: Transaction,
  after: string,
): Promise<(ProfileRow & { readonly revision: string })[]> {
  return transaction.query(
    `SELECT code, sheets, terms, revision::text AS revision FROM class_profile
      WHERE revision > $1::bigint ORDER BY class_profile.revision`,
    [after],
  );
}

/** Classes without sheets are known by their own name and their parents' names. */
function profilesFor(tree: ClassTree, profiles: ReadonlyMap<string, Profile>): Profile[] {
  return tree.leaves.map((leaf) => {
    const { sheets, terms } = profiles.get(leaf.code) ?? { sheets: 0, terms: new Map<string, number>() };
    const named = new Map(terms);
    for (const term of termsOf(pathName(leaf))) named.set(term, (named.get(term) ?? 0) + 1);
    return { code: leaf.code, sheets: sheets + 1, terms: named };
  });
}

interface Lesson {
  readonly code: string;
  readonly before: string | null;
  readonly title: string;
  readonly content: string;
}

/** @returns how many sheets were counted. Of a reclassified sheet the earlier class is uncounted. */
async function learnBatch(transaction: Transaction): Promise<number> {
  const lessons = await transaction.query<Lesson>(
    `WITH taken AS (
       UPDATE sheet_class SET learned = true WHERE id IN (
         SELECT id FROM sheet_class WHERE NOT learned ORDER BY id LIMIT $1::int FOR UPDATE SKIP LOCKED)
       RETURNING id, work_order, code)
     SELECT t.code, w.title, w.content,
            (SELECT p.code FROM sheet_class p WHERE p.work_order = t.work_order AND p.id < t.id
              ORDER BY p.id DESC LIMIT 1) AS before
       FROM taken t JOIN sheet_overview w ON w.no = t.work_order ORDER BY t.id`,
    [batch],
  );
  if (lessons.length === 0) return 0;
  const codes = [
    ...new Set(lessons.flatMap(({ code, before }) => (before === null ? [code] : [code, before]))),
  ];
  // Fixed order, so that two programs do not deadlock.
  codes.sort();
  await transaction.query(
    `INSERT INTO class_profile (code, sheets, terms, revision)
     SELECT code, 0, '{}', 0 FROM unnest($1::text[]) AS n (code) ON CONFLICT DO NOTHING`,
    [codes],
  );
  const rows = await transaction.query<ProfileRow>(
    'SELECT code, sheets, terms FROM class_profile WHERE code = ANY($1::text[]) ORDER BY code FOR UPDATE',
    [codes],
  );
  const known = new Map<string, Profile>(
    rows.map(({ code, sheets, terms }) => [code, { code, sheets, terms: new Map(Object.entries(terms)) }]),
  );
  const teach = (code: string, text: string, by: 1 | -1): void => {
    const profile = known.get(code);
    if (profile) known.set(code, updatedProfile(profile, text, by));
  };
  for (const { code, before, title, content } of lessons) {
    if (before !== null) teach(before, `${title}\n${content}`, -1);
    teach(code, `${title}\n${content}`, 1);
  }
  await transaction.query(
    `UPDATE class_profile p
        SET sheets = n.sheets, terms = n.terms, revision = nextval('class_profile_revision')
       FROM json_to_recordset($1::json) AS n (code text, sheets int, terms json) WHERE p.code = n.code`,
    [
      JSON.stringify(
        [...known.values()].map(({ code, sheets, terms }) => ({
          code,
          sheets,
          terms: Object.fromEntries(terms),
        })),
      ),
    ],
  );
  return lessons.length;
}
