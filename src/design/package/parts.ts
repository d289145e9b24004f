/** The files of a city's package, each with the program's own reader. */
import { readSheetLists, readUnitKinds } from '../../kernel/package-lists.js';
import { publicationTemplate, sampleMethod } from '../../measures/assessment/index.js';
import { readSampleRequest } from '../../cases/index.js';
import { readForeignWords, sampleChannels, sampleTree } from '../../sheet/classification/index.js';
import { readAccessRules, readSamplePeople, readStandIns } from '../../identity/index.js';
import { readOccasions } from '../../channel/message/index.js';
import { readRules } from '../../channel/notification/index.js';
import { shippedPolicies } from '../../law/policy/index.js';
import { radarRules } from '../../measures/radar/index.js';
import { assertSourcesAgree, shippedCatalogues, shippedLaw } from '../../law/regulation/index.js';
import { readScenarios } from '../rehearsal/index.js';
import { districtGrid } from '../../sheet/districts/index.js';

import type { PackagePart } from '../../kernel/law.js';
import { packageManifest } from '../../kernel/package-content.js';
import { partsIn } from '../../kernel/package-parts.js';
export interface Part {
  /** Path relative to the package's folder. */
  readonly file: string;
  readonly title: string;
  /** Only a city that has this part needs the file. */
  readonly of?: PackagePart;
  /** Throws if something is wrong with the file. @param day whose law applies */
  readonly read: (day: string) => unknown;
}

export const parts: readonly Part[] = [
  { file: 'regulation/catalogue', title: '条例目录', read: () => shippedCatalogues() },
  { file: 'regulation/sheet.json', title: '诉求类别和渠道', read: () => readSheetLists() },
  { file: 'regulation/units.json', title: '单位的种类', read: () => readUnitKinds() },
  { file: 'regulation/policies.json', title: '政策', read: () => shippedPolicies() },
  {
    file: 'regulation/sources.json',
    title: '各级来源',
    read: () => assertSourcesAgree(shippedCatalogues()),
  },
  { file: 'regulation/bodies.json', title: '各级机构', read: () => readStandIns() },
  { file: 'regulation/roles.json', title: '角色和权限（含 access.json）', read: () => readAccessRules() },
  { file: 'regulation/notifications.json', title: '通知', read: () => readRules() },
  { file: 'regulation/messages.json', title: '告知来电人的文本', read: () => readOccasions() },
  {
    file: 'regulation/publication.json',
    title: '公开、通报的文本',
    of: 'assessment',
    read: () => publicationTemplate(),
  },
  {
    file: 'regulation/assessment-method.json',
    title: '考核办法的样本',
    of: 'assessment',
    read: (day) => sampleMethod(shippedLaw(day)),
  },
  { file: 'regulation/classification-sample.csv', title: '诉求分类的样本', read: () => sampleTree() },
  { file: 'regulation/other-channels.json', title: '紧急电话和其他法定渠道', read: () => sampleChannels() },
  { file: 'regulation/foreign-words.json', title: '外语词汇', read: () => readForeignWords() },
  { file: 'regulation/districts.json', title: '区县', read: () => districtGrid() },
  { file: 'regulation/radar.json', title: '线索', read: () => radarRules() },
  {
    file: 'regulation/samples.json',
    title: '试用的单位、帐号和工单',
    read: () => [readSamplePeople(), readSampleRequest()],
  },
  { file: 'processes/scenarios', title: '情景', read: () => readScenarios() },
];

/** The files of a city with these parts. */
export const partsOfCity = (): readonly Part[] => {
  const has = partsIn(packageManifest());
  return parts.filter(({ of }) => of === undefined || has.includes(of));
};
