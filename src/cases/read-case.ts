/** Reads a case: sheet, state, deadlines with derivations, trail. */
import { Refusal, type JsonObject } from '../kernel/index.js';
import { armedIn } from '../accountability/events/index.js';
import type { ChainVerdict, TrailEntry } from '../accountability/index.js';
import type { CalendarKeeper } from '../calendar/index.js';
import { classesOfSheets, type SheetClass } from '../sheet/classification/index.js';
import {
  deadlineKey,
  deadlineReasons,
  inDueOrder,
  isSelfStarted,
  loadCasesByKey,
  type CaseFile,
  type DefinitionStore,
  type OpenDeadline,
} from '../engine/index.js';
import type { Transaction } from '../platform/database/index.js';
import { isLapseKey } from '../sheet/knowledge/index.js';
import type { KeptSheet } from '../sheet/index.js';
import { lawOf, type Law } from '../kernel/law.js';
import { alteredParts } from './altered.js';
import type { Using } from './parts.js';

/** Common to all cases, with or without a sheet. */
export interface CaseRecord {
  readonly file: CaseFile;
  readonly processes: readonly {
    readonly instance: number;
    readonly key: string;
    readonly version: number;
    readonly name: string;
  }[];
  readonly deadlines: readonly ExplainedDeadline[];
  readonly trail: readonly TrailEntry[];
  readonly chain: ChainVerdict;
  /** Explains a derivation that an entry of the trail contains. */
  readonly explain: (derivation: JsonObject) => JsonObject;
}

type ExplainedDeadline = OpenDeadline & { readonly name: string; readonly explanation: JsonObject };

export interface CaseView extends CaseRecord {
  readonly sheet: KeptSheet;
  readonly sheetClass: SheetClass | null;
  /** In Chinese: parts that differ from what the trail recorded. */
  readonly altered: readonly string[];
}

export interface ReadDeps extends Using<'database' | 'definitions' | 'laws' | 'sheets' | 'trail'> {
  readonly calendar: Pick<CalendarKeeper, 'explainer'>;
}

/** @throws {Refusal} `case.not-found` */
export async function readCase(deps: ReadDeps, no: string): Promise<CaseView> {
  return deps.database.transaction(async (transaction) => {
    // Uses one snapshot; otherwise a concurrent step could make the trail longer than its head.
    await transaction.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const sheet = await deps.sheets.find(transaction, no);
    const record = await recordOf(deps, transaction, no);
    if (!sheet || !record) throw unknownCase(no, deps.laws.today());
    const classes = await classesOfSheets(transaction, [no]);
    const altered = alteredParts(sheet, record.file, record.trail);
    return { ...record, sheet, sheetClass: classes.get(no) ?? null, altered };
  });
}

/** A case without a sheet; undefined if missing or invisible to the viewer. */
export async function readCaseRecord(
  deps: Omit<ReadDeps, 'sheets'>,
  no: string,
): Promise<CaseRecord | undefined> {
  return deps.database.transaction(async (transaction) => {
    await transaction.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    return recordOf(deps, transaction, no);
  });
}

async function recordOf(
  deps: Omit<ReadDeps, 'sheets'>,
  transaction: Transaction,
  no: string,
): Promise<CaseRecord | undefined> {
  const file = (await loadCasesByKey(transaction, [no])).get(no);
  if (!file) return undefined;
  await deps.definitions.prepare(transaction, [file]);
  const reasons = (await deadlineReasons(transaction, [file.id])).get(file.id);
  const trail = (await deps.trail.read(transaction, [no])).get(no) ?? [];
  const open = [...(reasons?.values() ?? [])].map(({ derivation }) => derivation);
  const explain = await deps.calendar.explainer(
    transaction,
    [...open, ...trail.flatMap(derivationsIn)],
    deps.laws.today(),
  );
  return {
    file,
    explain,
    processes: [...file.instances.values()].map((instance) => {
      const { key, version, name } = deps.definitions.byId(instance.definitionId);
      return { instance: instance.number, key, version, name };
    }),
    deadlines: inDueOrder(file.deadlines.values()).map((deadline) => ({
      ...deadline,
      name: nameOf(deps.definitions, file, deadline),
      explanation: explain(reasons?.get(deadlineKey(deadline.instance, deadline.timer))?.derivation ?? {}),
    })),
    trail,
    chain: await deps.trail.verify(transaction, no),
  };
}

const derivationsIn = (entry: TrailEntry): JsonObject[] =>
  armedIn(entry).flatMap(({ derivation }) => (derivation === null ? [] : [derivation]));

function nameOf(definitions: DefinitionStore, file: CaseFile, deadline: OpenDeadline): string {
  const instance = file.instances.get(deadline.instance);
  const element = instance && definitions.byId(instance.definitionId).annotations.element(deadline.element);
  return element?.name ?? deadline.element;
}

/** The same refusal for missing and for invisible work orders. */
export function unknownCase(no: string, law: Law): Refusal {
  if (isLapseKey(no)) {
    return new Refusal('case.not-found', `“${no}”是知识库条目的督办，不是工单`, {
      provision: lawOf('supervision-knowledge', law),
      remedy: '在“知识库”里打开这件督办；工单的办理、回访、延期、来电人资料都与它无关',
    });
  }
  if (isSelfStarted(no)) {
    return new Refusal('case.not-found', `“${no.slice(0, 60)}”是流程图自己开始的一件，不是工单`, {
      remedy: '从“待办”“流程监控”打开它自己的页',
    });
  }
  return new Refusal('case.not-found', `没有编号为“${no.slice(0, 60)}”的工单`, {
    remedy: '核对工单编号，例如 20261124-000001',
  });
}
