/** What a unit had seen of a sheet before it had to withdraw, for whoever decides how to go on. */
import type { PersonalDataRead } from '../../accountability/index.js';
import { isJsonObject, type JsonObject } from '../../kernel/index.js';

export interface SeenBefore {
  readonly unit: string;
  readonly from: Date;
  readonly to: Date;
  /** Entries of the trail, from the first, that were open to it. */
  readonly entries: number;
  /** Its people's looks at the caller's data meanwhile. */
  readonly reads: readonly PersonalDataRead[];
}

/**
 * @param variables of the case, as the recusal left them
 * @param isOf whether a person, by log-in name, works for the unit or one below it
 */
export function seenBeforeRecusal(
  variables: JsonObject,
  reads: readonly PersonalDataRead[],
  isOf: (login: string, unit: string) => boolean,
): readonly SeenBefore[] {
  const seen = Array.isArray(variables.recusalSeen) ? variables.recusalSeen : [];
  return seen.filter(isJsonObject).flatMap(({ unit, from, to, entries }): SeenBefore[] =>
    typeof unit === 'string' && typeof from === 'string' && typeof to === 'string'
      ? [
          {
            unit,
            from: new Date(from),
            to: new Date(to),
            entries: typeof entries === 'number' ? entries : 0,
            reads: reads.filter(({ reader }) => isOf(reader, unit)),
          },
        ]
      : [],
  );
}
