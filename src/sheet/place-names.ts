/** Recognises names of places in texts: 泉景小区 and 泉景花园 3 号楼 are the same place, 经十路 is another. */

/** Kinds of places with the suffixes of their names. */
const kindsOfPlace: readonly (readonly [group: string, suffixes: readonly string[]])[] = [
  ['居', ['小区', '花园', '家园', '社区', '公寓', '新村', '苑', '园']],
  ['路', ['大街', '大道', '东路', '西路', '南路', '北路', '中路', '路', '街', '巷']],
  ['村', ['村', '庄']],
  ['校', ['幼儿园', '小学', '中学', '大学', '学校', '学院']],
  ['馆', ['广场', '大厦', '商场', '商城', '市场', '医院', '公园', '车站', '体育馆', '图书馆']],
  ['桥', ['立交桥', '大桥', '桥']],
];

/** Words before a kind of place that are no name. */
const noNames = new Set(
  `我们 咱们 你们 他们 本小 这个 那个 整个 我家 老旧 附近 旁边 周边 门口 对面 路口 马路 十字 主干 人行 两个 几个 很多 多个 各个 每个
   哪个 该小 住宅 高档 新建 回迁 农贸 菜市 大型 老人 儿童 农村 城中 居民 业主 物业 学生 市民 群众 什么 那里 这里 住在 我在 就在 家在`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Chinese has no spaces, so the beginning of a name is unknown: its last two characters are compared. */
const stemLength = 2;

/** Names with their groups, so that a road is not taken for an estate: `泉景居`, `经十路`. */
export const namesInAddress = (address: string): readonly string[] =>
  kindsOfPlace.flatMap(([group, suffixes]) =>
    suffixes.flatMap((suffix) => stemsBefore(address, suffix).map((stem) => `${stem}${group}`)),
  );

/** Matches places where people live or shop, at the beginning of a clause or after 住在, 位于 and the like. */
const nameInText =
  /(?:^|[\s,,。;;、::]|在|于|住)(\p{Script=Han}{2,5}?)(小区|花园|家园|社区|公寓|新村|大街|大道|东路|西路|南路|北路|中路)/gu;

/** In a text most words with such a suffix are no names: 把小区出口堵住. */
export const namesInText = (text: string): readonly string[] =>
  [...text.matchAll(nameInText)].flatMap(([, before = '', suffix = '']) =>
    /[把被了的到从对跟和与给让是有个整说去]/u.test(before)
      ? []
      : namesInAddress(`${before.slice(-stemLength)}${suffix}`),
  );

function stemsBefore(text: string, suffix: string): readonly string[] {
  const found: string[] = [];
  for (let at = text.indexOf(suffix); at >= 0; at = text.indexOf(suffix, at + 1)) {
    const stem = text.slice(Math.max(0, at - stemLength), at);
    if (/^\p{Script=Han}{2}$/u.test(stem) && !noNames.has(stem) && !isKindOfPlace(stem)) found.push(stem);
  }
  return found;
}

/** In 小区南路 the two characters are themselves a kind of place. */
const isKindOfPlace = (stem: string): boolean => kindsOfPlace.some(([, suffixes]) => suffixes.includes(stem));

/** The characters that distinguish the name. */
export const stemOf = (name: string): string => name.slice(0, stemLength);

/** Whether a text contains the name without a kind of place: 泉景 3 号楼. 泉景路 is another place. */
export function mentions(text: string, name: string): boolean {
  const [stem, group] = [stemOf(name), name.slice(stemLength)];
  for (let at = text.indexOf(stem); at >= 0; at = text.indexOf(stem, at + 1)) {
    const rest = text.slice(at + stemLength);
    const isOther = kindsOfPlace.some(
      ([other, suffixes]) => other !== group && suffixes.some((suffix) => rest.startsWith(suffix)),
    );
    if (!isOther) return true;
  }
  return false;
}
