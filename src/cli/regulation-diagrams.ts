/** What the verbs of `hotline regulation` share: the catalogue with the diagrams that it is held against. */
import type { Catalogue, Coverage } from '../regulation/index.js';

export const regulationGroup = ['regulation', '条例:逐条的义务、履行它们的环节'] as const;

export interface Shown {
  readonly catalogue: Catalogue;
  readonly coverage: Coverage;
}

/** @param shipped the diagrams of the program, without asking the database which are in force */
export async function regulationShown(verb: string, shipped: boolean | undefined): Promise<Shown> {
  const { coverageOf, shippedCatalogue, shippedScenarios } = await import('../regulation/index.js');
  const catalogue = shippedCatalogue();
  const inForce = shipped ? [] : await inDatabase(verb);
  const definitions = await definitionsIn(inForce.length > 0 ? inForce : await shippedDiagrams());
  return { catalogue, coverage: coverageOf(catalogue, definitions, shippedScenarios()) };
}

/** What is in force now; nothing where nothing has been deployed yet. */
async function inDatabase(verb: string): Promise<readonly string[]> {
  const { sourcesInForce } = await import('../engine/index.js');
  const { systemClock } = await import('../kernel/index.js');
  const { databaseSettings, openDatabase } = await import('../persistence/index.js');
  const database = await openDatabase({
    applicationName: `hotline regulation ${verb}`,
    ...databaseSettings(),
  });
  try {
    return await database.transaction((transaction) => sourcesInForce(transaction, systemClock.now()));
  } finally {
    await database.close();
  }
}

async function shippedDiagrams(): Promise<readonly string[]> {
  const files = await import('./diagram-files.js');
  return files.shippedDiagrams();
}

async function definitionsIn(sources: readonly string[]) {
  const { definitionOf, parseDiagram } = await import('../engine/index.js');
  return Promise.all(sources.map(async (source) => definitionOf(await parseDiagram(source))));
}
