import { describe, expect, it } from '@jest/globals';
import { KnownPaths } from './known-paths.js';

const paths = new KnownPaths();
paths.add('/', 'GET');
paths.add('/v1/notes', 'GET');
paths.add('/v1/notes', ['HEAD', 'POST']);
paths.add('/v1/notes/:id', 'GET');
paths.add('/v1/notes/search', 'POST');
paths.add('/v1/notes/:id/comments/:commentId', 'DELETE');
paths.add('/docs/*', 'GET');

describe('known paths', () => {
  it.each([
    ['/', 'GET, OPTIONS'],
    ['/v1/notes', 'GET, HEAD, OPTIONS, POST'],
    ['/v1/notes?limit=1#top', 'GET, HEAD, OPTIONS, POST'],
    ['/v1/n%6Ftes', 'GET, HEAD, OPTIONS, POST'],
    ['/v1/notes/17', 'GET, OPTIONS'],
    ['/v1/notes/%ff', 'GET, OPTIONS'],
    ['/v1/notes/search', 'GET, OPTIONS, POST'],
    ['/v1/notes/17/comments/a%2Fb', 'DELETE, OPTIONS'],
  ])('%s may be asked for %s', (url, methods) => {
    expect(paths.methodsOf(url)?.join(', ')).toBe(methods);
  });

  it.each(['', '*', '//', '/v1', '/v1/notes/', '/V1/notes', '/v1/notes/17/comments/', '/docs/x', '/%ff'])(
    'nothing is at %j',
    (url) => {
      expect(paths.methodsOf(url)).toBeUndefined();
    },
  );
});
