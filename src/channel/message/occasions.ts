/**
 * The occasions on which callers get messages, with the shipped texts: `regulation/messages.json`,
 * read and checked at start.
 */
import { z } from 'zod';
import { deedsIn, type ReadableEntry } from '../../accountability/events/index.js';
import { Refusal } from '../../kernel/index.js';
import { packageJson } from '../../kernel/package-content.js';
import { languages, type Language } from '../../sheet/index.js';
import { templateFault, type Template } from './template.js';

const occasion = z.strictObject({
  key: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  title: z.string().min(1),
  /** The policy that decides whether callers get the message: `on` or `off`. */
  policy: z.string().min(1),
  /** Deeds, or the entry that says which law now binds a running case. */
  on: z
    .array(
      z.union([
        z.strictObject({ deed: z.string().min(1) }),
        z.strictObject({ entry: z.enum(['regulation.applied', 'regulation.kept']) }),
      ]),
    )
    .min(1),
  /** True: only callers who asked for a reply get it. */
  wishesReply: z.boolean().default(false),
  /** True: only sent if the deed contains something that the caller may see. */
  needsAnswer: z.boolean().default(false),
  /** True: the template may contain the query code. */
  secret: z.boolean().default(false),
  /** True: the caller's receipt is attached to a mail. */
  receipt: z.boolean().default(false),
});

const template = z.strictObject({ subject: z.string().min(1), text: z.string().min(1) });

const file = z.strictObject({
  occasions: z.array(occasion),
  templates: z.record(z.string(), z.record(z.enum(languages), template)),
});

export type Occasion = z.output<typeof occasion>;

export interface Occasions {
  readonly all: readonly Occasion[];
  named(key: string): Occasion | undefined;
  shipped(occasion: Occasion, language: Language): Template;
  /** The occasions among the deeds of an entry. */
  of(entry: ReadableEntry): readonly Occasion[];
}

const path = 'regulation/messages.json';

/** @param content default: the package's. @throws {Refusal} `file.unreadable`, saying what is wrong */
export function readOccasions(content?: unknown): Occasions {
  try {
    return occasionsOf(file.parse(content ?? packageJson(path)));
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    const what =
      cause instanceof z.ZodError
        ? cause.issues.map(({ path: at, message }) => `${at.join('.')}：${message}`).join('；')
        : cause instanceof Error
          ? cause.message
          : String(cause);
    throw new Refusal('file.unreadable', `告知来电人的时机和文本 ${path} 不能用：${what}`, {
      remedy: '写法见 docs/notifications.md',
      cause,
    });
  }
}

function occasionsOf({ occasions: all, templates }: z.output<typeof file>): Occasions {
  for (const one of all) {
    for (const language of languages) {
      const given = templates[one.key]?.[language];
      const fault = given ? templateFault(given, one) : { field: 'text', why: '没有文本' };
      if (fault) throw new Error(`templates.${one.key}.${language}.${fault.field}：${fault.why}`);
    }
  }
  return {
    all,
    named: (key) => all.find((one) => one.key === key),
    shipped: ({ key }, language) => templates[key]?.[language] ?? { subject: '', text: '' },
    of: (entry) => {
      const done = new Set(deedsIn(entry).map(({ name }) => name));
      return all.filter(({ on }) =>
        on.some((one) => ('deed' in one ? done.has(one.deed) : one.entry === entry.type)),
      );
    },
  };
}
