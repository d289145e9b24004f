/** The place of the matter 事发地点, in words, as a point, or both; separate from the caller's private address. */
import { Refusal, seal, type Seal } from '../kernel/index.js';
import { lawOf, type Law } from '../kernel/law.js';
import { pointFault, toWgs84, type GivenPoint, type LonLat } from './coordinates.js';

export interface Place {
  /** Null if only a point is known, or if it is the caller's address, which is stored only once, encrypted. */
  readonly address: string | null;
  /** The point as it was given, in its own system. */
  readonly given: GivenPoint | null;
  /** The same in WGS-84 (CGCS2000), for distances. */
  readonly point: LonLat | null;
  /** True if the agent marked the matter as being at the caller's own address, so that the unit may see it. */
  readonly ofCaller: boolean;
  /** District whose boundary holds the point; empty if none does, null without boundaries or a point. */
  readonly within: string | null;
}

export interface GivenPlace {
  readonly address?: string | null | undefined;
  readonly point?: GivenPoint | null | undefined;
  readonly ofCaller?: boolean | undefined;
}

interface OfCaller {
  readonly callerAddress: string | null;
  readonly confidential: boolean;
}

/**
 * @param withinOf district of a point, as in `Place.within`
 * @throws {Refusal} `input.invalid` with what to write instead
 */
export async function checkedPlace(
  given: GivenPlace | null | undefined,
  caller: OfCaller,
  withinOf: (point: LonLat) => Promise<string | null>,
  law: Law,
): Promise<Place | null> {
  if (!given) return null;
  const { address = null, point = null, ofCaller = false } = given;
  if (ofCaller) assertMayBeShown(caller, address, law);
  else if (address !== null) assertNotTheCallers(caller, address, law);
  if (address === null && point === null && !ofCaller) return null;
  const fault = point && pointFault(point);
  if (fault) throw new Refusal('input.invalid', fault.what, { where: 'place.point', remedy: fault.remedy });
  const normal = point && toWgs84(point);
  return { address, given: point, point: normal, ofCaller, within: normal && (await withinOf(normal)) };
}

function assertMayBeShown({ callerAddress, confidential }: OfCaller, address: string | null, law: Law): void {
  const refuse = (what: string, remedy: string, provision?: string): never => {
    throw new Refusal('input.invalid', what, {
      where: 'place.ofCaller',
      remedy,
      ...(provision === undefined ? {} : { provision }),
    });
  };
  if (confidential) {
    refuse(
      '来电人要求保密，事发地点不能是来电人地址：承办单位会看到',
      '事发地点写到小区、路口为止，不写门牌、房号',
      lawOf('callers-wishes', law),
    );
  }
  if (callerAddress === null) refuse('没有登记来电人地址', '登记来电人地址，或者在事发地点里写明地点');
  if (address !== null)
    refuse('事发地点就是来电人地址的，不再另写', 'place.address 不写；地址只加密保存一份');
}

/** If the unit saw the caller's address unmasked as a place, it would no longer be protected. */
function assertNotTheCallers({ callerAddress, confidential }: OfCaller, address: string, law: Law): void {
  if (!names(address, callerAddress)) return;
  throw new Refusal('input.invalid', '事发地点里写的是来电人的地址，承办单位会看到', {
    where: 'place.address',
    remedy: confidential
      ? '来电人要求保密：写到小区、路口为止，不写门牌、房号'
      : '确在那里的，选“就在来电人地址”（place.ofCaller），不再另写；不愿让承办单位看到的，写到小区、路口为止',
    provision: lawOf('callers-data', law),
  });
}

/** Whether the place reveals where the caller lives; then it is erased with the caller's data. */
export const isTheCallers = (
  { ofCaller, address }: Place,
  callerAddresses: readonly (string | null)[],
): boolean => ofCaller || (address !== null && callerAddresses.some((own) => names(address, own)));

function names(address: string, callerAddress: string | null): boolean {
  if (callerAddress === null) return false;
  const own = plain(callerAddress);
  return own.length >= shortestAddress && plain(address).includes(own);
}

/** Shorter addresses identify no home. */
const shortestAddress = 4;
const plain = (address: string): string =>
  address
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s,。,.、·;;()()-]/g, '');

/** One line, for the trail's digest; without the caller's address. */
export function placeLine({ address, given, ofCaller }: Place): string {
  const words = ofCaller ? '来电人地址' : (address ?? '');
  const point = given ? `${given.longitude},${given.latitude} ${given.system}` : '';
  return [words, point].filter((part) => part !== '').join('；');
}

export const isSamePlace = (one: Place | null, other: Place | null): boolean =>
  one === null || other === null
    ? one === other
    : one.ofCaller === other.ofCaller && placeLine(one) === placeLine(other);

/** The salt is stored with the place, so that after erasure the digest cannot be guessed. */
export function sealPlace(place: Place): Seal & { readonly salt: string } {
  const { name, salt, digest } = seal(placeSeal, placeLine(place));
  return { name, salt, value: null, digest };
}

/** Name of the digest in the sheet's first entry, and in that of each correction. */
export const placeSeal = 'place';
