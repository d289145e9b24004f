/** What a rule of the lint looks at, and how it reports. */
import type { Annotations } from '../../../engine/index.js';
import type { AccessRules } from '../../../identity/index.js';
import type { Law } from '../../../kernel/law.js';
import { provisionLabel, type Catalogue, type Norm } from '../../../law/regulation/index.js';
import type { PackageFinding } from '../finding.js';

interface Linted {
  readonly catalogue: Catalogue;
  readonly law: Law;
  readonly access: AccessRules;
  /** Of the diagrams, by key. */
  readonly diagrams: ReadonlyMap<string, Annotations>;
}

export type LintRule = (linted: Linted) => readonly Pick<PackageFinding, 'where' | 'what' | 'fix'>[];

/** `regulation/catalogue/VERSION/PLACE`. */
export const placeIn = ({ version }: Catalogue, place: string): string =>
  `regulation/catalogue/${version.version}/${place}`;

/** The id, the provisions, and in brackets what it says. */
export const normInWords = ({ id, provisions, says }: Norm): string =>
  `${id} ${provisions.map(provisionLabel).join('、')}（${says}）`;
