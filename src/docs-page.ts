import type { INestApplication } from '@nestjs/common';
import { type SwaggerCustomOptions, SwaggerModule } from '@nestjs/swagger';
import type { Config } from './config/index.js';
import { buildOpenApi } from './openapi.js';

/** Swagger UI below `/docs`, the document itself at `/openapi.json`. */
export const serveDocs = (app: INestApplication, environment: Config['environment']): void =>
  SwaggerModule.setup('docs', app, () => buildOpenApi(app), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Rowhouse API',
    swaggerOptions: pageOptions(environment),
  } satisfies SwaggerCustomOptions);

/** A page that fits on a screen, with a box that finds routes. */
export const pageOptions = (environment: Config['environment']) => ({
  docExpansion: 'none',
  filter: true,
  plugins: [FIND_ROUTES],
  // Kept in the browser's storage, readable by whatever else the origin serves: good for the keys of demo data, not for
  // those of a real service, which are typed again.
  persistAuthorization: environment !== 'production',
});

/** What Swagger UI holds in Immutable's maps and lists, as far as it is used here. */
interface Section {
  get(name: 'operations'): { filter(keep: (route: Route) => boolean): { size: number } };
  set(name: 'operations', routes: unknown): Section;
}
interface Sections {
  map(change: (section: Section, tag: string) => Section): Sections;
  filter(keep: (section: Section) => boolean): Sections;
}
interface Route {
  get(name: 'path' | 'method'): string;
  getIn(names: ['operation', 'summary']): string | undefined;
}
interface LayoutState {
  get(name: 'filter'): unknown;
}

/**
 * Swagger UI by itself compares with the names of the sections only. These functions run in the browser: they reach
 * the page as their text, and may use nothing from around them.
 */
const FIND_ROUTES = {
  fn: {
    /** The routes with all words in their section, method, path or summary, whatever the case. */
    opsFilter: (sections: Sections, phrase: string): Sections => {
      const words = phrase.toLowerCase().split(/\s+/);
      return sections
        .map((section, tag) =>
          section.set(
            'operations',
            section.get('operations').filter((route) => {
              const summary = route.getIn(['operation', 'summary']) ?? '';
              const text = `${tag} ${route.get('method')} ${route.get('path')} ${summary}`.toLowerCase();
              return words.every((word) => text.includes(word));
            }),
          ),
        )
        .filter((section) => section.get('operations').filter(() => true).size > 0);
    },
  },
  statePlugins: {
    layout: {
      wrapSelectors: {
        /** While the box holds something, what it found is in sight; empty, Swagger UI calls it `true`. */
        isShown:
          (original: (thing: string | string[], byDefault: boolean) => boolean) =>
          (state: LayoutState, thing: string | string[], byDefault: boolean) => {
            const filter = state.get('filter');
            const isSearching = typeof filter === 'string' && !['', 'true', 'false'].includes(filter);
            return (isSearching && thing[0] === 'operations-tag') || original(thing, byDefault);
          },
      },
    },
  },
};
