/** Answers of GeoReport v2; names and types are the specification's. */
import { instantText } from '../contract/primitives.js';
import type { ListedRequest } from '../../channel/index.js';
import { pathName, type ClassTree, type PlacedClass } from '../../sheet/classification/index.js';
import { hotlineTitle, type Law } from '../../kernel/law.js';

/** @param changed when the services last changed */
export const discovery = (url: string, contact: string, changed: Date, law: Law) => ({
  changeset: instantText(changed),
  contact,
  key_service: `api_key 由${hotlineTitle(law)}发给：${contact}`,
  endpoints: [
    {
      specification: 'http://wiki.open311.org/GeoReport_v2',
      url,
      changeset: instantText(changed),
      type: 'production',
      formats: ['application/json'],
    },
  ],
});

export const serviceView = (one: PlacedClass) => ({
  service_code: one.code,
  service_name: one.name,
  description: pathName(one),
  metadata: false,
  type: 'realtime',
  keywords: one.path.map(({ name }) => name).join(','),
  group: one.path[0]?.name ?? one.name,
});

/** @param tree the one in force; a request may have a class that the tree no longer contains */
export function requestView(one: ListedRequest, tree: ClassTree) {
  const { no, code, requestedAt, updatedAt, limitAt, endedAt, unit, own } = one;
  return {
    service_request_id: no,
    status: endedAt ? 'closed' : 'open',
    status_notes: endedAt ? '已办结' : unit === null ? '已受理，尚未转承办单位' : '正在办理',
    service_name: (code === null ? undefined : tree.find(code)?.name) ?? null,
    service_code: code ?? '',
    description: own ? (one.content ?? '').slice(0, 4000) : null,
    agency_responsible: unit,
    service_notice: null,
    requested_datetime: instantText(requestedAt),
    updated_datetime: instantText(updatedAt),
    expected_datetime: limitAt && instantText(limitAt),
    address: one.place,
    address_id: null,
    zipcode: null,
    lat: one.latitude,
    long: one.longitude,
    media_url: null,
  };
}
