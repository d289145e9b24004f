/** Kinds of requests and channels, as the package lists them (`regulation/sheet.json`). Runs in browsers, too. */
import { law, type RequestChannel, type RequestKind, type Way } from './law.js';

export const kinds = (): readonly RequestKind[] => law().kinds;
export const channels = (): readonly RequestChannel[] => law().channels;

const kindOf = (key: string): RequestKind | undefined => kinds().find((one) => one.key === key);

/** The key itself if the package does not list it (any more). */
export const kindName = (key: string): string => kindOf(key)?.name ?? key;

/** The key itself if the package does not list it (any more). */
export const channelName = (key: string): string => channels().find((one) => one.key === key)?.name ?? key;

/** Key of the kind that forms begin with. */
export const usualKind = (): string => (kinds().find(({ usual }) => usual) ?? kinds()[0])?.key ?? '';

/** Key of the first channel of this way; if a package has none (of a mailbox, say), its first one. */
export const channelBy = (way: Way): string =>
  (channels().find((one) => one.way === way) ?? channels()[0])?.key ?? '';

/** Whether a request of this kind may accuse somebody. */
export const mayAccuse = (kind: string): boolean => (kindOf(kind)?.accuses ?? 'never') !== 'never';

/** Whether one of this kind always does. */
export const alwaysAccuses = (kind: string): boolean => kindOf(kind)?.accuses === 'always';
