import type { DefinitionReader } from '../../cases/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { definitionsInForce, versionsOf, versionWithSource } from '../store/definition-rows.js';
import { elementView, versionView } from '../views/definition-view.js';

export function definitionHandlers(
  { database, clock }: HttpDeps,
  reader: DefinitionReader,
): Pick<Handlers, 'listDefinitions' | 'readDefinition' | 'readDefinitionVersion' | 'readDiagram'> {
  return {
    listDefinitions: async () => {
      const rows = await database.transaction((transaction) => definitionsInForce(transaction, clock.now()));
      return { status: 200, body: { items: rows.map(versionView) } };
    },
    readDefinition: async ({ params }) => {
      const rows = await database.transaction((transaction) =>
        versionsOf(transaction, params.key, clock.now()),
      );
      const [newest] = rows;
      const shown = rows.find(({ state }) => state === 'in-force') ?? newest;
      return { status: 200, body: { ...versionView(shown), versions: rows.map(versionView) } };
    },
    readDefinitionVersion: async ({ params: { key, version } }) =>
      database.transaction(async (transaction) => {
        const row = await versionWithSource(transaction, key, version, clock.now());
        const elements = await reader.elements(transaction, key, version);
        return {
          status: 200,
          body: { ...versionView(row), elements: [...elements.values()].map(elementView) },
        };
      }),
    readDiagram: async ({ params: { key, version } }) => {
      const { xml } = await database.transaction((transaction) =>
        versionWithSource(transaction, key, version, clock.now()),
      );
      return { status: 200, body: xml };
    },
  };
}
