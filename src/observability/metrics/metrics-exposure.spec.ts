import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mayReadMetrics, metricsExposure } from './metrics-exposure.js';

const TOKEN = 'at-least-16-characters';
const metrics = { host: '127.0.0.1', port: undefined, token: undefined };

describe('where /metrics is served', () => {
  it('is the main port in development and tests', () => {
    for (const environment of ['development', 'test'] as const)
      expect(metricsExposure({ environment, metrics })).toEqual({ on: 'main port', token: undefined });
  });

  it('is nowhere in production unless a port or a token was given', () => {
    const environment = 'production';
    expect(metricsExposure({ environment, metrics })).toEqual({ on: 'nowhere' });
    expect(metricsExposure({ environment, metrics: { ...metrics, token: TOKEN } })).toEqual({
      on: 'main port',
      token: TOKEN,
    });
    expect(metricsExposure({ environment, metrics: { ...metrics, port: 9464 } })).toMatchObject({
      on: 'own port',
      port: 9464,
    });
  });

  it('is the own port alone where there is one; a token counts there too', () => {
    const both = { ...metrics, port: 9464, token: TOKEN };
    expect(metricsExposure({ environment: 'development', metrics: both })).toEqual({
      on: 'own port',
      host: '127.0.0.1',
      port: 9464,
      token: TOKEN,
    });
  });
});

describe('who may read metrics', () => {
  it('is everybody where there is no token', () => {
    expect(mayReadMetrics(undefined, undefined)).toBe(true);
  });

  it('is who sends exactly the token', () => {
    expect(mayReadMetrics(TOKEN, `Bearer ${TOKEN}`)).toBe(true);
    expect(mayReadMetrics(TOKEN, `bearer ${TOKEN}`)).toBe(true);
    for (const header of [undefined, '', TOKEN, `Basic ${TOKEN}`, `Bearer ${TOKEN}x`, `Bearer ${TOKEN} x`])
      expect(mayReadMetrics(TOKEN, header)).toBe(false);
    fc.assert(
      fc.property(fc.string(), (other) => {
        fc.pre(other.trim() !== TOKEN);
        expect(mayReadMetrics(TOKEN, `Bearer ${other}`)).toBe(false);
      }),
    );
  });
});
