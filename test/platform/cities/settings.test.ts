/** What the page of the configuration says of a variable that is not set is what the program then does. */
import { expect } from 'chai';
import { filingSettings } from '../../../src/cases/index.js';
import { defaultHost, defaultPort, toleranceOf } from '../../../src/cli/serve/index.js';
import { open311Settings } from '../../../src/http/open311/settings.js';
import { settings } from '../../../src/platform/cities/settings.js';
import { databaseSettings } from '../../../src/platform/database/settings.js';
import { logSettings } from '../../../src/platform/telemetry/log/index.js';
import { attachmentLimits } from '../../../src/sheet/attachment/limits.js';

const mebibyte = 1024 * 1024;

describe('配置：不设时的值与程序用的一致', () => {
  const limits = attachmentLimits({});
  const filing = filingSettings({});
  const used: { readonly [name: string]: string } = {
    HOTLINE_SCHEMA: `\`${databaseSettings({}).schema}\``,
    HOTLINE_ATTACHMENT_MIB: `${limits.perFile / mebibyte}`,
    HOTLINE_ATTACHMENT_SHEET_MIB: `${limits.perSheet / mebibyte}`,
    HOTLINE_ATTACHMENT_MOST: `${limits.most}`,
    HOTLINE_ATTACHMENT_MOST_OF_CALLER: `${limits.mostOfCaller}`,
    HOTLINE_CLOCK_TOLERANCE: `${toleranceOf(undefined)}`,
    HOTLINE_PORT: `${defaultPort},${defaultHost}`,
    HOTLINE_CALLER_FILING: `\`${filing.filing ? 'on' : 'off'}\``,
    HOTLINE_CALLER_WORK: `${filing.work}，手机上约一秒`,
    HOTLINE_LOG: `终端上 \`${logSettings({}, true).form}\`，否则 \`${logSettings({}, false).form}\``,
    HOTLINE_LOG_LEVEL: `\`text\` 的 \`${logSettings({}, true).level}\`，否则 \`${logSettings({}, false).level}\``,
    HOTLINE_METRICS_HOST: defaultHost,
    HOTLINE_OPEN311_CONTACT: `“${open311Settings({}).contact}”`,
  };

  for (const [name, value] of Object.entries(used))
    it(`${name}:${value}`, () => expect(settings[name]?.unset).to.equal(value) as unknown as void);

  it('写着数字、地址的，都在上面', () => {
    const told = Object.entries(settings).filter(([, { unset = '' }]) => /\d|^`[a-z]+`$/.test(unset));
    expect(Object.keys(used)).to.include.members(
      told.map(([name]) => name).filter((name) => !name.endsWith('_KEY_FILE')),
    );
  });
});
