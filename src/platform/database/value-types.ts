import pg from 'pg';

/** Type numbers of PostgreSQL for which pg's JavaScript form is replaced. */
const int8 = 20;
const int8Array = 1016;
const date = 1082;
const timestamp = 1114;

/**
 * How values are read: `timestamptz` as `Date`; `bigint` as number, with an error beyond 2^53 instead of a wrong digit;
 * `numeric` as exact text; `date` as text `YYYY-MM-DD` and `timestamp` as text, because a civil date or a time without
 * zone is no instant.
 */
export const valueTypes = {
  getTypeParser(type: number, format?: 'text' | 'binary'): (value: string) => unknown {
    switch (type) {
      case int8:
        return exactInteger;
      case int8Array:
        return (value) =>
          (int8ArrayAsText(value) as (string | null)[]).map((item) =>
            item === null ? null : exactInteger(item),
          );
      case date:
      case timestamp:
        return (value) => value;
      default:
        return parserOf(type, format);
    }
  },
};

const int8ArrayAsText = parserOf(int8Array);

function exactInteger(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) {
    throw new RangeError(`bigint ${value} does not fit a JavaScript number; select it as ::text`);
  }
  return number;
}

/** pg's own. Its typing lists only the types of a new server; any number is allowed and defaults to text. */
function parserOf(type: number, format: 'text' | 'binary' = 'text'): (value: string) => unknown {
  const get = pg.types.getTypeParser as (type: number, format: string) => (value: string) => unknown;
  return get(type, format);
}
