import { askWitnesses, readWitnesses, type Selection } from '../../accountability/index.js';
import { byCommand, exportFormats, exportLog, exportTrail } from '../../cases/index.js';
import { periodOf, type ExportFormat } from '../../cases/index.js';
import { Refusal } from '../../kernel/refusal.js';
import type { System } from '../../main.js';
import { counting } from '../frame/counting.js';
import { systemUser } from '../frame/system-user.js';
import { withSystem } from '../frame/with-system.js';

export interface Order {
  readonly out: string;
  readonly requester: string;
  readonly purpose: string;
}

export interface ExportOptions extends Order {
  readonly case?: string;
  readonly unit?: string;
  readonly person?: string;
  readonly from?: string;
  readonly to?: string;
  readonly format: string;
}

/** Exports the trail of one case, unit, person or period. */
export async function exportPart({ out, requester, purpose, ...options }: ExportOptions): Promise<string> {
  const format = exportFormats.find((one) => one === options.format);
  if (format === undefined)
    throw new Refusal('usage.invalid', `没有“${options.format}”这种格式`, {
      where: '--format',
      remedy: `可用的：${exportFormats.join('、')}`,
    });
  const selection = selectionOf(options);
  const exporter = byCommand('trail export', systemUser());
  const order = { selection, format, requester, exporter, purpose };
  return withSystem('trail export', async (system) =>
    said(format, await exportTrail(await witnessed(system), order, out)),
  );
}

/** Exports the whole trail to a folder for `verifier/verify.mjs log`. */
export async function log(system: System, { out, requester, purpose }: Order): Promise<string> {
  const order = { requester, exporter: byCommand('trail log', systemUser()), purpose };
  const signing = await witnessed(system);
  const count = await counting(
    (entries) => `已写 ${entries} 条`,
    (onProgress) => exportLog(signing, order, out, onProgress),
  );
  return `全库 ${count} 条已写到 ${out}。核验：node verifier/verify.mjs log ${out}`;
}

async function witnessed(system: System) {
  const signer = await system.signer();
  const witnesses = await readWitnesses();
  const onError = (error: unknown): void => system.log.warn(String((error as Error).message));
  const witness = (): Promise<number> => askWitnesses({ ...system, witnesses, onError });
  return { ...system, signer, witness };
}

function said(
  format: ExportFormat,
  { entries, altered, files }: { entries: number; altered: number; files: readonly string[] },
): string {
  const written = `${entries} 条已写到 ${files.join('、')}`;
  if (format === 'bundle') return `${written}。核验：node verifier/verify.mjs ${files[0] ?? ''}`;
  return altered === 0
    ? written
    : `${written}\n其中 ${altered} 条已不是记下时的内容，事项写作“✖ 改动内容”。请保全数据库，以 npx hotline trail verify 核验`;
}

function selectionOf({ case: no, unit, person, from, to }: Partial<ExportOptions>): Selection {
  const selection: Selection = {
    ...(no === undefined ? {} : { stream: no }),
    ...(unit === undefined ? {} : { unit }),
    ...(person === undefined ? {} : { person }),
    ...periodOf(from, to),
  };
  if (Object.keys(selection).length > 0) return selection;
  throw new Refusal('usage.invalid', '没有写明导出什么', {
    remedy: '写 --case、--unit、--person、--from、--to 中的一项或几项',
  });
}
