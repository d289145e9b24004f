/** Streams and forms of exports, as people call them. */
import { streamKindChoices } from '../../../http/contract/trail.js';

const kindName = (kind: string): string => streamKindChoices.find(({ id }) => id === kind)?.title ?? '系统';

/** Whose account or role it is about; of the other kinds the title says it. */
export function subjectOf({
  kind,
  body,
}: {
  readonly kind: string;
  readonly body: { readonly [key: string]: unknown };
}): string {
  return kind === 'accounts' && typeof body['of'] === 'string' ? body['of'] : '';
}

/** A case is known by its number; the others by what they are. */
export const streamName = ({ kind, stream }: { readonly kind: string; readonly stream: string }): string =>
  kind === 'case' ? stream : kindName(kind);

/** In what form the trail is taken away. */
export const formats = [
  ['bundle', '审计包(整条链,带证明)'],
  ['xlsx', '表格(XLSX)'],
  ['csv', '表格(CSV)'],
  ['pdf', '报告(PDF)'],
  ['xes', '流程挖掘(XES)'],
  ['ocel', '流程挖掘(OCEL)'],
] as const;
