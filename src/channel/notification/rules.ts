/** Notification rules: `regulation/notifications.json`, read and checked at start. */
import { z } from 'zod';
import { Refusal } from '../../kernel/index.js';
import { packageJson } from '../../kernel/package-content.js';

/**
 * `unit-of-case`: handling unit of the work order; `role-of-task`: performers of the opened task; `superior-of:ROLE`: the
 * body above the one that does the role's tasks in this case.
 */
const to = z.union([
  z.enum(['unit-of-case', 'role-of-task']),
  z.templateLiteral(['role:', z.string().min(1)]),
  z.templateLiteral(['superior-of:', z.string().min(1)]),
]);

/** Permitted placeholders; none holds personal data. */
const templateOf = (...names: readonly string[]) =>
  z
    .string()
    .min(1)
    .refine((text) => [...text.matchAll(/\{(.*?)\}/g)].every(([, name = '']) => names.includes(name)), {
      error: `只能用 ${names.map((name) => `{${name}}`).join('、')}`,
    });
const template = templateOf('workOrder', 'name', 'at');
const inWarning = templateOf('place', 'spot', 'matter', 'count', 'since', 'at');

const texts = z.strictObject({ title: template, text: template });
const rule = texts.extend({ to: z.array(to).min(1) });
/** `{body}`: the body of the first notified role; `{superior}`: the body above it. */
const ofBody = templateOf('workOrder', 'name', 'at', 'body', 'superior');
const levelRule = z.strictObject({ title: ofBody, text: ofBody, to: z.array(to).min(1) });

/** `{source}`: the upstream hotline; `{due}`: its limit. */
const ofUpstream = templateOf('workOrder', 'source', 'due', 'at');
const upstreamRule = z.strictObject({ title: ofUpstream, text: ofUpstream, to: z.array(to).min(1) });
/** `{law}`: the law that now binds the case. A case without a unit notifies the roles. */
const ofLaw = templateOf('workOrder', 'law', 'at');
const lawRule = z.strictObject({ title: ofLaw, text: ofLaw, to: z.array(to).min(1) });
/** `{channels}`: names in the table of channels. */
const ofEmergency = templateOf('workOrder', 'at', 'channels');
const emergencyRule = z.strictObject({ title: ofEmergency, text: ofEmergency, to: z.array(to).min(1) });

/** Warnings have neither unit nor task, only duties. */
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
  'repeat-spot': warning,
});

/** `revoked`: sent to the recipients of the level; `{name}` is the level's title. */
const rules = z.strictObject({
  task: rule,
  revoked: texts,
  /** Rule for a stuck timer; `{name}` is the stuck element. */
  incident: rule,
  /** Rule for a proposal to change a stuck case. */
  proposal: rule,
  levels: z.record(z.string(), levelRule),
  /** Rules for acts of callers on their page. */
  callers: z.strictObject({ added: rule, urged: rule, rated: rule.optional() }),
  /** Rules for the limit of the upstream hotline that sent the sheet. */
  upstream: z.strictObject({ near: upstreamRule, passed: upstreamRule }),
  /** Rules for a running case when a new version of the law comes into force: whether it binds the case. */
  law: z.strictObject({ applied: lawRule, kept: lawRule }),
  /** Rules for a possible emergency: in a request that waits to be registered, or in a caller's addition. */
  emergency: z.strictObject({ 'at-receipt': emergencyRule, 'in-addition': emergencyRule }),
  /** Undefined in a city without early warning. */
  warnings: warnings.optional(),
});

export type NotificationRule = z.infer<typeof rule>;
export type NotificationRules = z.infer<typeof rules>;

const file = 'regulation/notifications.json';

/** @param content default: the package's. @throws {Refusal} `file.unreadable`, saying what is wrong */
export function readRules(content?: unknown): NotificationRules {
  try {
    return rules.parse(content ?? packageJson(file));
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    const what =
      cause instanceof z.ZodError
        ? cause.issues.map(({ path, message }) => `${path.join('.')}：${message}`).join('；')
        : String(cause);
    throw new Refusal('file.unreadable', `通知规则 ${file} 不能用：${what}`, {
      remedy: '写法见 docs/notifications.md',
      cause,
    });
  }
}
