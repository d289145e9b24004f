/**
 * Kinds of requests, channels, kinds of units, and the choices at intake, as the package lists
 * them. Also runs in browsers.
 */
import type { Law, RequestKind, Way, WayAsks } from './law.js';

const kindOf = (key: string, law: Law): RequestKind | undefined => law.kinds.find((one) => one.key === key);

/** The kind's name; the key itself if the package no longer lists it. */
export const kindName = (key: string, law: Law): string => kindOf(key, law)?.name ?? key;

/** The channel's name; the key itself if the package no longer lists it. */
export const channelName = (key: string, law: Law): string =>
  law.channels.find((one) => one.key === key)?.name ?? key;

/** Key of the kind that forms begin with. */
export const usualKind = (law: Law): string =>
  (law.kinds.find(({ usual }) => usual) ?? law.kinds[0])?.key ?? '';

/** Key of the first channel of this way; if the package has none (no mailbox, for example), of its first channel. */
export const channelBy = (way: Way, law: Law): string =>
  (law.channels.find((one) => one.way === way) ?? law.channels[0])?.key ?? '';

/** Whether a request of this kind may accuse somebody. */
export const mayAccuse = (kind: string, law: Law): boolean =>
  (kindOf(kind, law)?.accuses ?? 'never') !== 'never';

/** Whether a request of this kind always accuses somebody. */
export const alwaysAccuses = (kind: string, law: Law): boolean => kindOf(kind, law)?.accuses === 'always';

/** The unit kind's name; the key itself if the package no longer lists it. */
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

/** The package's names of the ways of handling, by key. */
export const waysOutByKey = (law: Law): Readonly<Record<string, string>> =>
  Object.fromEntries(law.intake.waysOut.map(({ key, name }) => [key, name]));

/** What the intake form asks if this way is chosen. */
export const asksOf = (way: string, law: Law): WayAsks | undefined =>
  law.intake.waysOut.find(({ key }) => key === way)?.asks;

/** Key of the way whose form asks for this. */
export const wayAsking = (asks: WayAsks, law: Law): string | undefined =>
  law.intake.waysOut.find((one) => one.asks === asks)?.key;
