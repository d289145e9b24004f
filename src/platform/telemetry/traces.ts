/**
 * OpenTelemetry traces, if `OTEL_EXPORTER_OTLP_ENDPOINT` is set: requests, with the engine's transactions inside. Spans
 * contain what metrics contain, never the user or the sheet.
 */
import { Refusal } from '../../kernel/index.js';

/**
 * @returns a function that sends the remaining spans and ends tracing @throws {Refusal}
 * `usage.invalid` if the packages are not installed
 */
export async function startTraces(): Promise<() => Promise<void>> {
  const [{ NodeTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]).catch((cause: unknown) => {
      throw new Refusal('usage.invalid', '设了 OTEL_EXPORTER_OTLP_ENDPOINT，但没有安装 OpenTelemetry 的包', {
        remedy: '照运维手册（docs/operations.md）安装那三个包；或者不设它',
        cause,
      });
    });
  const name = process.env['OTEL_SERVICE_NAME']?.trim() || 'hotline-12345';
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': name }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  // An unavailable collector must not delay the shutdown.
  return () => provider.shutdown().catch(() => undefined);
}
