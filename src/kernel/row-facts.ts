/** Rows of tables by what is to be compared of them. */

/** Values by label, in Chinese, as texts; instants in milliseconds since 1970. */
export type Facts = Readonly<Record<string, string | null>>;

/** What differs, in Chinese, by row. Each row has a name, in Chinese. */
export function unlikeRows(
  is: ReadonlyMap<string, Facts>,
  should: ReadonlyMap<string, Facts>,
): readonly (readonly [name: string, what: string])[] {
  const names = new Set([...should.keys(), ...is.keys()]);
  return [...names].flatMap((name): (readonly [string, string])[] => {
    const [now, recorded] = [is.get(name), should.get(name)];
    if (!now) return [[name, '不见了']];
    if (!recorded) return [[name, '是多出来的']];
    return unlikeFacts(now, recorded).map((what) => [name, what] as const);
  });
}

/** What differs of one row, in Chinese: of what is recorded. */
export const unlikeFacts = (now: Facts, recorded: Facts): readonly string[] =>
  Object.entries(recorded).flatMap(([label, value]) =>
    (now[label] ?? null) === value ? [] : [`${label}现在是 ${shown(now[label])},应为 ${shown(value)}`],
  );

export const timeFact = (instant: Date | null): string | null =>
  instant === null ? null : String(instant.getTime());

const shown = (value: string | null | undefined): string => {
  if (value === null || value === undefined) return '(空)';
  return /^1\d{12}$/.test(value) ? new Date(Number(value)).toISOString() : value;
};
