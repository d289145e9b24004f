/** A file that draws the law's limits as numbers: the designer offers to leave them to the law. */
import { expect } from 'chai';
import { packageText } from '../../src/kernel/package-content.js';
import { drawnLimit } from '../support/drawn-limit.js';
import { answered, send, useServer } from '../http/serving.js';
import { draftsBy, save } from './designing.js';
import { useBrowser } from './visit.js';

const handling = packageText('processes/handling.bpmn');

describe('控制台：流程设计，导入把条例的期限画成数字的图（第二十四条）', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const drafted = draftsBy(useBrowser(served));

  const imported = async (length: string, accepts: boolean): Promise<{ asked: string; limit: string }> => {
    const { page, complaints, id } = await drafted('办理', `从文件来，${length}`);
    let asked = '';
    page.once('dialog', (dialog) => {
      asked = dialog.message();
      void (accepts ? dialog.accept() : dialog.dismiss());
    });
    const file = { name: '办理.bpmn', mimeType: 'application/xml' };
    await page
      .getByLabel('要导入的流程图文件')
      .setInputFiles({ ...file, buffer: Buffer.from(drawnLimit(handling, length)) });
    await page.getByText('已读入 办理.bpmn').waitFor();
    await page.getByText('有改动没有保存').waitFor();
    await save(page);
    const draft = answered('readDraft', await send(served().url, `/api/drafts/${id}`)) as { source: string };
    expect(complaints).to.deep.equal([]);
    return {
      asked,
      limit: /Definition_ReplyLimit_Timer[\s\S]*?<\/bpmn:timeDuration>/.exec(draft.source)?.[0] ?? '',
    };
  };

  it('相同的改为依条例计；不改的，照原来的数字', async () => {
    const { asked, limit } = await imported('P5D', true);
    expect(asked).to.include('1 个期限把条例的数字画在图上');
    expect(limit).to.match(/>= limit\("reply"\)</);
    const kept = await imported('P5D', false);
    expect(kept.limit).to.match(/duty:clock="reply"[\s\S]*>P5D</);
  });

  it('比条例短的，写成更严的', async () => {
    expect((await imported('P4D', true)).limit).to.match(/>= stricter\(limit\("reply"\), "P4D"\)</);
  });

  it('比条例长的不问，由检查指出', async () => {
    const { asked } = await imported('P9D', true);
    expect(asked).to.equal('');
  });
});
