import { definitionOf, parseDiagram } from '../../engine/index.js';
import type { Transaction } from '../../persistence/index.js';

/** The processes as they are in force, in the order of their keys; none where nothing has been deployed yet. */
export async function diagramsInForce(transaction: Transaction): Promise<ReturnType<typeof definitionOf>[]> {
  const rows = await transaction.query<{ key: string; xml: string }>(
    'SELECT DISTINCT ON (key) key, xml FROM hotline.definition ORDER BY key, version DESC',
  );
  return Promise.all(
    rows.map(async ({ key, xml }) => definitionOf(await parseDiagram(xml), { processId: key })),
  );
}
