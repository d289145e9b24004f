/**
 * OpenTelemetry traces, where `OTEL_EXPORTER_OTLP_ENDPOINT` says to whom: requests and the engine's transactions within
 * them. Spans say what metrics say, never who asked or about which sheet.
 */
import { Refusal } from '../kernel/index.js';

/** @returns what sends the rest and ends @throws {Refusal} `usage.invalid` where the packages were left out */
export async function startTraces(): Promise<() => Promise<void>> {
  const [{ NodeTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]).catch((cause: unknown) => {
      throw new Refusal('usage.invalid', '设了 OTEL_EXPORTER_OTLP_ENDPOINT,但没有安装 OpenTelemetry 的包', {
        remedy: '照运维手册(docs/operations.md)安装那三个包;或者不设它',
        cause,
      });
    });
  const name = process.env['OTEL_SERVICE_NAME']?.trim() || 'hotline-12345';
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': name }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  // A collector that is away keeps nobody from stopping.
  return () => provider.shutdown().catch(() => undefined);
}
