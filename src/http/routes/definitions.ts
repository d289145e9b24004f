import type { DefinitionReader } from '../../cases/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { definitionsInForce, versionsOf, versionWithSource } from '../store/definition-rows.js';
import { elementView, versionView } from '../views/definition-view.js';

export function definitionHandlers(
  { clock }: HttpDeps,
  reader: DefinitionReader,
): Pick<Handlers, 'listDefinitions' | 'readDefinition' | 'readDefinitionVersion' | 'readDiagram'> {
  return {
    listDefinitions: async (_, transaction) => ({
      items: (await definitionsInForce(transaction, clock.now())).map(versionView),
    }),
    readDefinition: async ({ params }, transaction) => {
      const rows = await versionsOf(transaction, params.key, clock.now());
      const [newest] = rows;
      const shown = rows.find(({ state }) => state === 'in-force') ?? newest;
      return { ...versionView(shown), versions: rows.map(versionView) };
    },
    readDefinitionVersion: async ({ params: { key, version } }, transaction) => {
      const row = await versionWithSource(transaction, key, version, clock.now());
      const elements = await reader.elements(transaction, key, version);
      return { ...versionView(row), elements: [...elements.values()].map(elementView) };
    },
    readDiagram: async ({ params: { key, version } }, transaction) =>
      (await versionWithSource(transaction, key, version, clock.now())).xml,
  };
}
