/** Refuses what belongs to a part that the city does not have. */
import { hasPart, inCityWords, lawTitle, partTitles, type Law, type Part } from './law.js';
import { Refusal } from './refusal.js';

/** @throws {Refusal} `part.absent` */
export function assertPart(part: Part, law: Law): void {
  if (hasPart(part, law)) return;
  throw new Refusal('part.absent', inCityWords(`${lawTitle(law)}没有规定${partTitles[part]}`, law), {
    remedy: '本市没有这一项，不必办理',
  });
}
