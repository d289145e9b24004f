/** Describes a step of a scenario in a sentence: when, who, which task, and which values. */
import { deedTitle } from '../../../../design/compliance/index.js';
import { roles } from '../../../../http/contract/role-name.js';
import { bearerTitle } from '../../../../law/regulation/model/words.js';
import { law as lawOfPage } from '../../../law/page-law.js';
import { instant, length } from '../../../time/show.js';
import type { EditedStep, Place } from './edit-steps.js';
import { expectedInWords, inWords, type Words } from './expectation-words.js';

interface Around extends Words {
  /** Instants of the preceding step and of this one. */
  readonly before: string;
  readonly at: string;
}

export function sentenceOf({ act, place }: EditedStep, { law, messages, before, at }: Around): string {
  if ('expect' in act) return expectedInWords(act.expect, { law, messages });
  const when = instant(at);
  if ('clock' in act) {
    const passed = Date.parse(at) - Date.parse(before);
    return passed > 0 ? `等 ${length(passed)}，到 ${when}` : `到 ${when}`;
  }
  if ('policies' in act) {
    const set = Object.entries(act.policies).map(([key, value]) => `${key} 改为 ${value}`);
    return `${when}，政策 ${set.join('，')}`;
  }
  if ('send' in act) {
    const label = messages.find(({ name }) => name === act.send)?.label ?? '消息';
    return `${when}，从外面送来“${label}”${filledIn(act.with ?? {}, place)}`;
  }
  const by = 'by' in act && act.by !== undefined ? performer(act.by) : (place?.roleName ?? '');
  const isRefused = act.refused === undefined ? '' : '，应当被拒绝';
  const deed = law.deeds.find(({ name }) => 'do' in act && name === act.do);
  const named = place?.name ?? ('task' in act ? act.task.name : undefined);
  const what = named === undefined ? `做“${'do' in act ? deedTitle(law, act.do) : ''}”` : `办“${named}”`;
  return `${when}，${by}${what}${filledIn(act.with ?? {}, place, deed?.facts)}${isRefused}`;
}

const performer = (by: string): string => {
  const [duty = '', name] = by.split('/');
  return `${roles(lawOfPage())[duty] ?? bearerTitle(duty, lawOfPage())}${name ?? ''}`;
};

function filledIn(
  facts: { readonly [name: string]: unknown },
  place: Place | undefined,
  titles: { readonly [name: string]: string } = {},
): string {
  const said = Object.entries(facts).map(([name, value]) => {
    const field = place?.form.find(({ key }) => key === (place.fields[name] ?? name));
    const option = field?.options.find((one) => one.value === value)?.label;
    const title = titles[name];
    // The catalogue's title of a fact may be a list of its values: `refer 移送,keep 不移送`.
    const listed = title?.split(/[,\uff0c]/).find((one) => one.startsWith(`${String(value)} `));
    if (!field && listed !== undefined) return `“${listed.slice(String(value).length + 1)}”`;
    return `${field?.label ?? title ?? name}填“${option ?? inWords(value)}”`;
  });
  return said.length === 0 ? '' : `，${said.join('，')}`;
}
