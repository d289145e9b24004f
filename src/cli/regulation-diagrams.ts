/** What the verbs of `hotline regulation` share: the catalogue, the diagrams it is held against, the official text. */
import type { Catalogue, Coverage, LoadedText } from '../regulation/index.js';

export const regulationGroup = ['regulation', '条例:逐条的义务、履行它们的环节'] as const;

export interface Shown {
  readonly catalogue: Catalogue;
  readonly coverage: Coverage;
  /** Undefined where none has been loaded, or nobody asked the database. */
  readonly official: LoadedText | undefined;
}

/** @param shipped the diagrams of the program, without asking the database which are in force */
export async function regulationShown(verb: string, shipped: boolean | undefined): Promise<Shown> {
  const { coverageOf, shippedCatalogue, shippedScenarios } = await import('../regulation/index.js');
  const catalogue = shippedCatalogue();
  const { sources, official } = shipped
    ? { sources: [], official: undefined }
    : await inDatabase(verb, catalogue.version);
  const definitions = await definitionsIn(sources.length > 0 ? sources : await shippedDiagrams());
  return { catalogue, coverage: coverageOf(catalogue, definitions, shippedScenarios()), official };
}

/** The diagrams in force now; none where nothing has been deployed yet. */
async function inDatabase(verb: string, version: Catalogue['version']) {
  const { textOfVersion } = await import('../regulation/index.js');
  const { sourcesInForce } = await import('../engine/index.js');
  const { systemClock } = await import('../kernel/index.js');
  const { databaseSettings, openDatabase } = await import('../persistence/index.js');
  const database = await openDatabase({
    applicationName: `hotline regulation ${verb}`,
    ...databaseSettings(),
  });
  try {
    return await database.transaction(async (transaction) => ({
      sources: await sourcesInForce(transaction, systemClock.now()),
      official: await textOfVersion(transaction, version),
    }));
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
