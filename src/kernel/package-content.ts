/**
 * The one reader of a city's package: the city's own files, merged with those of the base that its
 * manifest (`regulation/city.json`) extends. Whole records merge by file and key, never parts of one.
 * Files are read without validation, which would load zod: each part's reader validates it.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { recordsOf, type Json, type Merging, type RecordOrigin } from './package-merge.js';
import { partsIn } from './package-parts.js';
import { manifestIn, manifestName, type Manifest } from './package-manifest.js';
import { cityPackage } from './package-root.js';
import { Refusal } from './refusal.js';

export type { RecordOrigin } from './package-merge.js';

/** A record as package lists name it: `messages/occasions/closed`, `processes/dispatch.dmn`. */
const recordOf = (path: string): string =>
  path.replace(/^regulation\/(?:catalogue\/(?:[^/]+\/)?)?(.*)\.json$/, '$1');

/** The base has one vocabulary for every version of a law. */
const baseOf = ({ folder, base }: Manifest, path: string): string | undefined =>
  base && folder !== base.folder
    ? join(base.folder, path.replace(/^regulation\/catalogue\/[^/]+\//, 'regulation/catalogue/'))
    : undefined;

/**
 * A JSON file of the package, merged.
 *
 * @param path below the package's folder: `regulation/messages.json`
 * @param note called with each record and where it comes from
 * @throws {Refusal} `package.invalid`: an invalid manifest; a record that the base has, too
 */
export function packageJson(
  path: string,
  root = cityPackage(),
  note: (origin: RecordOrigin) => void = () => undefined,
): unknown {
  const manifest = manifestIn(root);
  const [own, base] = [join(root, path), baseOf(manifest, path)];
  const read = (file: string): Json => JSON.parse(filled(readFileSync(file, 'utf8'), manifest)) as Json;
  if (base === undefined || !existsSync(base)) {
    const content = read(own);
    note({ record: recordOf(path), from: 'city', inBase: false });
    return content;
  }
  const merging: Merging = {
    keys: manifest.base?.records[recordOf(path)] ?? {},
    isReplaced: (record) => manifest.replaces.includes(record),
    isDropped: (record) => manifest.drops.includes(record),
    isLacking: lackingIn(manifest, recordOf(path)),
    note,
    refuse: (record, why) => refused(root, path, record, why),
  };
  return recordsOf(recordOf(path), read(base), existsSync(own) ? read(own) : undefined, merging);
}

/** Whether a record of the base belongs to a part that the city does not have. */
function lackingIn(manifest: Manifest, file: string): Merging['isLacking'] {
  const optional = Object.entries(manifest.base?.optional ?? {}).flatMap(([part, records]) =>
    records.filter((record) => record.startsWith(`${file}/`)).map((record) => [record, part] as const),
  );
  if (optional.length === 0) return () => false;
  const parts: readonly string[] = [...partsIn(manifest), ...purposesIn(manifest.folder)];
  const lacking = new Set(optional.flatMap(([record, part]) => (parts.includes(part) ? [] : [record])));
  return (record) => lacking.has(record);
}

/** A whole file of the package: the city's own, else the base's. @throws like `packageJson` */
export function packageText(
  path: string,
  root = cityPackage(),
  note: (origin: RecordOrigin) => void = () => undefined,
): string {
  const manifest = manifestIn(root);
  const [own, base] = [join(root, path), baseOf(manifest, path)];
  const read = (file: string): string => filled(readFileSync(file, 'utf8'), manifest);
  const shared = base !== undefined && existsSync(base) ? read(base) : undefined;
  const isOwn = existsSync(own);
  if (manifest.drops.includes(path)) throw refused(root, path, path, isOwn ? 'drops' : 'dropped');
  if (shared !== undefined && isOwn && !manifest.replaces.includes(path))
    throw refused(root, path, path, 'replaces');
  const text = isOwn || shared === undefined ? read(own) : shared;
  const isEqual = isOwn && shared === text;
  const inBase = shared !== undefined;
  note({ record: path, from: isOwn ? 'city' : 'base', inBase, ...(isEqual ? { equal: true } : {}) });
  return text;
}

/** Whether the package has the file: its own or the base's, and not dropped. */
export function packageHas(path: string, root = cityPackage()): boolean {
  const manifest = manifestIn(root);
  const base = baseOf(manifest, path);
  const has = existsSync(join(root, path)) || (base !== undefined && existsSync(base));
  return has && !manifest.drops.includes(recordOf(path));
}

/** Names of the files in a folder of the package, sorted: its own and the base's, without what it drops. */
export function packageFiles(folder: string, extension: string, root = cityPackage()): readonly string[] {
  const { drops } = manifestIn(root);
  return filesIn(folder, root).filter(
    (name) => name.endsWith(extension) && !drops.includes(recordOf(`${folder}/${name}`)),
  );
}

function filesIn(folder: string, root: string): readonly string[] {
  const own = join(root, folder);
  const base = baseOf(manifestIn(root), `${folder}/`);
  const shared = base !== undefined && existsSync(base) ? readdirSync(base) : undefined;
  const names = [...(shared && !existsSync(own) ? [] : readdirSync(own)), ...(shared ?? [])];
  return [...new Set(names)].filter((name) => name.includes('.') && name !== manifestName).sort();
}

/** Names of the versions of the regulation in the package, sorted. */
export const packageVersions = (root = cityPackage()): readonly string[] => {
  const { base, folder } = manifestIn(root);
  if (base?.folder === folder)
    throw new Refusal('package.invalid', `${base.key} 是基础包，不是一个城市的条例包`, {
      where: folder,
      remedy: `写一个城市的文件夹；它的清单里写 "extends": "${base.key}"`,
    });
  return readdirSync(join(root, 'regulation', 'catalogue')).sort();
};

/** One version of the regulation as one document, chapters in order. */
export function packageVersion(version: string, root = cityPackage()) {
  const folder = `regulation/catalogue/${version}`;
  const read = (file: string): unknown => packageJson(`${folder}/${file}`, root);
  const chapters = readdirSync(join(root, folder)).filter((file) => file.startsWith('chapter-'));
  return {
    version: read('version.json'),
    vocabulary: read('deeds.json'),
    measures: read('measures.json'),
    purposes: read('purposes.json'),
    legalBases: packageHas(`${folder}/legal-bases.json`, root) ? read('legal-bases.json') : [],
    chapters: chapters.sort().map(read),
  };
}

/**
 * What things are called in the city's law (`{caller}`), and the article on which something rests
 * (`{article:sheet}`, of the last version; nothing if the city does not have the purpose).
 */
const filled = (text: string, { titles, folder }: Manifest): string =>
  text.replaceAll(/\{(?:article:([a-z-]+)|([a-z][a-z0-9-]*))\}/g, (all, purpose?: string, name?: string) =>
    purpose === undefined
      ? Object.hasOwn(titles, name ?? '')
        ? (titles[name ?? ''] ?? all)
        : all
      : articleFor(purpose, folder),
  );

type Standing = readonly string[] | { readonly provisions?: readonly string[] };

/** The purposes of the last version. */
function standings(root: string): { readonly [purpose: string]: Standing } {
  const path = `regulation/catalogue/${packageVersions(root).at(-1) ?? ''}/purposes.json`;
  return (packageJson(path, root) as { readonly purposes: { readonly [key: string]: Standing } }).purposes;
}

const purposesIn = (root: string): readonly string[] => Object.keys(standings(root));

function articleFor(purpose: string, root: string): string {
  const standing = standings(root)[purpose] ?? [];
  const [article] = 'provisions' in standing ? (standing.provisions ?? []) : (standing as readonly string[]);
  return article ?? '';
}

/** All records of the package and whose they are, dropped ones too, by file. */
export function packageRecords(root = cityPackage()): readonly (RecordOrigin & { readonly file: string })[] {
  const { drops } = manifestIn(root);
  const folders = packageVersions(root).map((version) => `regulation/catalogue/${version}`);
  return [...folders, 'regulation', 'regulation/sources', 'processes'].flatMap((folder) =>
    filesIn(folder, root).flatMap((name) => {
      const file = `${folder}/${name}`;
      const found: RecordOrigin[] = [];
      if (name.endsWith('.json')) packageJson(file, root, (origin) => void found.push(origin));
      else if (drops.includes(file)) found.push({ record: file, from: 'dropped', inBase: true });
      else packageText(file, root, (origin) => void found.push(origin));
      return found.map((origin) => ({ file, ...origin }));
    }),
  );
}

const reasons = {
  replaces: {
    what: '基础包里也有，没有写进 replaces',
    remedy: (record: string) =>
      `要用本市的，在 regulation/${manifestName} 的 replaces 里写 "${record}"；要用基础包的，从这个文件里删去`,
  },
  drops: {
    what: '写进了 drops，本市又写了它',
    remedy: () => `从 regulation/${manifestName} 的 drops 里去掉，或者从这个文件里删去`,
  },
  dropped: {
    what: '写进了 drops，程序还要用它',
    remedy: () => `从 regulation/${manifestName} 的 drops 里去掉，或者不再引用它`,
  },
  twice: {
    what: '写了两次',
    remedy: () => '一个列表里 key 不能相同；删去一项，或者换一个 key',
  },
  unknown: {
    what: '基础包里没有，不能只写名称',
    remedy: () => '只写名称的，是基础包里有的记录，说明它的位置；本市的记录要写全',
  },
} as const;

function refused(root: string, path: string, record: string, why: keyof typeof reasons): Refusal {
  return new Refusal('package.invalid', `“${record}”${reasons[why].what}`, {
    where: join(root, path),
    remedy: reasons[why].remedy(record),
  });
}

/** The city's manifest. @throws {Refusal} `package.invalid` */
export const packageManifest = (root = cityPackage()): Manifest => manifestIn(root);
