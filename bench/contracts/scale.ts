/** How much a tenant has. What can-i-deploy looks at is the same at every size; only the interactions grow. */
export interface Scale {
  services: number;
  interactions: number;
  /** Versions of `web` and of `orders`, each verified with each; 0: neither has more than others. */
  matrix: number;
}

/** Versions of a service; consumers were recorded with the newest of them. */
export const VERSIONS = 10;
export const RECORDED_VERSIONS = 5;

/** What runs in production: the newest version but one. */
export const DEPLOYED = `1.${VERSIONS - 2}.0`;
export const NEWEST = `1.${VERSIONS - 1}.0`;

/** Providers whom `gateway` asks, and consumers who ask `accounts`: as shares of all services. */
export const ASKED_BY_GATEWAY = 0.5;
export const ASKING_ACCOUNTS = 0.75;

export const SERVICES = 200;
export const MATRIX = 200;

/** Tenants beside the measured one, each with a twentieth of its interactions. */
export const NEIGHBOURS = 4;
export const NEIGHBOUR_SHARE = 0.05;
