/** 事发地点 in the intake form, and in the request. */
import type { Input, Output } from '../../api/shapes.js';

type GivenPlace = NonNullable<Input<'acceptRequest'>['body']['place']>;
type GivenPoint = NonNullable<GivenPlace['point']>;
export type System = GivenPoint['system'];

export interface PlaceDraft {
  placeAddress: string;
  /** True if the matter is at the caller's own address. */
  placeOfCaller: boolean;
  /** Longitude and latitude as typed or pasted. */
  placePoint: string;
  placeSystem: System | '';
}

export const noPlace: PlaceDraft = {
  placeAddress: '',
  placeOfCaller: false,
  placePoint: '',
  placeSystem: '',
};

export const systems: readonly { readonly value: System; readonly word: string }[] = [
  { value: 'WGS-84', word: 'WGS-84（卫星定位、本页地图）' },
  { value: 'CGCS2000', word: 'CGCS2000（测绘成果）' },
  { value: 'GCJ-02', word: 'GCJ-02（国内公开的地图）' },
];

const number = String.raw`-?\d{1,3}(?:\.\d{1,15})?`;
/** Also the pattern of the field. */
export const pointPattern = String.raw`\s*${number}\s*(?:,|，|、|;|；|\s)\s*${number}\s*`;
const pointForm = new RegExp(`^${pointPattern}$`, 'u');

export function pointIn({ placePoint, placeSystem }: PlaceDraft): GivenPoint | undefined {
  if (placeSystem === '' || !pointForm.test(placePoint)) return undefined;
  const [longitude, latitude] = placePoint.match(new RegExp(number, 'gu'))?.map(Number) ?? [];
  return longitude === undefined || latitude === undefined
    ? undefined
    : { longitude, latitude, system: placeSystem };
}

/** A sheet's place for the form; it does not contain the caller's address. */
export const placeDraftOf = (place: Output<'readWorkOrder'>['sheet']['place']): PlaceDraft => ({
  placeAddress: place === null || place.ofCaller ? '' : (place.address ?? ''),
  placeOfCaller: place?.ofCaller ?? false,
  placePoint: place?.given ? `${place.given.longitude}, ${place.given.latitude}` : '',
  placeSystem: place?.given?.system ?? '',
});

export function placeIn(draft: PlaceDraft): GivenPlace | null {
  const address = draft.placeOfCaller ? '' : draft.placeAddress.trim();
  const point = pointIn(draft);
  if (address === '' && !point && !draft.placeOfCaller) return null;
  return { ofCaller: draft.placeOfCaller, address: address === '' ? null : address, point: point ?? null };
}
