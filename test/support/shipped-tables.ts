/** Decides by a table as it is shipped. */
import { decide, parseDecision } from '../../src/engine/index.js';
import type { JsonObject } from '../../src/kernel/index.js';
import { packageText } from '../../src/kernel/package-content.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { policyValues } from './policies.js';
import type { PolicyValues } from '../../src/kernel/timer-spec.js';

export const shippedTable = (key: string): string => packageText(`processes/${key}.dmn`, packageRoot);

export async function decidedBy(
  key: string,
  variables: JsonObject,
  values: PolicyValues = policyValues({}),
): Promise<JsonObject> {
  const table = await parseDecision(shippedTable(key));
  const policies = Object.fromEntries(
    ['extensionAllowed', 'extensionMax', 'pauseAllowed'].map((name) => [name, values.value(name) ?? null]),
  );
  return decide(table, { ...variables, policies }, new Date('2026-03-02T01:00:00Z')).outputs;
}
