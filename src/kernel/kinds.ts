/** Kinds of requests, channels, kinds of units, and what intake may choose: as the package lists them. Runs in browsers, too. */
import type { Law, RequestKind, Way, WayAsks } from './law.js';

const kindOf = (key: string, law: Law): RequestKind | undefined => law.kinds.find((one) => one.key === key);

/** The key itself if the package does not list it (any more). */
export const kindName = (key: string, law: Law): string => kindOf(key, law)?.name ?? key;

/** The key itself if the package does not list it (any more). */
export const channelName = (key: string, law: Law): string =>
  law.channels.find((one) => one.key === key)?.name ?? key;

/** Key of the kind that forms begin with. */
export const usualKind = (law: Law): string =>
  (law.kinds.find(({ usual }) => usual) ?? law.kinds[0])?.key ?? '';

/** Key of the first channel of this way; if a package has none (of a mailbox, say), its first one. */
export const channelBy = (way: Way, law: Law): string =>
  (law.channels.find((one) => one.way === way) ?? law.channels[0])?.key ?? '';

/** Whether a request of this kind may accuse somebody. */
export const mayAccuse = (kind: string, law: Law): boolean =>
  (kindOf(kind, law)?.accuses ?? 'never') !== 'never';

/** Whether one of this kind always does. */
export const alwaysAccuses = (kind: string, law: Law): boolean => kindOf(kind, law)?.accuses === 'always';

/** The key itself if the package does not list it (any more). */
export const unitKindName = (key: string, law: Law): string =>
  law.unitKinds.find((one) => one.key === key)?.name ?? key;

/** Key of the kind that runs the hotline. */
export const hotlineKind = (law: Law): string => law.unitKinds.find((one) => one.is === 'hotline')?.key ?? '';

/** Keys of the kinds whose units are districts. */
export const districtKinds = (law: Law): string[] =>
  law.unitKinds.flatMap(({ key, is }) => (is === 'district' ? [key] : []));

/** Ways of handling that a request of this kind may take. */
export const waysOutFor = (kind: string, law: Law): Law['intake']['waysOut'] =>
  law.intake.waysOut.filter(({ kinds: only }) => only?.includes(kind) ?? true);

/** What the package calls each way of handling. */
export const waysOutByKey = (law: Law): Readonly<Record<string, string>> =>
  Object.fromEntries(law.intake.waysOut.map(({ key, name }) => [key, name]));

/** What the form of intake asks where this way is chosen. */
export const asksOf = (way: string, law: Law): WayAsks | undefined =>
  law.intake.waysOut.find(({ key }) => key === way)?.asks;

/** Key of the way that asks for it. */
export const wayAsking = (asks: WayAsks, law: Law): string | undefined =>
  law.intake.waysOut.find((one) => one.asks === asks)?.key;
