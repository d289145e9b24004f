/** Texts of messages to callers. Administrators change them; each change is a version and an entry of `channels`. */
import { writeOnce, type Trail } from '../../accountability/index.js';
import { Refusal, type Clock } from '../../kernel/index.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import { languages, type Language } from '../../sheet/index.js';
import type { Occasion, Occasions } from './occasions.js';
import { newestTemplate, newestTemplates, type TemplateVersion } from './store/template-store.js';
import { templateProjector } from './projectors.js';
import { fill, sampleValues, templateFault, type Template } from './template.js';

export interface TemplatesDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly trail: Trail;
  readonly occasions: Occasions;
}

/** Version 0 is the shipped, unchanged text. */
export type EffectiveTemplate = Template &
  Pick<TemplateVersion, 'language' | 'version'> & {
    readonly occasion: Occasion;
    readonly changedAt: Date | null;
    readonly changedBy: string | null;
  };

export async function listTemplates({
  database,
  occasions,
}: TemplatesDeps): Promise<readonly EffectiveTemplate[]> {
  const changed = await database.transaction(newestTemplates);
  return occasions.all.flatMap((occasion) =>
    languages.map((language) =>
      effective(
        occasions,
        occasion,
        language,
        changed.find((one) => one.occasion === occasion.key && one.language === language),
      ),
    ),
  );
}

export const templateOf = async (
  occasions: Occasions,
  transaction: Transaction,
  occasion: Occasion,
  language: Language,
): Promise<EffectiveTemplate> =>
  effective(occasions, occasion, language, await newestTemplate(transaction, occasion.key, language));

function effective(
  occasions: Occasions,
  occasion: Occasion,
  language: Language,
  changed: TemplateVersion | undefined,
): EffectiveTemplate {
  const { subject, text } = changed ?? occasions.shipped(occasion, language);
  return {
    occasion,
    language,
    subject,
    text,
    version: changed?.version ?? 0,
    changedAt: changed?.createdAt ?? null,
    changedBy: changed?.createdBy ?? null,
  };
}

/** @throws {Refusal} `template.not-found`, `input.invalid`, `template.changed` if somebody saved another one meanwhile */
export async function changeTemplate(
  deps: TemplatesDeps,
  about: { readonly occasion: string; readonly language: string; readonly basedOn: number },
  given: Template,
  actor: string,
): Promise<EffectiveTemplate> {
  const occasion = occasionNamed(deps.occasions, about.occasion);
  const language = languageNamed(about.language);
  assertTemplate(given, occasion);
  return deps.database.transaction(async (transaction) => {
    const before = await newestTemplate(transaction, occasion.key, language);
    const version = about.basedOn + 1;
    const createdAt = deps.clock.now();
    const row = { ...given, occasion: occasion.key, language, version, createdAt, createdBy: actor };
    const body = {
      actor,
      occasion: occasion.key,
      language,
      version,
      subject: given.subject,
      text: given.text,
    };
    const entry = { stream: 'channels', type: 'template.changed', at: createdAt, body } as const;
    const isNext = (before?.version ?? 0) === about.basedOn;
    if (!isNext || (await writeOnce(transaction, templateProjector, entry)) === undefined) {
      throw new Refusal('template.changed', `“${occasion.title}”的文本在您打开以后已经有人改过`, {
        where: 'basedOn',
        remedy: '看过现在的文本再改',
      });
    }
    await deps.trail.append(transaction, [entry]);
    return effective(deps.occasions, occasion, language, row);
  });
}

/** Fills in sample values; stores nothing. @throws {Refusal} `template.not-found`, `input.invalid` */
export function previewTemplate(occasions: Occasions, key: string, given: Template): Template {
  const occasion = occasionNamed(occasions, key);
  assertTemplate(given, occasion);
  return fill(given, sampleValues);
}

function occasionNamed(occasions: Occasions, key: string): Occasion {
  const occasion = occasions.named(key);
  if (occasion) return occasion;
  throw new Refusal('template.not-found', `没有名为“${key.slice(0, 60)}”的告知时机`, {
    remedy: '有哪些见 GET /api/message-templates',
  });
}

function languageNamed(text: string): Language {
  const language = languages.find((one) => one === text);
  if (language) return language;
  throw new Refusal('template.not-found', `没有“${text}”这种语言的文本`, {
    remedy: `有 ${languages.join('、')}`,
  });
}

function assertTemplate(given: Template, occasion: Occasion): void {
  const fault = templateFault(given, occasion);
  if (fault) throw new Refusal('input.invalid', fault.why, { where: fault.field, remedy: '照列出的写' });
}
