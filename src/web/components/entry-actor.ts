/** Who did what an entry of the trail records; of one that was altered nobody knows. */
export const entryActor = ({
  actor,
  altered,
}: {
  readonly actor: string | null;
  readonly altered: boolean;
}): string => (altered ? '—' : (actor ?? '系统'));
