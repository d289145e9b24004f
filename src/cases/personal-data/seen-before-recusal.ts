/** What a unit had seen of a sheet before it was recused, for the person who decides how to continue. */
import type { PersonalDataRead } from '../../accountability/index.js';
import { isJsonObject, type JsonObject } from '../../kernel/index.js';

export interface SeenBefore {
  readonly unit: string;
  readonly from: Date;
  readonly to: Date;
  /** Number of trail entries, from the first, that the unit could see. */
  readonly entries: number;
  /** Readings of the caller's data by the unit's people in that time. */
  readonly reads: readonly PersonalDataRead[];
}

/**
 * @param variables of the case after the recusal
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
