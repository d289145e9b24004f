/** `hotline regulation print`: prints the published words beside the rules, for lawyers to sign. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { usePackage } from '../../kernel/package-root.js';
import { shippedPolicies } from '../../law/policy/index.js';
import {
  articleRows,
  readOfficialText,
  shippedCatalogues,
  shippedLaw,
  type ArticleRow,
} from '../../law/regulation/index.js';
import type { Answer } from '../frame/chinese-command.js';
import { openOutput } from '../frame/output-file.js';
import { readBytes } from '../frame/read-bytes.js';

export interface PrintOptions {
  readonly text: string;
  readonly out?: string;
  readonly package?: string;
}

/** Prints the official words beside the rules; a text that lacks an article or numbers it otherwise is refused. */
export async function print({ text: file, out, package: folder }: PrintOptions): Promise<Answer> {
  usePackage(folder);
  const bytes = await readBytes(file);
  const { text, catalogue } = readOfficialText(bytes, file, shippedCatalogues());
  const { title, version, inForceFrom } = catalogue.version;
  const law = shippedLaw(inForceFrom);
  const policies = new Map(
    shippedPolicies().all.map(({ key, label, value }) => [key, `“${label}”（${value}）`]),
  );
  const rows = articleRows(text, catalogue, { law, policyCalled: (key) => policies.get(key) ?? key });
  const data = { regulation: { title, version, inForceFrom }, rows };
  if (out === undefined) return { data, words: rows.map(inWords).join('\n\n') };
  const { officialDocx } = await import('../../cases/index.js');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const heading = `${title}：原文与规则对照`;
  const docx = await officialDocx(
    heading,
    [
      { part: 'title', text: heading },
      {
        part: 'text',
        text: `${version} 版，自 ${inForceFrom} 起施行。原文的文件：${basename(file)}，SHA-256 ${sha256}。政策所写的是随附的值。`,
      },
      {
        part: 'table',
        head: ['原文', '系统所用的规则'],
        rows: rows.map((row) => [[row.article, ...row.official].join('\n'), rulesOf(row).join('\n')]),
      },
      { part: 'text', text: '以上逐条核对，右边的规则与原文一致；不一致的，已写明是哪一条。' },
      ...['姓名', '日期', '签名'].map(
        (what) => ({ part: 'text', text: `${what}：${'_'.repeat(20)}` }) as const,
      ),
    ],
    law,
  );
  const output = await openOutput(out);
  try {
    await output.write(docx);
    await output.commit();
  } finally {
    await output.discard();
  }
  const rules = rows.reduce((sum, row) => sum + row.rules.length, 0);
  return { data, words: `已写入 ${out}：《${title}》${version} 版 ${rows.length} 条，规则 ${rules} 项` };
}

const rulesOf = ({ rules, withoutNorm }: ArticleRow): string[] => [
  ...(withoutNorm === null ? [] : [`没有义务：${withoutNorm}`]),
  ...rules.flatMap(({ norm, at, lines }) => [`${norm} ${at}`, ...lines]),
];

const inWords = (row: ArticleRow): string =>
  [
    row.article,
    ...row.official.map((words) => `  原文：${words}`),
    ...rulesOf(row).map((line) => `  ${line}`),
  ].join('\n');
