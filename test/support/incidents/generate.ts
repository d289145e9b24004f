/**
 * Planted incidents: one matter with 5 to 200 callers, each in their own words, and strangers
 * around it: the same matter elsewhere, other matters at the same place, the same matter weeks
 * before. Seeded.
 *
 * What a caller leaves out or an agent gets wrong is drawn independently: a point 45 %, an address
 * in words 75 %, a place name in the text 60 %, no district 15 %, no class 30 %, a wrong class 10
 * %, a wrong kind 20 %. One caller in ten thus never says where it is.
 */
import { random } from '../messages.js';

interface Matter {
  readonly class: string;
  /** Codes that agents confuse it with. */
  readonly wrong: readonly string[];
  readonly kind: Kind;
  readonly titles: readonly string[];
  readonly cores: readonly string[];
}

export interface Wording {
  readonly openings: readonly string[];
  readonly wishes: readonly string[];
  /** Names of places, without what kind of place it is. */
  readonly stems: readonly string[];
  readonly matters: readonly Matter[];
}

const kinds = ['consultation', 'help', 'suggestion', 'complaint', 'report'] as const;
type Kind = (typeof kinds)[number];

interface LonLat {
  readonly longitude: number;
  readonly latitude: number;
}

export interface PlantedSheet {
  readonly no: string;
  /** Number of the incident; null for a stranger. */
  readonly incident: number | null;
  /** Its real matter: two strangers may share one, too. */
  readonly truth: string;
  readonly title: string;
  readonly content: string;
  readonly address: string | null;
  readonly point: LonLat | null;
  readonly district: string | null;
  readonly class: string | null;
  readonly kind: Kind;
  readonly receivedAt: Date;
}

interface Site {
  readonly estate: string;
  /** What belongs to the same incident in one that is larger than an estate. */
  readonly beside: readonly string[];
  readonly road: string;
  readonly district: string;
  readonly at: LonLat;
}

interface Told {
  readonly truth: string;
  readonly matter: Matter;
  readonly site: Site;
  readonly at: Date;
  /** Standard deviation of the points, metres. */
  readonly spread: number;
}

const sizes = [
  ...[5, 5, 6, 6, 7, 8, 8, 9, 10, 10, 12, 12, 14, 15, 16],
  ...[18, 20, 22, 25, 28, 30, 35, 40, 45, 50, 60, 80, 110, 150, 200],
];
const districts = ['历下区', '市中区', '槐荫区', '天桥区', '历城区', '长清区'];
const hour = 3_600_000;
const day = 24 * hour;
const first = Date.parse('2026-03-02T08:00:00+08:00');

export function plantIncidents(
  words: Wording,
  seed: number,
  /** Real messages, as further strangers. */
  messages: readonly { readonly title: string; readonly text: string }[] = [],
): readonly PlantedSheet[] {
  const next = random(seed);
  const chance = (share: number): boolean => next() < share;
  const below = (count: number): number => Math.floor(next() * count);
  const one = <T>(of: readonly T[]): T => {
    const found = of[below(of.length)];
    if (found === undefined) throw new Error('nothing to choose from');
    return found;
  };
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(Math.max(next(), 1e-9))) * Math.cos(2 * Math.PI * next());
  const moved = ({ longitude, latitude }: LonLat, metres: number): LonLat => ({
    longitude: longitude + (normal() * metres) / (111_195 * Math.cos((latitude * Math.PI) / 180)),
    latitude: latitude + (normal() * metres) / 111_195,
  });
  // Several hundred names: a city has thousands, and a few occur twice.
  const stem = (): string => `${one(words.stems).charAt(0)}${one(words.stems).charAt(1)}`;
  const suffixes = ['小区', '花园', '家园', '苑', '社区', '公寓'];

  const newSite = (at: LonLat, district: string, size: number): Site => ({
    estate: `${stem()}${one(suffixes)}`,
    beside: size < 60 ? [] : [`${stem()}${one(suffixes)}`, `${stem()}${one(suffixes)}`],
    road: `${stem()}${one(['路', '街', '大街', '东路'])}`,
    district,
    at,
  });
  const place = (): { at: LonLat; district: string } => {
    const longitude = 116.9 + next() * 0.25;
    const latitude = 36.58 + next() * 0.2;
    const column = Math.min(2, Math.floor((longitude - 116.9) / 0.0834));
    return {
      at: { longitude, latitude },
      district: districts[column * 2 + (latitude > 36.68 ? 1 : 0)] ?? '',
    };
  };

  const addressOf = (site: Site): string => {
    const estate = chance(0.5) ? site.estate : one([site.estate, ...site.beside]);
    const bare = estate.replace(/(小区|花园|家园|苑|社区|公寓)$/, '');
    const building = 1 + below(30);
    return one([
      `${estate}${building}号楼`,
      `${estate}${building}号楼${1 + below(4)}单元`,
      `${estate}${one(['南门', '东门', '北门', '门口'])}`,
      `${site.district}${site.road}${estate}`,
      `${site.road}${estate}附近`,
      `${bare}${building}号楼`,
      `${site.road}与${bare}交叉口`,
      site.road,
    ]);
  };

  const tell = (
    no: string,
    incident: number | null,
    { truth, matter, site, at, spread }: Told,
  ): PlantedSheet => {
    const where = chance(0.6)
      ? one([site.estate, site.estate, site.road, ...site.beside, site.estate.slice(0, 2)])
      : '';
    const inTitle = chance(0.4);
    const cores = [one(matter.cores), ...(chance(0.6) ? [one(matter.cores)] : [])];
    const placed =
      where === '' ? '' : one([`${where},`, `住在${where}，`, `我在${where}这边，`, `${where}这里`]);
    return {
      no,
      incident,
      truth,
      title: `${inTitle ? where : ''}${one(matter.titles)}`,
      content: `${one(words.openings)}${placed}${cores.join(',')}。${one(words.wishes)}`,
      address: chance(0.75) ? addressOf(site) : null,
      point: chance(0.45) ? moved(site.at, spread) : null,
      district: chance(0.15) ? null : chance(0.02) ? one(districts) : site.district,
      class: chance(0.3)
        ? null
        : chance(1 / 7)
          ? one([...matter.wrong, one(words.matters).class])
          : matter.class,
      kind: chance(0.2) ? one(kinds) : matter.kind,
      receivedAt: at,
    };
  };

  const unused = [...messages];
  const sheets: PlantedSheet[] = [];
  let number = 0;
  const add = (incident: number | null, told: Told): void => {
    number += 1;
    sheets.push(tell(`P${String(number).padStart(6, '0')}`, incident, told));
  };
  const soon = (): number => Math.min(36 * hour, -Math.log(Math.max(next(), 1e-9)) * 5 * hour);

  sizes.forEach((size, incident) => {
    const matter = words.matters[incident % words.matters.length];
    if (!matter) return;
    const { at, district } = place();
    const site = newSite(at, district, size);
    const start = first + incident * 9 * hour + below(4) * hour;
    const spread = size < 60 ? 60 : 160;
    const when = (): Date => new Date(start + soon());
    const own = `incident ${incident}`;
    for (let caller = 0; caller < size; caller += 1) {
      add(incident, { truth: own, matter, site, at: when(), spread });
    }
    const others = words.matters.filter((other) => other !== matter);
    for (let count = 0; count < 5 + Math.min(10, size / 10); count += 1) {
      // The same matter somewhere else in the city, the same hours.
      const elsewhere = place();
      const away = newSite(elsewhere.at, elsewhere.district, 0);
      add(null, { truth: `${own} away ${count}`, matter, site: away, at: when(), spread });
      // Another matter at the same place.
      const other = one(others);
      add(null, { truth: `${own} other ${other.class}`, matter: other, site, at: when(), spread });
    }
    // The same matter next door, half a kilometre to one and a half.
    for (let count = 0; count < 3; count += 1) {
      const next = {
        longitude: at.longitude + one([-1, 1]) * 0.007,
        latitude: at.latitude + (count - 1) * 0.009,
      };
      const door = newSite(next, district, 0);
      add(null, { truth: `${own} next door ${count}`, matter, site: door, at: when(), spread });
    }
    // The same matter at the same place, weeks before.
    for (let count = 0; count < 2; count += 1) {
      const before = new Date(start - (15 + below(20)) * day);
      add(null, { truth: `${own} before`, matter, site, at: before, spread });
    }
    for (let count = 0; count < 8; count += 1) {
      const [message] = unused.splice(below(unused.length), 1);
      if (!message) break;
      const { title, text } = message;
      number += 1;
      const truth = `message ${number}`;
      const no = `P${String(number).padStart(6, '0')}`;
      sheets.push({
        ...tell(no, null, { truth, matter: one(others), site, at: when(), spread: 150 }),
        title: title.slice(0, 100),
        content: text.slice(0, 2000),
      });
    }
  });
  for (let count = 0; count < 400; count += 1) {
    const { at, district } = place();
    const when = new Date(first + next() * 12 * day);
    const site = newSite(at, district, 0);
    add(null, { truth: `elsewhere ${count}`, matter: one(words.matters), site, at: when, spread: 60 });
  }
  return sheets.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
}
