/** What people have loaded: official texts, classifications, boundaries of districts; against the entries of their loading. */
import { comparedTrees, treeTable } from '../../sheet/classification/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { comparedOfficialTexts, sameAsFile, textTable } from '../../law/regulation/index.js';
import { warningStream } from '../../measures/warning/index.js';
import { boundaryDigest, boundaryTable, readBoundaries } from '../../sheet/districts/index.js';
import { say } from './gathered.js';
import { onOneStream } from './one-stream.js';

export const officialTextsComparison = onOneStream({
  stream: 'regulation',
  tables: [textTable],
  takes: (type) => type === 'regulation.text-loaded',
  rows: async (transaction) =>
    (await comparedOfficialTexts(transaction)).map((row) => ({ table: textTable, ...row })),
  add: ({ [textTable]: rows }, entry) => {
    if (entry.type !== 'regulation.text-loaded') return;
    const { regulation, version, source, sha256, effectiveFrom, effectiveTo, actor } = entry.body;
    const before = [...rows.keys()].filter((name) => name.startsWith(`${regulation} ${version} `)).length;
    const facts = {
      ...{ 文件: sha256, 来源: source, 谁: actor, 施行自: effectiveFrom, 施行至: effectiveTo },
      条文: sameAsFile,
    };
    say(rows, `${regulation} ${version} 第 ${before + 1} 份`, facts, entry);
  },
});

export const treesComparison = onOneStream({
  stream: 'classification',
  tables: [treeTable],
  takes: (type) => type === 'classification.imported',
  rows: async (transaction) =>
    (await comparedTrees(transaction)).map((row) => ({ table: treeTable, ...row })),
  add: ({ [treeTable]: rows }, entry) => {
    if (entry.type !== 'classification.imported') return;
    const { version, title, sha256, content, actor } = entry.body;
    say(rows, `第 ${version} 版`, { 名称: title, 文件: sha256, 谁: actor, 内容: content }, entry);
  },
});

const allBoundaries = '全部边界';

export const boundariesComparison = onOneStream({
  stream: warningStream,
  tables: [boundaryTable],
  takes: (type) => type === 'districts.loaded',
  rows: async (transaction: Transaction) => {
    const boundaries = await readBoundaries(transaction);
    if (boundaries.length === 0) return [];
    return [{ table: boundaryTable, name: allBoundaries, facts: { 内容: boundaryDigest(boundaries) } }];
  },
  add: ({ [boundaryTable]: rows }, entry) => {
    if (entry.type === 'districts.loaded') say(rows, allBoundaries, { 内容: entry.body.content }, entry);
  },
});
