/** The envelope in which everything leaves the house: CloudEvents 1.0, structured mode. */
import { toShanghaiIso } from '../../kernel/civil-date.js';

interface Content<Type, Subject, Data> {
  /** The same each time it is sent. */
  readonly id: string;
  readonly type: Type;
  /** Undefined if it is about no case. */
  readonly subject: Subject;
  /** The legal instant. */
  readonly at: Date;
  readonly data: Data;
}

export type CloudEvent<Type, Data> = ReturnType<typeof cloudEvent<Type, string, Data>>;

export const cloudEvent = <Type, Subject extends string | null | undefined, Data>({
  id,
  type,
  subject,
  at,
  data,
}: Content<Type, Subject, Data>) => ({
  ...{ specversion: '1.0' as const, id, source: '/hotline' as const, type, subject },
  ...{ time: toShanghaiIso(at), datacontenttype: 'application/json' as const, data },
});
