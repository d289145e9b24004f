/** `P10D` → 10; undefined for anything but whole days. */
export function wholeDaysOf(duration: string | undefined): number | undefined {
  const days = /^P(\d{1,3})D$/.exec(duration ?? '')?.[1];
  return days === undefined ? undefined : Number(days);
}
