/** Writes an ordered export in its format; a few thousand entries bound the memory. */
import { streamsOf, type Selection } from '../../accountability/index.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import type { About, WriteRows } from './about.js';
import { selectionTitle } from './describe-selection.js';
import { exporterInWords } from './exporter.js';
import { writeBundles } from './format/bundles.js';
import { writeCsv } from './format/csv.js';
import { writeOcel } from './format/ocel.js';
import { writeXes } from './format/xes.js';
import type { OrderedExport, TrailExportDeps } from './order-export.js';
import { readRows, type OnEntries } from './read-rows.js';
import { reportOf, type Verified } from './report.js';
import { wholeFile } from './whole-file.js';
import { lawWords } from './words/law-words.js';

/** Loaded on demand: the PDF and XLSX libraries are large. */
const tables: Readonly<Record<'csv' | 'xlsx' | 'xes' | 'ocel', WriteRows>> = {
  csv: writeCsv,
  xlsx: async (...of) => (await import('./format/xlsx.js')).writeXlsx(...of),
  xes: writeXes,
  ocel: writeOcel,
};

/**
 * @returns the files; several only for bundles too large for one
 * @throws {Refusal} `file.unreadable`
 */
export async function writeExport(
  deps: TrailExportDeps,
  ordered: OrderedExport,
  file: string,
  onEntries: OnEntries = () => Promise.resolve(),
): Promise<readonly string[]> {
  const { selection, format, checkpoint } = ordered;
  const { size } = checkpoint;
  const about: About = {
    title: selectionTitle(selection),
    requester: ordered.requester,
    exporter: exporterInWords(ordered.exporter),
    purpose: ordered.purpose,
    at: toShanghaiIso(ordered.orderedAt),
    entries: ordered.entries,
    checkpoint: { ...checkpoint, signedAt: toShanghaiIso(checkpoint.signedAt) },
  };
  if (format === 'bundle') return writeBundles(deps, about, selection, size, file, onEntries);
  const { catalogue } = await deps.database.transaction((transaction) =>
    deps.catalogues.at(transaction, ordered.orderedAt),
  );
  const law = deps.laws.today();
  const from = { ...deps, words: lawWords(catalogue, law) };
  const rowsOf = (of: Selection, order: 'tree' | 'streams') => readRows(from, of, order, size, onEntries);
  await wholeFile(file, '文件', async (handle) => {
    const out = handle.createWriteStream();
    try {
      if (format === 'pdf') {
        const { writePdf } = await import('./format/pdf/report.js');
        const streams = (of: Selection) => rowsOf(of, 'streams');
        const chains = await verified(deps, selection, size);
        const report = await reportOf(deps, selection, about, chains, streams);
        await writePdf({ ...report, aboutProvision: from.words.about }, out, law);
      } else await tables[format](rowsOf(selection, format === 'xes' ? 'streams' : 'tree'), about, out);
    } finally {
      out.destroy();
    }
  });
  return [file];
}

/** Verifies every chain that the entries belong to, from its first entry to its head. */
async function verified(
  { database, trail }: TrailExportDeps,
  selection: Selection,
  size: number,
): Promise<Verified> {
  const streams = await database.transaction((transaction) => streamsOf(transaction, selection, size));
  const broken = [];
  for (const { stream } of streams) {
    const verdict = await database.transaction(async (transaction) => {
      await transaction.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      return trail.verify(transaction, stream);
    });
    if (!verdict.holds) broken.push({ stream, finding: verdict.finding });
  }
  return { streams: streams.length, broken };
}
