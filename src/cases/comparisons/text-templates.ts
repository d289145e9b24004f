/** Text templates that units share, against the entries that saved them. */
import { comparedTextTemplates, textTemplateTables } from '../assignment/index.js';
import { say } from './gathered.js';
import { onOneStream } from './one-stream.js';

export const textTemplatesComparison = onOneStream({
  stream: 'text-templates',
  tables: textTemplateTables,
  takes: (type) => type.startsWith('text-template.'),
  rows: comparedTextTemplates,
  add: ({ text_template: rows }, entry) => {
    if (entry.type !== 'text-template.saved' && entry.type !== 'text-template.removed') return;
    const { unit, name, field, class: code, sha256, actor } = entry.body;
    const row = `${unit} ${name}`;
    if (entry.type === 'text-template.removed') rows.delete(row);
    else say(rows, row, { 文字: sha256, 栏: field, 分类: code, 谁: actor }, entry);
  },
});
