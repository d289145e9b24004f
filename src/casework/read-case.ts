/** A case as people read it: its sheet, where it stands, every deadline with its reasons, the whole trail. */
import { Refusal, type JsonObject } from '../kernel/index.js';
import type { ChainVerdict, Trail, TrailEntry } from '../accountability/index.js';
import { classesOfSheets, type SheetClass } from '../classification/index.js';
import {
  deadlineKey,
  deadlineReasons,
  inDueOrder,
  loadCasesByKey,
  type CaseFile,
  type DefinitionStore,
  type OpenDeadline,
} from '../engine/index.js';
import type { Database } from '../persistence/index.js';
import type { KeptSheet, Sheets } from '../sheet/index.js';

export interface CaseView {
  readonly sheet: KeptSheet;
  readonly sheetClass: SheetClass | null;
  readonly file: CaseFile;
  readonly processes: readonly {
    readonly instance: number;
    readonly key: string;
    readonly version: number;
    readonly name: string;
  }[];
  readonly deadlines: readonly (OpenDeadline & { readonly name: string; readonly derivation: JsonObject })[];
  readonly trail: readonly TrailEntry[];
  readonly chain: ChainVerdict;
}

export interface ReadDeps {
  readonly database: Database;
  readonly definitions: DefinitionStore;
  readonly sheets: Sheets;
  readonly trail: Trail;
}

/** @throws {Refusal} `case.not-found` */
export async function readCase(deps: ReadDeps, no: string): Promise<CaseView> {
  return deps.database.transaction(async (transaction) => {
    // One snapshot: a step that commits meanwhile must not make its trail look longer than its head.
    await transaction.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const sheet = await deps.sheets.find(transaction, no);
    const file = (await loadCasesByKey(transaction, [no])).get(no);
    if (!sheet || !file) throw unknown(no);
    await deps.definitions.prepare(transaction, [file]);
    const reasons = (await deadlineReasons(transaction, [file.id])).get(file.id);
    const classes = await classesOfSheets(transaction, [no]);
    const trails = await deps.trail.read(transaction, [no]);
    return {
      sheet,
      sheetClass: classes.get(no) ?? null,
      file,
      processes: [...file.instances.values()].map((instance) => {
        const { key, version, name } = deps.definitions.byId(instance.definitionId);
        return { instance: instance.number, key, version, name };
      }),
      deadlines: inDueOrder(file.deadlines.values()).map((deadline) => ({
        ...deadline,
        name: nameOf(deps.definitions, file, deadline),
        derivation: reasons?.get(deadlineKey(deadline.instance, deadline.timer))?.derivation ?? {},
      })),
      trail: trails.get(no) ?? [],
      chain: await deps.trail.verify(transaction, no),
    };
  });
}

function nameOf(definitions: DefinitionStore, file: CaseFile, deadline: OpenDeadline): string {
  const instance = file.instances.get(deadline.instance);
  const element = instance && definitions.byId(instance.definitionId).annotations.element(deadline.element);
  return element?.name ?? deadline.element;
}

function unknown(no: string): Refusal {
  return new Refusal('case.not-found', `没有编号为“${no.slice(0, 60)}”的工单`, {
    remedy: '核对工单编号,例如 20261124-000001',
  });
}
