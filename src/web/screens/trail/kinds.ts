/** Streams, as people call them. */
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
