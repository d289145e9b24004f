/** Checks what the manifest of a package says of its base: names that exist, and records that differ. */
import { manifestName } from '../../kernel/package-manifest.js';
import { packageJson, packageManifest, packageRecords } from '../../kernel/package-content.js';
import type { PackageFinding } from './finding.js';

const where = `regulation/${manifestName}`;
/** As many as an officer reads. */
const mostNamed = 12;

export function manifestFindings(): PackageFinding[] {
  const { base, replaces, drops, titles } = packageManifest();
  if (!base) return [];
  const records = packageRecords();
  const of = (name: string) =>
    records.filter(({ record, inBase }) => inBase && (record === name || record.startsWith(`${name}/`)));
  const there = (name: string): string => {
    const inFile = records.filter(({ record, inBase }) => inBase && sameFile(record, name));
    const named = (inFile.length > 0 ? inFile : records.filter(({ inBase }) => inBase)).slice(0, mostNamed);
    return named.map(({ record }) => record).join('、');
  };
  return [
    ...[...replaces, ...drops]
      .filter((name) => of(name).length === 0)
      .map((name) =>
        error(`基础包 ${base.key} 里没有“${name}”`, `去掉它，或者改成有的，例如 ${there(name)}`),
      ),
    ...replaces
      .filter((name) => of(name).length > 0 && of(name).every(({ from }) => from === 'base'))
      .map((name) => error(`“${name}”写进了 replaces，本市没有写它`, '写出本市的，或者从 replaces 里去掉')),
    ...records.flatMap(({ file, record, equal }): PackageFinding[] =>
      equal
        ? [
            {
              ...{ severity: 'warning', where: file, what: `“${record}”与基础包的一样` },
              fix: `从这个文件和 ${where} 的 replaces 里删去，就用基础包的`,
            },
          ]
        : [],
    ),
    ...[...new Set(records.map(({ file }) => file))].filter(isFilledOnce).flatMap((file) =>
      unknownTitles(JSON.stringify(packageJson(file) ?? null)).map((name): PackageFinding => ({
        ...{ severity: 'error', where: file, what: `没有“${name}”这个称呼` },
        fix: `可以写的：${Object.keys(titles)
          .map((title) => `{${title}}`)
          .join('、')}，{article:sheet}`,
      })),
    ),
  ];
}

/** The program fills texts of the others again; each reader checks their names. */
const isFilledOnce = (file: string): boolean =>
  file.endsWith('.json') && !/\/(?:messages|notifications|radar)\.json$/.test(file);

const unknownTitles = (text: string): readonly string[] => [...new Set(text.match(/\{[a-z][a-z0-9:-]*\}/g))];

const sameFile = (record: string, name: string): boolean => record.split('/')[0] === name.split('/')[0];

const error = (what: string, fix: string): PackageFinding => ({ severity: 'error', where, what, fix });
