/**
 * Text templates of a person and of a unit. Changes to the unit's templates are recorded, because
 * other people sign texts made from them.
 */
import { sha256Of, write } from '../../accountability/index.js';
import {
  lockTemplates,
  removeOwnTemplate,
  textTemplateProjector,
  textTemplates,
  writeOwnTemplate,
  type TemplateOwner,
  type TextTemplate,
} from './index.js';
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Using } from '../parts.js';

/** Most templates of one person or one unit. */
const most = 200;

export type TextTemplatesDeps = Using<'clock' | 'database' | 'trail'>;

export const listTextTemplates = (
  { database }: Pick<TextTemplatesDeps, 'database'>,
  owner: TemplateOwner,
): Promise<readonly TextTemplate[]> =>
  database.transaction((transaction) => textTemplates(transaction, owner));

/**
 * @param basedOn when the template being changed was saved; null for a new one
 * @throws {Refusal} `template.changed` if somebody else saved one of that name, `input.invalid` if
 * there are too many
 */
export async function saveTextTemplate(
  deps: TextTemplatesDeps,
  owner: TemplateOwner,
  given: Omit<TextTemplate, 'savedAt'>,
  basedOn: Date | null,
): Promise<readonly TextTemplate[]> {
  const { name, shared } = given;
  return deps.database.transaction(async (transaction) => {
    await lockTemplates(transaction, owner, shared);
    const before = (await textTemplates(transaction, owner)).filter((one) => one.shared === shared);
    const same = before.find((one) => one.name === name);
    if (same && same.savedAt.getTime() !== basedOn?.getTime()) {
      throw new Refusal('template.changed', `已经有名为“${name}”的模板，${same.savedBy} 存的`, {
        where: 'name',
        remedy: '看过现在的文字再改，或者另取一个名称',
      });
    }
    if (!same && before.length >= most) {
      throw new Refusal('input.invalid', `已经存了 ${before.length} 个模板，不能再多`, {
        where: 'name',
        remedy: '先删去不用的',
      });
    }
    const savedAt = deps.clock.now();
    const saved = { ...given, savedAt };
    if (shared) await record(deps, transaction, owner, 'text-template.saved', saved);
    else await writeOwnTemplate(transaction, owner.person, saved);
    return textTemplates(transaction, owner);
  });
}

/** Does nothing if there is no such template. */
export async function removeTextTemplate(
  deps: TextTemplatesDeps,
  owner: TemplateOwner,
  { name, shared, actor }: { readonly name: string; readonly shared: boolean; readonly actor: string },
): Promise<readonly TextTemplate[]> {
  return deps.database.transaction(async (transaction) => {
    await lockTemplates(transaction, owner, shared);
    const before = await textTemplates(transaction, owner);
    const gone = before.find((one) => one.name === name && one.shared === shared);
    if (!gone) return before;
    if (!shared) await removeOwnTemplate(transaction, owner.person, name);
    else {
      const by = { ...gone, savedBy: actor, savedAt: deps.clock.now() };
      await record(deps, transaction, owner, 'text-template.removed', by);
    }
    return before.filter((one) => one !== gone);
  });
}

/** Records only the text's hash, because a text may hold what should not have been written. */
async function record(
  { trail }: TextTemplatesDeps,
  transaction: Transaction,
  { unit }: TemplateOwner,
  type: 'text-template.saved' | 'text-template.removed',
  { name, text, field, class: code, savedBy: actor, savedAt: at }: TextTemplate,
): Promise<void> {
  const body = { actor, unit, name, field: field?.name ?? null, class: code, sha256: sha256Of(text) };
  const entry = { stream: 'text-templates', type, at, body };
  await write(transaction, textTemplateProjector, entry, { body: text, field: field?.key ?? null });
  await trail.append(transaction, [entry]);
}
