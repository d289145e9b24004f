import pg from 'pg';

/** PostgreSQL's numbers of the types whose JavaScript form is not pg's own. */
const int8 = 20;
const int8Array = 1016;
const date = 1082;
const timestamp = 1114;

/**
 * How values come out: `timestamptz` is a `Date`; `bigint` a number, and one beyond 2^53 an error instead of a
 * wrong digit; `numeric` text, as exact as it was; `date` text `YYYY-MM-DD` and `timestamp` text, because a civil
 * date or a time without a zone is no instant.
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

/** pg's own. Its typing knows only the types of a fresh server; any number is allowed and falls back to text. */
function parserOf(type: number, format: 'text' | 'binary' = 'text'): (value: string) => unknown {
  const get = pg.types.getTypeParser as (type: number, format: string) => (value: string) => unknown;
  return get(type, format);
}
