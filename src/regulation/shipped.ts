/** The catalogue as shipped in `regulation/catalogue/`: one folder a version of the regulation, one file a chapter. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../kernel/package-root.js';
import { catalogueOf, type Catalogue, type ScenarioTold } from './model/index.js';

const folder = join(packageRoot, 'regulation', 'catalogue');

/** What each shipped version says, as one document. */
export const shippedContents = (): unknown[] =>
  readdirSync(folder)
    .sort()
    .map((version) => contentOf(join(folder, version)));

/** @throws {Error} where a shipped file is not as it must be: no input of a user's */
export const shippedCatalogues = (): Catalogue[] => shippedContents().map(catalogueOf);

/**
 * The one shipped that is in force on the day; the first of them for an earlier day.
 *
 * @param day `YYYY-MM-DD` in Asia/Shanghai
 */
export function shippedCatalogue(day: string): Catalogue {
  const inTurn = shippedCatalogues().sort((one, other) =>
    one.version.inForceFrom.localeCompare(other.version.inForceFrom),
  );
  const inForce = inTurn.filter(
    ({ version: { inForceFrom, inForceTo } }) =>
      inForceFrom <= day && (inForceTo === null || day < inForceTo),
  );
  return inForce.at(-1) ?? inTurn[0] ?? catalogueOf(undefined);
}

function contentOf(version: string): unknown {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(version, file), 'utf8'));
  const chapters = readdirSync(version).filter((file) => file.startsWith('chapter-'));
  return { version: read('version.json'), chapters: chapters.sort().map(read) };
}

const scenarioSchema = z.looseObject({ title: z.string(), provisions: z.array(z.string()).default([]) });

/** What each shipped scenario (`processes/scenarios`) is about, by name. */
export function shippedScenarios(): ScenarioTold[] {
  const scenarios = join(packageRoot, 'processes', 'scenarios');
  return readdirSync(scenarios)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const { title, provisions } = scenarioSchema.parse(
        JSON.parse(readFileSync(join(scenarios, file), 'utf8')),
      );
      return { name: basename(file, '.json'), title, provisions };
    });
}
