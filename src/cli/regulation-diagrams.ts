/** Shared by the `hotline regulation` commands: catalogue, diagrams, official text. */
import type { Command } from 'commander';
import type { Coverage, CatalogueInForce, LoadedText } from '../law/regulation/index.js';
import type { Law } from '../kernel/law.js';
import { group } from './group.js';

export const regulationGroup = ['regulation', '条例:逐条的义务、履行它们的环节'] as const;

export interface Asked {
  /** Uses the shipped diagrams and regulation, without a database. */
  readonly shipped?: boolean;
  readonly on?: string;
}

export interface AskedWithForm extends Asked {
  readonly json?: boolean;
}

/** Defines a command with the common options. */
export const regulationVerb = (program: Command, verb: string, description: string): Command =>
  group(program, ...regulationGroup)
    .command(verb)
    .description(description)
    .option('--shipped', '按程序附带的条例和流程图,不看数据库里现行的')
    .option('--on <日期>', '按哪一天施行的一版条例,例如 2026-12-01;不写是今天')
    .option('--json', '输出 JSON');

export interface Shown extends CatalogueInForce {
  readonly coverage: Coverage;
  /** The law of today: it has the city's names for its bodies. */
  readonly law: Law;
  /** Undefined if not loaded or without a database. */
  readonly official: LoadedText | undefined;
}

/** @throws {Refusal} `calendar.invalid` */
export async function regulationShown(verb: string, { shipped, on }: Asked): Promise<Shown> {
  const { coverageOf, shippedLaw, shippedOn, shippedScenarios } = await import('../law/regulation/index.js');
  const { civilDateOf, parseCivilDate } = await import('../kernel/civil-date.js');
  const { systemClock } = await import('../kernel/index.js');
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

/** The version with its first and last day in force. */
export function versionInWords({ catalogue: { version }, until }: CatalogueInForce): string {
  const end = until === null ? '' : `,至 ${until} 止(这一天起由另一版取代,或者不再施行)`;
  return `${version.title} ${version.version} 版,自 ${version.inForceFrom} 起施行${end}`;
}

/** Diagrams in force; none before the first deployment. */
async function inDatabase(verb: string, day: string, law: Law) {
  const { createCatalogues, regulationEntities, textOfVersion } = await import('../law/regulation/index.js');
  const { isDecisionXml, sourcesInForce } = await import('../engine/index.js');
  const { systemClock } = await import('../kernel/index.js');
  const { onlyLaw } = await import('../kernel/law.js');
  const { databaseSettings, openDatabase } = await import('../platform/database/index.js');
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

async function shippedDiagrams(): Promise<readonly string[]> {
  const files = await import('./diagram-files.js');
  return files.shippedDiagrams();
}

async function definitionsIn(sources: readonly string[]) {
  const { definitionOf, parseDiagram } = await import('../engine/index.js');
  return Promise.all(sources.map(async (source) => definitionOf(await parseDiagram(source))));
}
