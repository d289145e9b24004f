/** What the verbs of `hotline regulation` share: the catalogue with the diagrams that it is held against. */
import { join } from 'node:path';
import type { Catalogue, Coverage } from '../regulation/index.js';

export const regulationGroup = ['regulation', '条例:逐条的义务、履行它们的环节'] as const;

export interface Shown {
  readonly catalogue: Catalogue;
  readonly coverage: Coverage;
}

/** @param shipped the diagrams of the program, without asking the database which are in force */
export async function regulationShown(verb: string, shipped: boolean | undefined): Promise<Shown> {
  const { coverageOf, shippedCatalogue, shippedScenarios } = await import('../regulation/index.js');
  const catalogue = shippedCatalogue();
  const inForce = shipped ? [] : await inDatabase(verb);
  const definitions = inForce.length > 0 ? inForce : await ofProgram();
  return { catalogue, coverage: coverageOf(catalogue, definitions, shippedScenarios()) };
}

async function inDatabase(verb: string) {
  const { diagramsInForce } = await import('../regulation/index.js');
  const { databaseSettings, openDatabase } = await import('../persistence/index.js');
  const database = await openDatabase({
    applicationName: `hotline regulation ${verb}`,
    ...databaseSettings(),
  });
  try {
    return await database.transaction(diagramsInForce);
  } finally {
    await database.close();
  }
}

async function ofProgram() {
  const { readFile } = await import('node:fs/promises');
  const { shippedProcesses } = await import('../casework/index.js');
  const { definitionOf, parseDiagram } = await import('../engine/index.js');
  const { packageRoot } = await import('../kernel/package-root.js');
  return Promise.all(
    shippedProcesses.map(async (name) =>
      definitionOf(
        await parseDiagram(await readFile(join(packageRoot, 'processes', `${name}.bpmn`), 'utf8')),
      ),
    ),
  );
}
