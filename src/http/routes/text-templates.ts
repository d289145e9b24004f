import { listTextTemplates, removeTextTemplate, saveTextTemplate } from '../../cases/index.js';
import type { TextTemplate } from '../../cases/assignment/index.js';
import type { Viewer } from '../../identity/index.js';
import type { textTemplateOperations } from '../contract/text-template.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';

export function textTemplateHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof textTemplateOperations> {
  const ownerOf = ({ person }: Viewer) => ({ person: person.id, unit: person.unit.name });
  const listed = (items: readonly TextTemplate[]) => ({
    items: items.map((one) => ({ ...one, savedAt: one.savedAt })),
  });
  return {
    listTextTemplates: async ({ viewer }) => listed(await listTextTemplates(deps, ownerOf(viewer))),
    saveTextTemplate: async ({ viewer, body: { basedOn, ...given } }) => {
      const one = { ...given, savedBy: viewer.actor };
      return listed(
        await saveTextTemplate(deps, ownerOf(viewer), one, basedOn === null ? null : new Date(basedOn)),
      );
    },
    removeTextTemplate: async ({ viewer, body }) =>
      listed(await removeTextTemplate(deps, ownerOf(viewer), { ...body, actor: viewer.actor })),
  };
}
