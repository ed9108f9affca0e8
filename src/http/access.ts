import { SetMetadata } from '@nestjs/common';

/** Who may call a route: anybody, whoever signed in, any principal of a tenant, or one that holds a scope. */
export type RouteAccess =
  { kind: 'public' } | { kind: 'signed_in' } | { kind: 'authenticated' } | { kind: 'scope'; scope: string };

export const ROUTE_ACCESS = 'rowhouse:route-access';

/** No credential needed, none looked at. */
export const Public = () => SetMetadata<string, RouteAccess>(ROUTE_ACCESS, { kind: 'public' });

/** Any verified credential, also of a person who is in no tenant yet; the handler sees a principal only where one was chosen. */
export const SignedIn = () => SetMetadata<string, RouteAccess>(ROUTE_ACCESS, { kind: 'signed_in' });

/** Any principal of an active tenant. */
export const Authenticated = () => SetMetadata<string, RouteAccess>(ROUTE_ACCESS, { kind: 'authenticated' });

/** Principals that hold `area:action`. A route without one of these decorators stops the start of the application. */
export const RequireScope = (scope: string) =>
  SetMetadata<string, RouteAccess>(ROUTE_ACCESS, { kind: 'scope', scope });

/** The feature that the caller's tenant must have; `@RequireFeature()` of the tenancy room sets it. */
export const REQUIRED_FEATURE = 'rowhouse:required-feature';
