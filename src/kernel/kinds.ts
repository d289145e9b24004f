/** Kinds of requests, channels, kinds of units, and what intake may choose: as the package lists them. Runs in browsers, too. */
import {
  law,
  type Law,
  type RequestChannel,
  type RequestKind,
  type UnitKind,
  type Way,
  type WayAsks,
} from './law.js';

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

export const unitKinds = (): readonly UnitKind[] => law().unitKinds;

/** The key itself if the package does not list it (any more). */
export const unitKindName = (key: string): string => unitKinds().find((one) => one.key === key)?.name ?? key;

/** Key of the kind that runs the hotline. */
export const hotlineKind = (): string => unitKinds().find((one) => one.is === 'hotline')?.key ?? '';

/** Keys of the kinds whose units are districts. */
export const districtKinds = (): string[] =>
  unitKinds().flatMap(({ key, is }) => (is === 'district' ? [key] : []));

/** Ways of handling that a request of this kind may take. */
export const waysOutFor = (kind: string): Law['intake']['waysOut'] =>
  law().intake.waysOut.filter(({ kinds: only }) => only?.includes(kind) ?? true);

/** What the package calls each way of handling. */
export const waysOutByKey = (): Readonly<Record<string, string>> =>
  Object.fromEntries(law().intake.waysOut.map(({ key, name }) => [key, name]));

/** What the form of intake asks where this way is chosen. */
export const asksOf = (way: string): WayAsks | undefined =>
  law().intake.waysOut.find(({ key }) => key === way)?.asks;

/** Key of the way that asks for it. */
export const wayAsking = (asks: WayAsks): string | undefined =>
  law().intake.waysOut.find((one) => one.asks === asks)?.key;

/** By what a request is dispatched. */
export const dispatchBases = (): Law['intake']['bases'] => law().intake.bases;

/** Procedures that it may belong to instead. */
export const procedures = (): Law['intake']['procedures'] => law().intake.procedures;
