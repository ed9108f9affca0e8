import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { loadConfig } from './load-config.js';

const load = (env: Record<string, string>) =>
  loadConfig({
    DATABASE_URL: 'postgres://rowhouse_app:pw1@localhost/rowhouse',
    CONTROL_DATABASE_URL: 'postgres://rowhouse_control:pw2@localhost/rowhouse',
    ...env,
  });
const OTLP = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };

describe('the configuration of metrics and traces', () => {
  it('leaves both off until something is said', () => {
    expect(load({})).toMatchObject({ metrics: { port: undefined, token: undefined }, tracing: undefined });
  });

  it('reads the standard variables of OpenTelemetry', () => {
    const { tracing } = load({
      ...OTLP,
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=se%20cret, x-team = ignored ,x-b=2'.replace(' = ', '='),
      OTEL_SERVICE_NAME: 'rowhouse-eu',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
    });
    expect(tracing).toEqual({
      endpoint: 'http://127.0.0.1:4318',
      headers: { 'api-key': 'se cret', 'x-team': 'ignored', 'x-b': '2' },
      serviceName: 'rowhouse-eu',
      sampleRatio: 0.25,
    });
  });

  it.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://user:pw@collector:4318'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'api-key'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'api-key=%E0%A4%A'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a=1,,b=2'],
    ['OTEL_SERVICE_NAME', 'row house'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
    ['OTEL_TRACES_SAMPLER_ARG', '-0.1'],
    ['OTEL_TRACES_SAMPLER_ARG', '1e-3'],
    ['METRICS_TOKEN', 'too-short'],
    ['METRICS_TOKEN', 'with spaces in between'],
    ['METRICS_PORT', '70000'],
  ])('refuses %s=%s', (name, value) => {
    expect(() => load({ ...OTLP, [name]: value })).toThrow(name);
  });

  it('refuses one port for the API and its metrics', () => {
    expect(() => load({ PORT: '3000', METRICS_PORT: '3000' })).toThrow('METRICS_PORT');
    expect(load({ PORT: '0', METRICS_PORT: '0' }).metrics.port).toBe(0);
  });

  it('sends credentials for the collector in the clear nowhere but in development', () => {
    const env = { ...OTLP, OTEL_EXPORTER_OTLP_HEADERS: 'api-key=x' };
    expect(() => load({ ...env, NODE_ENV: 'production' })).toThrow('must be https in production');
    const endpoint = 'https://otlp.example.com';
    expect(
      load({ ...env, NODE_ENV: 'production', OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }).tracing,
    ).toBeTruthy();
    expect(load({ ...OTLP, NODE_ENV: 'production' }).tracing).toBeTruthy();
  });
});
