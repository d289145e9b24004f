/** What handlers ask of the policies in force: the values for what the law leaves open. */
export interface PolicyValues {
  /** The value in force, or undefined where there is no such policy. */
  value(key: string): string | undefined;
}

/** The law alone: nothing that it does not provide for is allowed. */
export const withoutPolicies: PolicyValues = { value: () => undefined };

/** `P10D` → 10; undefined for anything but whole days. */
export function workingDaysOf(duration: string | undefined): number | undefined {
  const days = /^P(\d{1,3})D$/.exec(duration ?? '')?.[1];
  return days === undefined ? undefined : Number(days);
}
