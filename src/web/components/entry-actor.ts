/** Actor of a trail entry; unknown if the entry was altered. */
export const entryActor = ({
  actor,
  altered,
}: {
  readonly actor: string | null;
  readonly altered: boolean;
}): string => (altered ? '—' : (actor ?? '系统'));
