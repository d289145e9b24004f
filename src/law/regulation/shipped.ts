/** Catalogues shipped in `regulation/catalogue/`: one folder per version, one file per chapter. */
import { basename, join } from 'node:path';
import { z } from 'zod';
import { Refusal } from '../../kernel/index.js';
import {
  packageFiles,
  packageJson,
  packageVersion,
  packageVersions,
  partsReference,
} from '../../kernel/package-content.js';
import { cityPackage } from '../../kernel/package-root.js';
import { reasonOf } from '../../kernel/reason-of.js';
import { readSheetLists, readUnitKinds } from '../../kernel/package-lists.js';
import { shippedLaws } from './shipped-laws/index.js';
import { assertSourcesAgree } from './sources/shipped.js';
import { catalogueOf, contradictoryLimits, type Catalogue, type ScenarioProvisions } from './model/index.js';

const folderIn = (root: string): string => join(root, 'regulation', 'catalogue');

/** Each shipped version as one document. */
export const shippedContents = (root = cityPackage()): unknown[] =>
  packageVersions(root).map((version) => packageVersion(version, root));

/** @throws {Refusal} `package.invalid` that names the file with the first fault */
function catalogueIn(version: string, root: string): Catalogue {
  const content = packageVersion(version, root);
  try {
    return catalogueOf(content);
  } catch (error) {
    const { cause, message } = error as Error;
    if (!(cause instanceof z.ZodError)) throw error;
    const [[part = '', at = 0] = []] = cause.issues.map(({ path }) => path);
    const chapter = (content.chapters[Number(at)] as { readonly chapter?: unknown } | undefined)?.chapter;
    const name =
      part === 'chapters' ? `chapter-${String(chapter)}` : (partFiles[String(part)] ?? String(part));
    const where = `regulation/catalogue/${version}/${name}.json`;
    const remedy = `照上面说的改；各项可以写什么见 ${partsReference}`;
    throw new Refusal('package.invalid', message, { where, remedy, cause });
  }
}

/** Parts of a version that are not in a file of their own name. */
const partFiles: Readonly<Record<string, string>> = { vocabulary: 'deeds', legalBases: 'legal-bases' };

/** Cached by folder, because a package's files do not change while a program runs. */
const known = new Map<string, readonly Catalogue[]>();

/** @throws {Error} if a file is wrong; {Refusal} `package.invalid` if they belong to several regulations */
export function shippedCatalogues(root = cityPackage()): readonly Catalogue[] {
  const before = known.get(root);
  if (before) return before;
  const read = packageVersions(root).map((version) => catalogueIn(version, root));
  const keys = [...new Set(read.map(({ version }) => version.key))];
  if (keys.length > 1)
    throw new Refusal('package.invalid', `条例包里有 ${keys.length} 部条例：${keys.join('、')}`, {
      where: folderIn(root),
      remedy: '一个条例包是一个城市的一部条例，可以有几版；把别的移到它自己的包里',
    });
  const wrong = read.flatMap(contradictoryLimits);
  if (wrong.length > 0) throw new Error(`条例目录前后不合：\n${wrong.join('\n')}`);
  known.set(root, read);
  return read;
}

/**
 * The shipped version in force on the day; the first one for earlier days.
 *
 * @param day `YYYY-MM-DD` in Asia/Shanghai
 */
export function shippedCatalogue(day: string, root = cityPackage()): Catalogue {
  const inTurn = shippedCatalogues(root).toSorted((one, other) =>
    one.version.inForceFrom.localeCompare(other.version.inForceFrom),
  );
  const inForce = inTurn.filter(
    ({ version: { inForceFrom, inForceTo } }) =>
      inForceFrom <= day && (inForceTo === null || day < inForceTo),
  );
  return inForce.at(-1) ?? inTurn[0] ?? catalogueOf(undefined);
}

/**
 * Called before the rest of the program is loaded, because much of it cites the law when loading.
 *
 * @throws {Refusal} `package.invalid` if the package's catalogue, or its kinds and channels, cannot
 * be read
 */
export function assertCatalogueReadable(): void {
  readable('条例目录', folderIn(cityPackage()), () => {
    shippedCatalogues();
  });
  const lists = join(cityPackage(), 'regulation');
  readable('诉求类别和渠道', join(lists, 'sheet.json'), () => {
    readSheetLists();
  });
  readable('单位的种类', join(lists, 'units.json'), () => {
    readUnitKinds();
    shippedLaws();
  });
  readable('各级来源', join(lists, 'sources.json'), () => assertSourcesAgree(shippedCatalogues()));
}

function readable(what: string, where: string, read: () => void): void {
  try {
    read();
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw new Refusal('package.invalid', `${what}：${reasonOf(cause)}`, {
      where,
      remedy:
        '条例包是里面有 regulation/ 和 processes/ 的文件夹（docs/package.md）；用 npx hotline package check 核对',
      cause,
    });
  }
}

const scenarioSchema = z.looseObject({ title: z.string(), provisions: z.array(z.string()).default([]) });

/** Shipped scenarios (`processes/scenarios`) with their provisions. */
export function shippedScenarios(): ScenarioProvisions[] {
  const folder = 'processes/scenarios';
  return packageFiles(folder, '.json').map((file) => {
    const { title, provisions } = scenarioSchema.parse(packageJson(`${folder}/${file}`));
    return { name: basename(file, '.json'), title, provisions };
  });
}
