/** What a toolbar offers: an act, or several of which one is chosen. */
interface Named {
  readonly title: string;
  /** More than the title: how, by which key. */
  readonly hint?: string;
  readonly isOff?: boolean;
}

interface Act extends Named {
  readonly icon: keyof typeof icons;
  /** Of what is on or off. */
  readonly isOn?: boolean;
  readonly act: () => unknown;
}

interface Several extends Named {
  /** What stands there while nothing is chosen. */
  readonly word: string;
  readonly choices: readonly { readonly key: string; readonly title: string }[];
  readonly choose: (key: string) => unknown;
}

export type Tool = Act | Several;

/** How what is worked on stands, and the act that keeps it. */
export interface Standing {
  readonly state?: string;
  /** Something is not kept yet. */
  readonly isPending?: boolean;
  readonly primary?: {
    readonly title: string;
    readonly isBusy: boolean;
    readonly isOff: boolean;
    readonly act: () => unknown;
  };
}

/** Paths in a square of 24; one meaning each. */
export const icons = {
  outline: 'M4 6h3M4 12h3M4 18h3M10 6h10M10 12h10M10 18h10',
  undo: 'M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3',
  redo: 'M15 14l5-5-5-5M20 9H10a6 6 0 0 0 0 12h3',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  paste: 'M9 4h6v3H9zM9 5H6v15h12V5h-3M9 13h6M12 10v6',
  enlarge: 'M11 4a7 7 0 1 0 0 14a7 7 0 1 0 0-14M16 16l5 5M8 11h6M11 8v6',
  reduce: 'M11 4a7 7 0 1 0 0 14a7 7 0 1 0 0-14M16 16l5 5M8 11h6',
  fit: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5M9 9h6v6H9z',
  active: 'M12 5a7 7 0 1 0 0 14a7 7 0 1 0 0-14M12 2v5M12 17v5M2 12h5M17 12h5',
  map: 'M3 5h18v14H3zM12 12h9M12 12v7',
  whole: 'M8 3H3v5M16 3h5v5M21 16v5h-5M3 16v5h5M3 3l6 6M21 3l-6 6M21 21l-6-6M3 21l6-6',
  side: 'M3 5h18v14H3zM15 5v14',
  read: 'M12 4v11M7 10l5 5 5-5M4 20h16',
  write: 'M12 15V4M7 9l5-5 5 5M4 20h16',
  rows: 'M3 5h18v14H3zM3 10h18M3 15h18M9 5v14',
} as const;
