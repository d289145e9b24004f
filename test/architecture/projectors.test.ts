/** A row that is folded from the trail is defined in one place, its projector: writers and verification both use it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';
import { projectors } from '../../src/main.js';

const source = join(packageRoot, 'src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.startsWith('web'))
  .map((path) => ({ path, text: readFileSync(join(source, path), 'utf8') }));

/** Writers of columns that no entry states, or of rows without entries. */
const unsaid = {
  sheet_class: ['sheet/classification/store/lessons.ts'],
  text_template: ['cases/assignment/store/text-template-store.ts'],
  upstream_sheet: ['channel/store/upstream-store.ts'],
  warning: ['measures/warning/store/warning-store.ts'],
};

/** Acts that still write rows besides the projector. The list may only get shorter: an outdated line fails, too. */
const left = {
  assessment_exclusion: ['measures/assessment/store/exclusion-store.ts'],
  assessment_exclusion_ruling: ['measures/assessment/store/exclusion-store.ts'],
  assessment_method_proposal: ['measures/assessment/store/method-store.ts'],
  assessment_method_ruling: ['measures/assessment/store/method-store.ts'],
  assessment_publication: ['measures/assessment/store/publication-store.ts'],
  assessment_publication_act: ['measures/assessment/store/publication-store.ts'],
  attachment: ['sheet/attachment/store/attachment-rows.ts'],
  calendar_notice: ['calendar/store/notice-store.ts'],
  channel_source: ['channel/store/source-store.ts'],
  definition: ['engine/deployment/deploy.ts'],
  emergency_mark: ['cases/intake/store/emergency-marks.ts'],
  event_subscription: [
    'channel/notification/subscriptions.ts',
    'channel/notification/store/subscription-store.ts',
  ],
  incident: ['engine/store/incident-store.ts'],
  notification_channel: ['channel/notification/store/channel-store.ts'],
  outbox: ['channel/outbox/store/outbox-store.ts'],
  person: [
    'identity/people.ts',
    'identity/setup.ts',
    'identity/sign-in.ts',
    'identity/store/person-store.ts',
  ],
  policy_proposal: ['law/policy/store/policy-store.ts'],
  policy_ruling: ['law/policy/store/policy-store.ts'],
  role_grant: ['identity/people.ts'],
  unit: ['identity/store/person-store.ts'],
  work_order: [
    'sheet/store/caller-rows.ts',
    'sheet/store/correct-place.ts',
    'sheet/store/correct-sheet.ts',
    'sheet/store/sheet-store.ts',
  ],
};

/** Entities by variable name. */
const entities = new Map(
  files.flatMap(({ text }) =>
    [...text.matchAll(/const (\w+): Entity<[^=]*?= \{\s*name: '(\w+)'/g)].map(
      ([, variable = '', table = '']) => [variable, table] as const,
    ),
  ),
);

function writtenIn(text: string): ReadonlySet<string> {
  const sql = [...text.matchAll(/\b(?:INSERT INTO|DELETE FROM|UPDATE) ([a-z_]+)\b/g)];
  const statements = sql.map(([, table = '']) => table);
  const byEntity = [
    ...text.matchAll(/\binsert(?:IfAbsent)?\(\s*transaction,\s*(\w+)/g),
    ...text.matchAll(/repository\((\w+)\)\s*\.(?:insert|update|delete\w*|save)\(/g),
  ].flatMap(([, variable = '']) => entities.get(variable) ?? []);
  return new Set([...statements, ...byEntity]);
}

describe('一行只有一个家：投影', () => {
  const projected = new Set(projectors.map(({ table }) => table));

  it('一张表一个投影', () => {
    expect(projectors.map(({ table }) => table)).to.have.length(projected.size);
  });

  it('别处没有写这些表的 SQL', () => {
    const found: Record<string, string[]> = {};
    for (const { path, text } of files)
      for (const table of writtenIn(text)) if (projected.has(table)) (found[table] ??= []).push(path);
    expect(found).to.deep.equal({ ...unsaid, ...left });
  });

  it('没有另外读出来对照的：不用中文的键拼一行', () => {
    const second = files.filter(
      ({ path, text }) =>
        /\/store\/compared-/.test(path) ||
        (/json_build_object\(\s*'[\u4e00-\u9fff]/.test(text) && path !== 'engine/store/differing-cases.ts'),
    );
    expect(second.map(({ path }) => path)).to.deep.equal([]);
  });
});
