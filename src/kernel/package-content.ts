/**
 * The one reader of a city's package: the city's own files, merged with those of the base that its
 * manifest (`regulation/city.json`) extends; a base may extend another one. Whole records merge by
 * file and key, never parts of one.
 * Files are read without validation, which would load zod: each part's reader validates it.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expandFragments, hasFragments } from './diagram-fragment.js';
import { fitDiagram, isFitted, type FittingLaw } from './diagram-fit.js';
import { fittingLaw } from './fitting-law.js';
import { recordsOf, withoutDeeds, type Json, type Merging, type RecordOrigin } from './package-merge.js';
import { isBase, manifestIn, manifestName, type Manifest } from './package-manifest.js';
import { partsIn } from './package-parts.js';
import { cityPackage } from './package-root.js';
import { Refusal } from './refusal.js';

export type { RecordOrigin } from './package-merge.js';

/** A record as package lists name it: `messages/occasions/closed`, `processes/dispatch.dmn`. */
const recordOf = (path: string): string =>
  path.replace(/^regulation\/(?:catalogue\/(?:[^/]+\/)?)?(.*)\.json$/, '$1');

/** The base has one vocabulary for every version of a law. */
const inBase = (path: string): string =>
  path.replace(/^regulation\/catalogue\/[^/]+\//, 'regulation/catalogue/');

/** Fills the placeholders of a text. */
type Fill = (text: string) => string;

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
  const content = withEarlier(
    path,
    manifest,
    jsonOf(path, manifest, (text) => titled(text, manifest), note),
  );
  const text = JSON.stringify(content) ?? '';
  return isCiting(text) && !isBase(manifest.key)
    ? (JSON.parse(cited(text, manifest.folder)) as unknown)
    : content;
}

/** Lists that cases under the earlier law still need: who may act in them, and which messages are sent. */
const ofRunningCases: ReadonlySet<string> = new Set(
  ['messages', 'notifications', 'policies', 'radar', 'roles'].map((name) => `regulation/${name}.json`),
);

/** With the records that only the package before has. */
function withEarlier(path: string, manifest: Manifest, content: Json | undefined): Json | undefined {
  const { follows } = manifest;
  if (!follows || content === undefined || !ofRunningCases.has(path)) return content;
  return recordsOf(recordOf(path), packageJson(path, follows.folder) as Json, content, {
    keys: manifest.records[recordOf(path)] ?? {},
    isReplaced: () => false,
    isDropped: () => false,
    isLacking: () => false,
    isLater: true,
    note: () => undefined,
    refuse: (record, why) => refused(manifest.folder, path, record, why),
  });
}

function jsonOf(
  path: string,
  manifest: Manifest,
  fill: Fill,
  note: (origin: RecordOrigin) => void,
): Json | undefined {
  const { base, folder } = manifest;
  const read = (file: string): Json => readJson(file, path, fill);
  const own = join(folder, path);
  if (!base || !hasFile(base, inBase(path))) {
    const content = read(own);
    note({ record: recordOf(path), from: 'city', inBase: false });
    return content;
  }
  const isPurposes = recordOf(path) === 'purposes';
  const lacking = isPurposes ? new Set<string>() : lackingIn(manifest);
  const merging: Merging = {
    keys: base.records[recordOf(path)] ?? {},
    isReplaced: (record) => manifest.replaces.includes(record),
    isDropped: (record) => manifest.drops.includes(record),
    isLacking: (record) => lacking.has(record),
    note,
    refuse: (record, why) => refused(folder, path, record, why),
  };
  const whole = jsonOf(inBase(path), base, fill, () => undefined);
  if (whole === undefined) return existsSync(own) ? read(own) : undefined;
  // A source keeps what it demands; the city is told what it lacks.
  const isSource = recordOf(path).startsWith('sources/');
  const shared = isSource ? whole : withoutDeeds(whole, deedsAmong([...manifest.drops, ...lacking]));
  return recordsOf(recordOf(path), shared, existsSync(own) ? read(own) : undefined, merging);
}

/** Records of the base that belong to a part which the city does not have. */
function lackingIn(manifest: Manifest): ReadonlySet<string> {
  const optional = Object.entries(manifest.base?.optional ?? {});
  if (optional.length === 0 || isBase(manifest.key)) return new Set();
  const parts: readonly string[] = [...partsIn(manifest), ...purposesIn(manifest.folder)];
  return new Set(optional.flatMap(([part, records]) => (parts.includes(part) ? [] : records)));
}

const deedsAmong = (records: Iterable<string>): ReadonlySet<string> =>
  new Set([...records].flatMap((record) => /^deeds\/deeds\/(.+)$/.exec(record)?.[1] ?? []));

/** @throws {Refusal} `package.invalid` that names the file */
function readJson(file: string, where: string, fill: Fill): Json {
  try {
    return JSON.parse(fill(readFileSync(file, 'utf8'))) as Json;
  } catch (cause) {
    const isLost = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    if (!isLost && !(cause instanceof SyntaxError)) throw cause;
    const why = isLost ? '没有这个文件' : `不是合格的 JSON（${(cause as Error).message}）`;
    const remedy = isLost ? `写上它；各项见 ${partsReference}` : '请检查引号、逗号和括号';
    throw new Refusal('package.invalid', `${where}：${why}`, { where, remedy, cause });
  }
}

/** What each file of a package may contain. */
export const partsReference = 'docs/reference/package.md';

/** A whole file of the package: the city's own, else the base's. @throws like `packageJson` */
export function packageText(
  path: string,
  root = cityPackage(),
  note: (origin: RecordOrigin) => void = () => undefined,
): string {
  const manifest = manifestIn(root);
  const text = textOf(path, manifest, (one) => titled(one, manifest), note);
  if (path.startsWith(fragmentFolder)) return text;
  const whole = withFragments(text, join(manifest.folder, path), root);
  const fitted = isFitted(whole) ? fitDiagram(whole, lawOf(root)) : whole;
  return cited(fitted, manifest.folder);
}

const fragmentFolder = 'processes/fragments';
const fragmentPath = (name: string): string => `${fragmentFolder}/${name}.bpmn`;

/** A diagram with its fragments expanded, of the package's. @throws {Refusal} `package.invalid` */
export function withFragments(text: string, where: string, root = cityPackage()): string {
  if (!hasFragments(text)) return text;
  const textOf = (name: string): string | undefined =>
    packageHas(fragmentPath(name), root) ? packageText(fragmentPath(name), root) : undefined;
  return expandFragments(text, where, { names: packageFragments(root), textOf });
}

/** Names of the fragments that the package's diagrams can use, sorted. */
export const packageFragments = (root = cityPackage()): readonly string[] =>
  packageFiles(fragmentFolder, '.bpmn', root).map((file) => file.replace(/\.bpmn$/, ''));

function textOf(
  path: string,
  { base, folder, drops, replaces }: Manifest,
  fill: Fill,
  note: (origin: RecordOrigin) => void,
): string {
  const own = join(folder, path);
  const shared = base && hasFile(base, path) ? textOf(path, base, fill, () => undefined) : undefined;
  const isOwn = existsSync(own);
  if (drops.includes(path)) throw refused(folder, path, path, isOwn ? 'drops' : 'dropped');
  if (shared !== undefined && isOwn && !replaces.includes(path))
    throw refused(folder, path, path, 'replaces');
  const text = isOwn || shared === undefined ? fill(readFileSync(own, 'utf8')) : shared;
  const isEqual = isOwn && shared === text;
  note({
    record: path,
    from: isOwn ? 'city' : 'base',
    inBase: shared !== undefined,
    ...(isEqual ? { equal: true } : {}),
  });
  return text;
}

/** Whether the package has the file: its own or the base's, and not dropped. */
export const packageHas = (path: string, root = cityPackage()): boolean => hasFile(manifestIn(root), path);

const hasFile = ({ base, folder, drops }: Manifest, path: string): boolean =>
  !drops.includes(recordOf(path)) &&
  (existsSync(join(folder, path)) || (base !== undefined && hasFile(base, inBase(path))));

/** Names of the files in a folder of the package, sorted: its own and the base's, without what it drops. */
export function packageFiles(folder: string, extension: string, root = cityPackage()): readonly string[] {
  const manifest = manifestIn(root);
  return filesIn(folder, manifest).filter(
    (name) => name.endsWith(extension) && !manifest.drops.includes(recordOf(`${folder}/${name}`)),
  );
}

function filesIn(folder: string, { base, folder: root, key }: Manifest): readonly string[] {
  const own = join(root, folder);
  const shared = base && filesIn(inBase(`${folder}/`).replace(/\/$/, ''), base);
  const kept = shared?.filter((name) => !base?.drops.includes(recordOf(`${folder}/${name}`))) ?? [];
  const mayLack = isBase(key) || kept.length > 0 || folder === fragmentFolder;
  const names = [...(mayLack && !existsSync(own) ? [] : readdirSync(own)), ...kept];
  return [...new Set(names)].filter((name) => name.includes('.') && name !== manifestName).sort();
}

/** The law of the last version, as far as diagrams ask for it. */
const lawOf = (root: string): FittingLaw =>
  fittingLaw(
    packageVersion(packageVersions(root).at(-1) ?? '', root),
    packageJson('regulation/sheet.json', root),
    (key) => packageHas(`processes/${key}.bpmn`, root),
  );

/** Names of the versions of the regulation, in order: those of the package before, then its own. */
export const packageVersions = (root = cityPackage()): readonly string[] => {
  const { follows } = manifestIn(root);
  return [...(follows ? packageVersions(follows.folder) : []), ...ownVersions(root)];
};

/** Names of the package's own versions, sorted. @throws {Refusal} `package.invalid`: it is a base */
const ownVersions = (root: string): readonly string[] => {
  const { key, folder } = manifestIn(root);
  if (isBase(key))
    throw new Refusal('package.invalid', `${key} 是基础包，不是一个城市的条例包`, {
      where: folder,
      remedy: `写一个城市的文件夹；它的清单里写 "extends": "${key}"`,
    });
  return readdirSync(join(root, 'regulation', 'catalogue')).sort();
};

interface PackageOfLaw {
  readonly root: string;
  /** First day of its law; undefined if it has begun. */
  readonly from?: string;
}

/** The package whose diagrams and lists belong to the law of the day (`YYYY-MM-DD`), then those to come. */
export function packagesFrom(day: string, root = cityPackage()): readonly [PackageOfLaw, ...PackageOfLaw[]] {
  const { follows } = manifestIn(root);
  if (follows === undefined) return [{ root }];
  const from = firstDay(root);
  return from <= day ? [{ root }] : [...packagesFrom(day, follows.folder), { root, from }];
}

/** The folder of the package of the law of the day. */
export const packageOn = (day: string, root = cityPackage()): string => packagesFrom(day, root)[0].root;

/** First day of the package's own law: `YYYY-MM-DD`. */
export const firstDay = (root = cityPackage()): string =>
  ownVersions(root)
    .map((version) => packageJson(`regulation/catalogue/${version}/version.json`, root))
    .map((version) => (version as { readonly inForceFrom: string }).inForceFrom)
    .sort()[0] ?? '';

/** One version of the regulation as one document, chapters in order. */
export function packageVersion(version: string, root = cityPackage()): PackageVersion {
  const { follows } = manifestIn(root);
  if (follows && !ownVersions(root).includes(version)) return packageVersion(version, follows.folder);
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

interface PackageVersion {
  readonly version: unknown;
  readonly vocabulary: unknown;
  readonly measures: unknown;
  readonly purposes: unknown;
  readonly legalBases: unknown;
  readonly chapters: readonly unknown[];
}

/** What things are called in the city's law: `{caller}`. */
const titled = (text: string, { titles }: Manifest): string =>
  text.replaceAll(/\{([a-z][a-z0-9-]*)\}/g, (all, name: string) =>
    Object.hasOwn(titles, name) ? (titles[name] ?? all) : all,
  );

/** The article on which something rests: `{article:sheet}`, of the last version. */
const cited = (text: string, folder: string): string =>
  text.replaceAll(citation, (_, purpose: string) => articleFor(purpose, folder));

const citation = /\{article:([a-z-]+)\}/g;
const isCiting = (text: string): boolean => text.includes('{article:');

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
  const manifest = manifestIn(root);
  const { drops } = manifest;
  const folders = ownVersions(root).map((version) => `regulation/catalogue/${version}`);
  return [...folders, 'regulation', 'regulation/sources', 'processes', fragmentFolder].flatMap((folder) =>
    filesIn(folder, manifest).flatMap((name) => {
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
