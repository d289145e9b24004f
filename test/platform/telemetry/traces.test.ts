/** Traces of the real program, received as OTLP over HTTP. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { expect } from 'chai';
import { startServing } from '../../support/serve-program.js';
import { useDatabase } from '../../support/database.js';

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
}

describe('OpenTelemetry', () => {
  const database = useDatabase();

  it('设了收集器：请求各是一段，接上来者的 traceparent，没有工单号；上传的查询码、文件名在日志和各段里都没有；停下时发完', async () => {
    const spans: Span[] = [];
    const services = new Set<string>();
    const collector = createServer((request, response) => {
      void json(request).then((body) => {
        const { resourceSpans } = body as {
          resourceSpans: { resource: object; scopeSpans: { spans: Span[] }[] }[];
        };
        for (const { resource, scopeSpans } of resourceSpans) {
          services.add(JSON.stringify(resource));
          for (const scope of scopeSpans) spans.push(...scope.spans);
        }
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    }).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const data = await mkdtemp(join(tmpdir(), 'hotline-traces-'));
    try {
      const { port } = collector.address() as AddressInfo;
      const served = await startServing({
        ...process.env,
        DATABASE_URL: database().url,
        HOTLINE_DATA: data,
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
        OTEL_SERVICE_NAME: '试验',
        ...{ HOTLINE_LOG: 'json', HOTLINE_LOG_LEVEL: 'debug' },
      });
      const trace = '0af7651916cd43dd8448eb211c80319c';
      const headers = { traceparent: `00-${trace}-b7ad6b7169203331-01` };
      await fetch(`${served.url}/api/work-orders/20260302-000001`, { headers });
      // A caller's upload: the code that opens their matter stands in a header.
      const upload = {
        ...{ 'x-work-order': '20260302-000001', 'x-caller-secret': '0482-1397-5561' },
        ...{ 'x-file-name': encodeURIComponent('王某某的照片.jpg'), traceparent: headers.traceparent },
      };
      for (const more of [{}, { 'content-type': 'application/octet-stream' }, { 'x-work-order': 'x' }]) {
        const sent = { method: 'POST', headers: { ...upload, ...more }, body: 'JFIF' };
        expect((await fetch(`${served.url}/api/progress/attachments`, sent)).status).to.be.within(400, 499);
      }
      await served.stop();
      const asked = spans.find(({ traceId }) => traceId === trace);
      expect(asked).to.include({ name: 'readWorkOrder', parentSpanId: 'b7ad6b7169203331' });
      expect(JSON.stringify(asked?.attributes)).to.include('401').and.not.include('20260302');
      const uploads = spans.filter(({ name, traceId }) => traceId === trace && name === 'addCallerFile');
      expect(uploads).to.have.length(3);
      expect(served.output()).to.include('"operation":"addCallerFile"');
      for (const written of [served.output(), JSON.stringify(spans)]) {
        expect(written).not.to.match(/0482-?1397-?5561|caller-secret|王某某|%E7%8E%8B/);
      }
      expect([...services].join()).to.include('试验');
      expect(spans.some(({ name }) => name === 'engine fire')).to.equal(true);
    } finally {
      collector.close();
      await rm(data, { recursive: true, force: true });
    }
  });
});
