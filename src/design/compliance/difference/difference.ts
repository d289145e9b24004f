/** All differences between two diagrams, in the order of the later one. */
import {
  annotate,
  limitReference,
  parseDiagram,
  processIds,
  type Annotations,
  type BpmnElement,
  type ParsedDiagram,
} from '../../../engine/model/index.js';
import type { Json } from '../../../kernel/json.js';
import type { Law } from '../../../kernel/law.js';
import { provisionLabel } from '../../../law/regulation/model/labels/index.js';
import type { Change } from './change.js';
import { flattened, isDrawing, type Flat, type PropertyValue } from './flatten.js';
import type { LawWords } from './law-words.js';
import { elementName } from './names.js';
import { sentenceOf, type Side } from './sentence.js';

/**
 * @param words for the sentences
 * @throws {Refusal} `definition.not-bpmn`
 */
export async function difference(
  before: string | Uint8Array,
  after: string | Uint8Array,
  words: LawWords,
  law: Law,
): Promise<readonly Change[]> {
  const [earlier, later] = [sideOf(await parseDiagram(before)), sideOf(await parseDiagram(after))];
  const owners = [...new Set([...later.flat.keys(), ...earlier.flat.keys()])];
  const changes = owners.flatMap((owner) => changesOf(owner, earlier, later, words, law));
  return [
    ...changes.filter(({ kind }) => kind === 'semantic'),
    ...changes.filter(({ kind }) => kind === 'layout'),
  ];
}

interface Read extends Side {
  readonly flat: Flat;
}

function sideOf(diagram: ParsedDiagram): Read {
  const all = processIds(diagram).map((id) => annotate(diagram, id));
  const element: Annotations['element'] = (id) =>
    all.map((one) => one.element(id)).find((one) => one !== undefined);
  return { flat: flattened(diagram.root), element };
}

function changesOf(id: string, earlier: Read, later: Read, words: LawWords, law: Law): readonly Change[] {
  const [was, is] = [earlier.flat.get(id), later.flat.get(id)];
  const owner = [...(is ?? was ?? new Map<string, PropertyValue>()).values()][0]?.owner;
  if (owner === undefined) return [];
  const change = (property: string, before: Json, after: Json): Change => ({
    element: owner.id ?? owner.$type,
    elementName: elementName(owner),
    property,
    article: articleOf(owner, later) ?? articleOf(owner, earlier),
    before,
    after,
    sentence: sentenceOf({ owner, property, before, after, earlier, later, words, law }),
    kind: isDrawing(owner) ? 'layout' : 'semantic',
  });
  if (was === undefined || is === undefined) {
    const contents = contentsOf(is ?? was ?? new Map<string, PropertyValue>());
    return [was === undefined ? change('element', null, contents) : change('element', contents, null)];
  }
  const parts = partsOnOneSide(was, is);
  const [wasInside, isInside] = [insidesOf(was, parts), insidesOf(is, parts)];
  return [
    ...[...parts].map((part) =>
      change(part, partOf(was, part, wasInside.get(part)), partOf(is, part, isInside.get(part))),
    ),
    ...[...new Set([...was.keys(), ...is.keys()])]
      .filter((property) => outermost(property, parts) === undefined)
      .flatMap((property) => {
        const [before, after] = [was.get(property), is.get(property)].map((one) => one?.value ?? null);
        const same =
          JSON.stringify(before) === JSON.stringify(after) && was.has(property) === is.has(property);
        return same || isKeptOrder(property, before, after) || isReferred(property, was, is)
          ? []
          : [change(property, before ?? null, after ?? null)];
      }),
  ];
}

/** A reference to the law's limit names the clock, and brings the unit of days with it. */
function isReferred(property: string, was: Properties, is: Properties): boolean {
  const [before, after] = [was, is].map((side) => {
    const length = side.get('timeDuration')?.value;
    return typeof length === 'string' ? limitReference(length) : undefined;
  });
  if (property === 'duty:unit') return before !== undefined || after !== undefined;
  if (property !== 'duty:clock') return false;
  const clock = (side: Properties) => side.get('duty:clock')?.value;
  return (before?.clock ?? clock(was)) === (after?.clock ?? clock(is));
}

/**
 * Added and removed extensions are reported by themselves; order is reported only if extensions on
 * both sides changed places.
 */
function isKeptOrder(property: string, before: Json | undefined, after: Json | undefined): boolean {
  if (property !== 'order') return false;
  const [was, is] = [before ?? null, after ?? null];
  if (!Array.isArray(was) || !Array.isArray(is)) return true;
  const both = (these: readonly Json[], those: readonly Json[]): string =>
    JSON.stringify(these.filter((one) => those.includes(one)));
  return both(was, is) === both(is, was);
}

/** Norm links, deeds and fields that were added or removed are reported as a whole. */
function partsOnOneSide(was: Properties, is: Properties): ReadonlySet<string> {
  const parts = new Set(
    [...was.keys(), ...is.keys()].flatMap((property) => {
      const part = /^(.+)\.\$type$/.exec(property)?.[1];
      return part !== undefined && was.has(property) !== is.has(property) ? [part] : [];
    }),
  );
  return new Set([...parts].filter((part) => outermost(part, parts) === part));
}

/** The outermost part that contains the property. It uses look-ups, because there may be thousands of both. */
function outermost(property: string, parts: ReadonlySet<string>): string | undefined {
  for (let dot = property.indexOf('.'); dot !== -1; dot = property.indexOf('.', dot + 1)) {
    const before = property.slice(0, dot);
    if (parts.has(before)) return before;
  }
  return parts.has(property) ? property : undefined;
}

type Inside = readonly (readonly [property: string, value: PropertyValue])[];

/** Properties inside each part. */
function insidesOf(properties: Properties, parts: ReadonlySet<string>): ReadonlyMap<string, Inside> {
  const insides = new Map<string, (readonly [string, PropertyValue])[]>();
  for (const [property, one] of properties) {
    const part = outermost(property, parts);
    if (part === undefined || property.endsWith('.$type')) continue;
    const inside = insides.get(part) ?? [];
    insides.set(part, inside);
    inside.push([property, one]);
  }
  return insides;
}

/** Only the text if there are no other properties. */
function partOf(properties: Properties, part: string, inside: Inside = []): Json {
  if (!properties.has(`${part}.$type`)) return null;
  const [only] = inside;
  if (inside.length === 1 && only?.[0] === part) return only[1].value;
  return Object.fromEntries(
    inside.map(([property, { value }]) => [property.slice(part.length + 1) || 'text', value]),
  );
}

type Properties = ReadonlyMap<string, PropertyValue>;

const contentsOf = (properties: ReadonlyMap<string, PropertyValue>): Json =>
  Object.fromEntries([...properties].map(([property, { value }]) => [property, value]));

function articleOf(owner: BpmnElement, side: Side): string | null {
  const provision = side.element(owner.id ?? '')?.norms[0]?.provision;
  return provision === undefined ? null : provisionLabel(provision);
}
