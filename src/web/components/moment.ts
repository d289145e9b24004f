/** Entries of a timeline, by day. */

/** What a timeline says of an entry. */
export interface Moment {
  readonly key: string | number;
  /** ISO 8601, in China's time. */
  readonly at: string;
  readonly what: string;
  readonly who?: string;
  readonly article?: string;
  /** Marked as wrong. */
  readonly late?: boolean;
  /** The place on the page that links lead to. */
  readonly id?: string;
}

/** Keeps the order; a day comes twice if entries of another stand between. */
export function byDay<Entry>(
  entries: readonly Entry[],
  tell: (entry: Entry) => Moment,
): readonly { readonly day: string; readonly entries: readonly (Moment & { readonly entry: Entry })[] }[] {
  const days: { day: string; entries: (Moment & { entry: Entry })[] }[] = [];
  for (const entry of entries) {
    const moment = tell(entry);
    const day = moment.at.slice(0, 10);
    if (days.at(-1)?.day !== day) days.push({ day, entries: [] });
    days.at(-1)?.entries.push({ ...moment, entry });
  }
  return days;
}
