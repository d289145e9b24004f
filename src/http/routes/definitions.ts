import type { DefinitionReader } from '../../casework/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { definitionsInForce, versionsOf, versionWithSource } from '../store/definition-rows.js';
import { elementView, versionView } from '../views/definition-view.js';

export function definitionHandlers(
  { database }: HttpDeps,
  reader: DefinitionReader,
): Pick<Handlers, 'listDefinitions' | 'readDefinition' | 'readDefinitionVersion' | 'readDiagram'> {
  return {
    listDefinitions: async () => {
      const rows = await database.transaction(definitionsInForce);
      return { status: 200, body: { items: rows.map(versionView) } };
    },
    readDefinition: async ({ params }) => {
      const rows = await database.transaction((transaction) => versionsOf(transaction, params.key));
      return { status: 200, body: { ...versionView(rows[0]), versions: rows.map(versionView) } };
    },
    readDefinitionVersion: async ({ params: { key, version } }) =>
      database.transaction(async (transaction) => {
        const row = await versionWithSource(transaction, key, version);
        const elements = await reader.elements(transaction, key, version);
        return {
          status: 200,
          body: { ...versionView(row), elements: [...elements.values()].map(elementView) },
        };
      }),
    readDiagram: async ({ params: { key, version } }) => {
      const { xml } = await database.transaction((transaction) =>
        versionWithSource(transaction, key, version),
      );
      return { status: 200, body: xml };
    },
  };
}
