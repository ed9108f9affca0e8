import { describe, expect, it } from '@jest/globals';
import { urlOfLogin } from './login-url.js';

describe('urlOfLogin', () => {
  it.each([
    [
      'postgres://admin:secret@db.example:6432/app?sslmode=verify-full',
      'postgres://u:p@db.example:6432/app?sslmode=verify-full',
    ],
    ['postgresql://admin@db.example/app', 'postgresql://u:p@db.example/app'],
    ['postgres://admin:a%40b:c@[::1]:5432/app', 'postgres://u:p@[::1]:5432/app'],
    ['postgres://admin:p@ss@db.example/app', 'postgres://u:p@db.example/app'],
    ['postgres://admin@/app?host=/run/postgresql', 'postgres://u:p@/app?host=/run/postgresql'],
    ['postgres://db.example/app?application_name=a@b', 'postgres://u:p@db.example/app?application_name=a@b'],
  ])('keeps all but the login of %s', (adminUrl, expected) => {
    expect(urlOfLogin(adminUrl, 'u', 'p')).toBe(expected);
  });
});
