/** Loads what `hotline regulation show` and `coverage` examine: catalogue, diagrams, official text. */
import { definitionOf, isDecisionXml, parseDiagram, sourcesInForce } from '../../engine/index.js';
import { civilDateOf, parseCivilDate } from '../../kernel/civil-date.js';
import { systemClock } from '../../kernel/index.js';
import { onlyLaw, type Law } from '../../kernel/law.js';
import { coverageOf, createCatalogues, regulationEntities } from '../../law/regulation/index.js';
import { shippedLaw, shippedOn, shippedScenarios, textOfVersion } from '../../law/regulation/index.js';
import type { CatalogueInForce, Coverage, LoadedText } from '../../law/regulation/index.js';
import { shippedDiagrams } from '../frame/diagram-files.js';

export interface Asked {
  /** True: uses the shipped diagrams and regulation, without a database. */
  readonly shipped?: boolean;
  readonly on?: string;
}

export interface Shown extends CatalogueInForce {
  readonly coverage: Coverage;
  /** The law of today, which has the city's names of its bodies. */
  readonly law: Law;
  /** Undefined if the text is not loaded or there is no database. */
  readonly official: LoadedText | undefined;
}

/** @throws {Refusal} `calendar.invalid` */
export async function regulationShown(verb: string, { shipped, on }: Asked): Promise<Shown> {
  if (on !== undefined) parseCivilDate(on);
  const today = civilDateOf(systemClock.now());
  const day = on ?? today;
  const law = shippedLaw(today);
  const { holding, sources, official } = shipped
    ? { holding: shippedOn(day), sources: [], official: undefined }
    : await inDatabase(verb, day, law);
  const definitions = await definitionsIn(sources.length > 0 ? sources : await shippedDiagrams());
  const coverage = coverageOf(holding.catalogue, definitions, shippedScenarios());
  return { ...holding, coverage, law, official };
}

/** Describes the version with its first and last day in force. */
export function versionInWords({ catalogue: { version }, until }: CatalogueInForce): string {
  const end = until === null ? '' : `，至 ${until} 止（这一天起由另一版取代，或者不再施行）`;
  return `${version.title} ${version.version} 版，自 ${version.inForceFrom} 起施行${end}`;
}

/** Diagrams in force; none before the first deployment. */
async function inDatabase(verb: string, day: string, law: Law) {
  const { databaseSettings, openDatabase } = await import('../../platform/database/index.js');
  const database = await openDatabase({
    applicationName: `hotline regulation ${verb}`,
    entities: regulationEntities,
    ...databaseSettings(),
  });
  try {
    return await database.transaction(async (transaction) => {
      const now = systemClock.now();
      const holding = await createCatalogues(onlyLaw(law)).on(transaction, day, now);
      return {
        holding,
        sources: (await sourcesInForce(transaction, now)).filter((source) => !isDecisionXml(source)),
        official: await textOfVersion(transaction, holding.catalogue.version),
      };
    });
  } finally {
    await database.close();
  }
}

async function definitionsIn(sources: readonly string[]) {
  return Promise.all(sources.map(async (source) => definitionOf(await parseDiagram(source))));
}
