/** The envelope of every webhook and event: CloudEvents 1.0, structured mode. */
import { toShanghaiIso } from '../../kernel/civil-date.js';

interface Content<Type, Subject, Data> {
  /** The same each time it is sent. */
  readonly id: string;
  readonly type: Type;
  /** Undefined if it is about nothing in particular. */
  readonly subject: Subject;
  /** The instant of what it tells; of a message to a caller, the instant of sending. */
  readonly at: Date;
  readonly data: Data;
}

export type CloudEvent<Type, Data> = ReturnType<typeof cloudEvent<Type, string, Data>>;

export const cloudEvent = <Type, Subject extends string | undefined, Data>({
  id,
  type,
  subject,
  at,
  data,
}: Content<Type, Subject, Data>) => ({
  ...{ specversion: '1.0' as const, id, source: '/hotline' as const, type, subject },
  ...{ time: toShanghaiIso(at), datacontenttype: 'application/json' as const, data },
});
