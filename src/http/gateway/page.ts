import { escaped } from '../middleware/problem-page.js';
import type { GatewayCity } from './cities.js';
import type { Province } from './province.js';

/** The installation's first page: its cities, and which of them are available. */
export function gatewayPage(
  cities: readonly GatewayCity[],
  addressOf: (city: GatewayCity) => string,
  province: Province | undefined,
): string {
  const rows = cities.map((city) =>
    city.target() === undefined
      ? `<li>${escaped(city.name)}：现在不答复，会自己再启动</li>`
      : `<li><a href="${escaped(addressOf(city))}">${escaped(city.name)}</a></li>`,
  );
  return `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>12345 市民服务热线</title>
<link rel="stylesheet" href="/problem.css"><link rel="stylesheet" href="/gateway.css"></head>
<body><main><h1>12345 市民服务热线</h1>
<p>请选择城市：</p>
<ul>
${rows.join('\n')}
</ul>${
    province
      ? `
<p><a href="${province.path}">${escaped(province.name)}各市公布的合计</a></p>`
      : ''
  }</main></body>
</html>
`;
}
