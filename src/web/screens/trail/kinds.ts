/** Display names of streams and export formats. */
import { streamKindChoices } from '../../../http/contract/choices.js';

const kindName = (kind: string): string => streamKindChoices.find(({ id }) => id === kind)?.title ?? '系统';

/** The account concerned; other kinds name it in the title. */
export const subjectOf = ({
  kind,
  subject,
}: {
  readonly kind: string;
  readonly subject: string | null;
}): string => (kind === 'accounts' ? (subject ?? '') : '');

/** A case by its number, an archived instance by its own, other streams by kind. */
export const streamName = ({ kind, stream }: { readonly kind: string; readonly stream: string }): string =>
  kind === 'case'
    ? stream
    : [kindName(kind), ...(kind === 'archive' ? stream.split(':').slice(2) : [])].join(' ');

export const formats = [
  ['bundle', '审计包（整条链，带证明）'],
  ['xlsx', '表格（XLSX）'],
  ['csv', '表格（CSV）'],
  ['pdf', '报告（PDF）'],
  ['xes', '流程挖掘（XES）'],
  ['ocel', '流程挖掘（OCEL）'],
] as const;
