/** The bundle of one case: its trail, the records of the diagrams that it ran by, and those diagrams. */
import { bundle, evidenceOf, type Signer, type Trail, type TrailEntry } from '../accountability/index.js';
import { diagramSource } from '../engine/index.js';
import { Refusal, type Clock } from '../kernel/index.js';
import type { Database } from '../persistence/index.js';

export interface ExportDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly signer: Signer;
  readonly trail: Trail;
}

export interface ExportOrder {
  /** The work order's number. */
  readonly no: string;
  readonly requester: string;
  readonly purpose: string;
}

/**
 * The export is itself an entry (stream `exports`), written before anything is handed out.
 *
 * @returns the ZIP file
 * @throws {Refusal} `case.not-found`, `trail.behind`, `trail.key`
 */
export async function exportCase(deps: ExportDeps, order: ExportOrder): Promise<Buffer> {
  const { no, requester, purpose } = order;
  const ran = await deps.database.transaction(async (transaction) => {
    const entries = (await deps.trail.read(transaction, [no])).get(no) ?? [];
    if (entries.length === 0) throw new Refusal('case.not-found', `没有工单 ${no} 的轨迹`);
    const body = { case: no, requester, purpose };
    await deps.trail.append(transaction, [
      { stream: 'exports', type: 'trail.exported', at: deps.clock.now(), body },
    ]);
    return diagramsIn(entries);
  });
  const streams = [no, ...new Set(ran.map(({ key }) => `definition:${key}`))];
  const evidence = await evidenceOf(deps, streams);
  const diagrams = await deps.database.transaction((transaction) =>
    Promise.all(
      ran.map(async ({ key, version }) => ({
        key,
        version,
        xml: await diagramSource(transaction, key, version),
      })),
    ),
  );
  return bundle(`工单 ${no}`, evidence, diagrams, deps.signer);
}

/** The versions of diagrams that the entries name. */
function diagramsIn(entries: readonly TrailEntry[]): { readonly key: string; readonly version: number }[] {
  const found = new Map<string, { readonly key: string; readonly version: number }>();
  for (const { body } of entries) {
    const { process: key, version } = body;
    if (typeof key === 'string' && typeof version === 'number')
      found.set(`${key} ${version}`, { key, version });
  }
  return [...found.values()];
}
