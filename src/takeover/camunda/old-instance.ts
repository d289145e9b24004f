/** A process instance of Camunda 7 with its complete history. */
import { contentDigest, type JsonObject } from '../../kernel/index.js';
import { archivedKinds, type ArchivedKind } from '../../accountability/events/index.js';
import { groupOnDisk } from '../log/group-on-disk.js';
import type { Export, OldRecord } from './read-export.js';

export interface OldInstance {
  readonly id: string;
  readonly definition: string;
  readonly version: number | null;
  readonly businessKey: string | null;
  readonly startedAt: Date;
  /** Null if it is still running. */
  readonly endedAt: Date | null;
  readonly startedBy: string | null;
  /** Camunda's own state: COMPLETED, EXTERNALLY_TERMINATED … */
  readonly outcome: string;
  /** Records by instant, the instance itself first. */
  readonly records: readonly OldRecord[];
  /** SHA-256 of all exported records, independent of their order. */
  readonly digest: string;
}

export interface OldInstances {
  readonly instances: AsyncIterable<OldInstance>;
  /** Records that belong to no process instance, in no order: deployments, users' acts on several instances. */
  readonly loose: AsyncIterable<OldRecord>;
  /** Number of records of instances that were not exported; complete after `instances`. */
  readonly left: () => number;
  /** Number of variables whose content is stored elsewhere (ACT_GE_BYTEARRAY, `…/data`) and not in the records. */
  readonly elsewhere: () => number;
  close(): Promise<void>;
}

export async function oldInstances({ records }: Export): Promise<OldInstances> {
  const grouper = await groupOnDisk<OldRecord>();
  const looseOnes = await groupOnDisk<OldRecord>();
  const close = async (): Promise<void> => {
    await grouper.close();
    await looseOnes.close();
  };
  let [left, elsewhere] = [0, 0];
  try {
    for await (const [instance, record] of records) {
      if (isElsewhere(record)) elsewhere += 1;
      if (instance === '') await looseOnes.add(`${record.kind} ${record.id}`, record);
      else await grouper.add(instance, record);
    }
  } catch (cause) {
    await close();
    throw cause;
  }
  return {
    left: () => left,
    elsewhere: () => elsewhere,
    close,
    loose: (async function* () {
      for await (const [, [record]] of looseOnes.groups()) if (record) yield record;
    })(),
    instances: (async function* () {
      for await (const [id, found] of grouper.groups()) {
        const instance = instanceOf(id, found);
        if (instance) yield instance;
        else left += found.length;
      }
    })(),
  };
}

const kinds = Object.keys(archivedKinds) as ArchivedKind[];

function instanceOf(id: string, found: OldRecord[]): OldInstance | undefined {
  const own = found.find(({ kind }) => kind === 'process');
  if (!own || own.at === null) return undefined;
  const records = found.sort(
    (one, other) =>
      Number(other === own) - Number(one === own) ||
      (one.at ?? 0) - (other.at ?? 0) ||
      kinds.indexOf(one.kind) - kinds.indexOf(other.kind) ||
      one.id.localeCompare(other.id),
  );
  const { row } = own;
  const definitionId = textOf(row, 'processDefinitionId', 'PROC_DEF_ID_') ?? '';
  const version = row['processDefinitionVersion'] ?? Number(definitionId.split(':')[1]);
  return {
    id,
    definition: textOf(row, 'processDefinitionKey', 'PROC_DEF_KEY_') ?? definitionId,
    version: typeof version === 'number' && Number.isInteger(version) ? version : null,
    businessKey: textOf(row, 'businessKey', 'BUSINESS_KEY_'),
    startedAt: new Date(own.at),
    endedAt: own.ended === null ? null : new Date(own.ended),
    startedBy: own.who,
    outcome: textOf(row, 'state', 'STATE_') ?? '',
    records,
    digest: contentDigest(records.map(({ kind, row: said }) => contentDigest({ kind, row: said })).sort()),
  };
}

/** Files and bytes, whose value the REST API leaves out; in tables, everything longer than a column. */
const isElsewhere = ({ kind, row }: OldRecord): boolean =>
  kind === 'variable' &&
  (textOf(row, 'BYTEARRAY_ID_') !== null ||
    (['File', 'Bytes'].includes(textOf(row, 'type') ?? '') && (row['value'] ?? null) === null));

const textOf = (row: JsonObject, ...columns: readonly string[]): string | null =>
  columns
    .map((column) => row[column])
    .find((value): value is string => typeof value === 'string' && value !== '') ?? null;
