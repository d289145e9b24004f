/** Table rows reduced to the values that are compared. */

/** Values by label, in Chinese, as texts; instants in milliseconds since 1970. */
export type Facts = Readonly<Record<string, string | null>>;

/** Differences by row, in Chinese. Each row has a Chinese name. */
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

/** Differences of one row from the recorded values, in Chinese. */
export const unlikeFacts = (now: Facts, recorded: Facts): readonly string[] =>
  Object.entries(recorded).flatMap(([label, value]) =>
    (now[label] ?? null) === value ? [] : [`${label}现在是 ${shown(now[label])}，应为 ${shown(value)}`],
  );

export const timeFact = (instant: Date | null): string | null =>
  instant === null ? null : String(instant.getTime());

const shown = (value: string | null | undefined): string => {
  if (value === null || value === undefined) return '（空）';
  return /^1\d{12}$/.test(value) ? new Date(Number(value)).toISOString() : value;
};
