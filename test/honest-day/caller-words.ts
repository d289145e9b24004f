/** Words as keyboards and telephones write them, on every channel of a caller. */
import { randomUUID } from 'node:crypto';
import { add, demand, rate, see } from './caller-acts.js';
import { accepted, hours, onTheSpot, replied, toUnit, walked } from './caller-cases.js';
import { filed, sendFile } from './caller-filing.js';
import type { Day } from './day.js';

export const oddWords: readonly string[] = [
  '楼下\r\n烧烤摊\t油烟很大😤👨‍👩‍👧',
  'e\u0301cole fermée depuis 3 jours, «\u00a0aucune\u00a0» réponse',
  '\ufeff小区\uf9e7面\ufa18李\u{20bb7}家门口的路\u200b灯坏了',
  '<b>井盖</b> {"a":1} \\u0000 %s \' " -- ; DROP TABLE',
  '\u202e倒着写\u202c\u2028第二行\u0085第三行\u007f',
  `很长${'的一句话'.repeat(600)}`,
];

export async function callersWords(day: Day): Promise<void> {
  for (const [index, content] of oddWords.entries()) {
    await filed(day, { content, callerName: content.slice(0, 20).trim() });
    if (index % 2 === 1) continue;
    const one = await accepted(day, { content, title: content.slice(0, 30).trim(), callerName: '来电人☎' });
    await walked(day, one.no, ...toUnit(), ...replied());
    await add(day, one, `补充：${content}`);
    await demand(day, one, content.slice(0, 1000).trim());
    await see(day, one);
    await sendFile(day, one, `${content.slice(0, 12).replaceAll(/\s/gu, '')}.txt`, Buffer.from(randomUUID()));
    day.later(hours(1));
  }
  const rated = await accepted(day);
  await walked(day, rated.no, ...onTheSpot('今晚修好👌\r\n'));
  await rate(day, rated, 'fair', oddWords[0]);
  await places(day);
  await day.work();
}

/** Coordinates of other maps, with as many digits as a telephone gives. */
async function places(day: Day): Promise<void> {
  const at = { longitude: 117.020641234567, latitude: 36.6701298765432 };
  for (const system of ['WGS-84', 'CGCS2000', 'GCJ-02']) {
    await filed(day, { place: { point: { ...at, system } } });
    const { no } = await accepted(day, { place: { address: '某路\u00a0三号', point: { ...at, system } } });
    await walked(day, no, { conduct: 'orderly' });
  }
  await accepted(day, {
    callerAddress: '某路九八号',
    place: { ofCaller: true, point: { ...at, system: 'GCJ-02' } },
  });
  await filed(day, {
    place: { point: { longitude: 117, latitude: 36.5, system: 'WGS-84' } },
    title: '整数的坐标',
  });
}
