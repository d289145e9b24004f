/**
 * Cases as this program last wrote them, so that a case's next step need not read it first. Nothing hangs on them: a
 * kept case is used only together with a check of its version in the same transaction, under the row's lock, and one
 * that another program has stepped meanwhile is thrown away and read anew.
 */
import type { CaseFile } from './case-file.js';

export interface KeptCases {
  /** All of them or nothing. What is taken is gone until it is kept again, after a commit. */
  take(ids: readonly string[]): Map<string, CaseFile> | undefined;
  forget(ids: Iterable<string>): void;
  keep(file: CaseFile): void;
}

/** Some kilobytes each. */
const most = 2000;

export function createKeptCases(): KeptCases {
  const files = new Map<string, CaseFile>();
  const forget = (ids: Iterable<string>): void => {
    for (const id of ids) files.delete(id);
  };
  return {
    forget,
    take: (ids) => {
      const taken = new Map<string, CaseFile>();
      for (const id of ids) {
        const file = files.get(id);
        if (file) taken.set(id, file);
      }
      forget(ids);
      return taken.size === ids.length ? taken : undefined;
    },
    keep: (file) => {
      files.delete(file.id);
      // An ended case takes no further step.
      if (file.endedAt !== null) return;
      files.set(file.id, withoutReasons(file));
      const [oldest] = files.keys();
      if (files.size > most && oldest !== undefined) files.delete(oldest);
    },
  };
}

/** Reasons are for the writing of a deadline only, and most of its bytes. */
function withoutReasons(file: CaseFile): CaseFile {
  const deadlines = [...file.deadlines].map(([key, { reasons: _, ...deadline }]) => [key, deadline] as const);
  return { ...file, deadlines: new Map(deadlines) };
}
