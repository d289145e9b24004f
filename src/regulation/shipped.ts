/** The catalogue as shipped in `regulation/catalogue/`: one folder a version of the regulation, one file a chapter. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../kernel/package-root.js';
import { catalogueOf, type Catalogue } from './model/index.js';

const folder = join(packageRoot, 'regulation', 'catalogue');

/** @throws {Error} where a shipped file is not as it must be: no input of a user's */
function shippedCatalogues(): Catalogue[] {
  return readdirSync(folder)
    .sort()
    .map((version) => catalogueOf(contentOf(join(folder, version))));
}

/** The latest one shipped. */
export function shippedCatalogue(): Catalogue {
  const latest = shippedCatalogues().sort((one, other) =>
    one.version.inForceFrom.localeCompare(other.version.inForceFrom),
  );
  return latest.at(-1) ?? catalogueOf(undefined);
}

function contentOf(version: string): unknown {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(version, file), 'utf8'));
  const chapters = readdirSync(version).filter((file) => file.startsWith('chapter-'));
  return { version: read('version.json'), chapters: chapters.sort().map(read) };
}
