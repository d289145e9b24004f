/** Who is told what: `regulation/notifications.json`, read and checked once at the start. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Refusal } from '../kernel/index.js';
import { packageRoot } from '../kernel/package-root.js';

/** `unit-of-case`: the handling unit of the work order; `role-of-task`: who is to do the opened task. */
const to = z.union([
  z.enum(['unit-of-case', 'role-of-task']),
  z.templateLiteral(['role:', z.string().min(1)]),
]);

/** Only the named may be filled in: none of them holds personal data. */
const templateOf = (...names: readonly string[]) =>
  z
    .string()
    .min(1)
    .refine((text) => [...text.matchAll(/\{(.*?)\}/g)].every(([, name = '']) => names.includes(name)), {
      error: `只能用 ${names.map((name) => `{${name}}`).join('、')}`,
    });
const template = templateOf('workOrder', 'name', 'at');
const inWarning = templateOf('place', 'matter', 'count', 'since', 'at');

const texts = z.strictObject({ title: template, text: template });
const rule = texts.extend({ to: z.array(to).min(1) });

/** A warning has no unit and no task: it goes to duties. */
const warning = z.strictObject({
  title: inWarning,
  text: inWarning,
  to: z.array(z.templateLiteral(['role:', z.string().min(1)])).min(1),
});
const warnings = z.strictObject({
  rise: warning,
  burst: warning,
  'repeat-caller': warning,
  'repeat-place': warning,
});

/** Whoever is told of a level is told when it is `revoked`; `{name}` is then the title under which it was told. */
const rules = z.strictObject({ task: rule, revoked: texts, levels: z.record(z.string(), rule), warnings });

export type NotificationRule = z.infer<typeof rule>;
export type NotificationRules = z.infer<typeof rules>;

/** @throws {Refusal} `file.unreadable` naming what is wrong with the file */
export function readRules(file = join(packageRoot, 'regulation', 'notifications.json')): NotificationRules {
  try {
    return rules.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    const what =
      cause instanceof z.ZodError
        ? cause.issues.map(({ path, message }) => `${path.join('.')}:${message}`).join(';')
        : String(cause);
    throw new Refusal('file.unreadable', `通知规则 ${file} 不能用:${what}`, {
      remedy: '写法见 docs/notifications.md',
      cause,
    });
  }
}
