/**
 * No change of a diagram goes unnoticed: every attribute and every text of the five processes is
 * changed, some dozens at a time in an order that fast-check shuffles, and each change must be
 * reported.
 */
import { expect } from 'chai';
import fc from 'fast-check';
import { difference as differenceUnder, noWords, type Change } from '../../../src/design/compliance/index.js';
import { shippedLaw } from '../../../src/law/regulation/index.js';
import { shippedDiagrams } from '../../support/check-context.js';
import { worstDiagrams } from '../../support/worst-diagrams.js';

const law = shippedLaw('2026-03-02');
const difference = (from: string, to: string): Promise<readonly Change[]> =>
  differenceUnder(from, to, noWords, law);

interface Place {
  readonly from: number;
  readonly to: number;
  /** Attribute's name; empty for a text. */
  readonly name: string;
  readonly tag: string;
  readonly value: string;
}

/** Every attribute and every text, except namespace declarations, which are no content. */
function placesIn(xml: string): readonly Place[] {
  const places: Place[] = [];
  for (const tag of xml.matchAll(/<([\w:]+)((?:\s+[\w:]+="[^"]*")*)\s*\/?>([^<]*)/g)) {
    const [whole, name = '', attributes = '', text = ''] = tag;
    const start = tag.index + 1 + name.length;
    for (const attribute of attributes.matchAll(/\s([\w:]+)="([^"]*)"/g)) {
      const [found, key = '', value = ''] = attribute;
      if (/^xmlns(:|$)/.test(key)) continue;
      const to = start + attribute.index + found.length - 1;
      places.push({ from: to - value.length, to, name: key, tag: name, value });
    }
    if (text.trim() !== '') {
      const to = tag.index + whole.length;
      places.push({ from: to - text.length, to, name: '', tag: name, value: text });
    }
  }
  return places;
}

const references = /^(sourceRef|targetRef|attachedToRef|default|bpmnElement|\w+Ref|activityRef)$/;

/** A changed value for the place that can still be parsed. */
function changedTo({ name, tag, value }: Place, others: readonly string[]): string | undefined {
  if (name === 'id') return undefined;
  if (name === 'xsi:type') return undefined;
  if (references.test(name) || /^bpmn:(incoming|outgoing)$/.test(tag))
    return others.find((other) => other !== value);
  if (value === 'true' || value === 'false') return value === 'true' ? 'false' : 'true';
  return /^-?\d+(\.\d+)?$/.test(value) ? String(Number(value) + 1) : `${value}改`;
}

const batch = 150;

const names = (changes: readonly Change[], { name, value }: Place, after: string): boolean =>
  changes.some(({ before: was, after: is }) => {
    const [earlier, later] = [JSON.stringify(was), JSON.stringify(is)];
    const said = (text: string): boolean => later.includes(JSON.stringify(text).slice(1, -1));
    return (
      earlier !== later &&
      (said(
        after
          .trim()
          .replaceAll('&gt;', '>')
          .replaceAll('&lt;', '<')
          .replaceAll('&quot;', '"')
          .replaceAll('&amp;', '&'),
      ) ||
        (name !== '' && earlier.includes(value)))
    );
  });

describe('差别一处不漏', () => {
  for (const { file, xml } of shippedDiagrams) {
    it(`${file}：每个属性、每处文字改了都说得出来`, async () => {
      const ids = (tag: RegExp): readonly string[] => [...xml.matchAll(tag)].map(([, id = '']) => id);
      const known = new Map([
        ['flow', ids(/<bpmn:sequenceFlow id="(\w+)"/g)],
        ['node', ids(/<bpmn:(?:userTask|serviceTask|exclusiveGateway) id="(\w+)"/g)],
        ['messageRef', ids(/<bpmn:message id="(\w+)"/g)],
        ['errorRef', ids(/<bpmn:error id="(\w+)"/g)],
      ]);
      const targetsOf = ({ name, tag }: Place): readonly string[] =>
        known.get(name) ??
        known.get(/coming|outgoing/.test(tag) || name === 'default' ? 'flow' : 'node') ??
        [];
      const all = placesIn(xml);
      expect(all.length).to.be.greaterThan(500);
      const mutable = all.flatMap((place) => {
        const after = changedTo(place, targetsOf(place));
        return after === undefined ? [] : [{ place, after }];
      });
      const [shuffled = []] = fc.sample(
        fc.shuffledSubarray(mutable, { minLength: mutable.length, maxLength: mutable.length }),
        1,
      );
      for (let first = 0; first < shuffled.length; first += batch) {
        const chosen = shuffled.slice(first, first + batch).sort((a, b) => b.place.from - a.place.from);
        const mutated = chosen.reduce(
          (text, { place, after }) => text.slice(0, place.from) + after + text.slice(place.to),
          xml,
        );
        const changes = await difference(xml, mutated);
        for (const { place, after } of chosen) {
          const what = `${place.tag} ${place.name || '文字'} “${place.value}” → “${after}”`;
          expect(names(changes, place, after), what).to.equal(true);
        }
      }
    });

    it(`${file}：改了名的标识，说成删去一个、新增一个`, async () => {
      const ids = [...xml.matchAll(/<bpmn:\w+ id="(\w+)"/g)].map(([, id = '']) => id);
      const renamed = ids.reduce(
        (text, id) => text.replaceAll(`"${id}"`, `"${id}_x"`).replaceAll(`>${id}<`, `>${id}_x<`),
        xml,
      );
      const said = JSON.stringify(await difference(xml, renamed));
      for (const id of ids) {
        expect(said, id).to.contain(`"${id}"`);
        expect(said, id).to.contain(`"${id}_x"`);
      }
    });
  }
});

/** A start and an end. */
const smallest = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="D" targetNamespace="urn:test"><bpmn:process id="draft" isExecutable="true"><bpmn:startEvent id="s"/><bpmn:endEvent id="e"/><bpmn:sequenceFlow id="s_e" sourceRef="s" targetRef="e"/></bpmn:process></bpmn:definitions>`;

describe('最大的图也比得完', () => {
  for (const [what, xml] of worstDiagrams) {
    it(`${what}：与只有开头、结尾的比，正反一样多`, async () => {
      const changes = await difference(xml, smallest);
      expect(changes.length).to.be.greaterThan(0);
      expect((await difference(smallest, xml)).length).to.equal(changes.length);
    });
  }
});
