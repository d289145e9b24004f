/** Describes a selection in words, and as data for the entry that records it. */
import type { Selection } from '../../accountability/index.js';
import { civilDateOf, toShanghaiIso } from '../../kernel/civil-date.js';
import type { JsonObject } from '../../kernel/index.js';

export function selectionTitle({
  stream,
  unit,
  person,
  from,
  until,
  kind,
  article,
  element,
}: Selection): string {
  const parts = [
    stream === undefined ? '' : `工单 ${stream}`,
    unit === undefined ? '' : `承办单位 ${unit}`,
    person === undefined ? '' : `人员 ${person}`,
    from === undefined && until === undefined
      ? ''
      : `时期 ${from ? civilDateOf(from) : '最早'} 至 ${until ? civilDateOf(new Date(until.getTime() - 1)) : '现在'}`,
    kind === undefined ? '' : `链 ${kind}`,
    article === undefined ? '' : `条文 ${article}`,
    element === undefined ? '' : `环节 ${element}`,
  ].filter(Boolean);
  return parts.length === 0 ? '全部' : parts.join('，');
}

export function selectionBody({
  stream,
  from,
  until,
  streams: _streams,
  without: _without,
  ...given
}: Selection): JsonObject {
  return {
    ...(stream === undefined ? {} : { case: stream }),
    ...given,
    ...(from === undefined ? {} : { from: toShanghaiIso(from) }),
    ...(until === undefined ? {} : { until: toShanghaiIso(until) }),
  };
}
