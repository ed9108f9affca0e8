/** One object of a database, in words: comparable with its namesake elsewhere. */
export interface CatalogObject {
  /** `table`, `column`, `policy`, `grant`, ... */
  kind: string;
  /** What it belongs to, as `table notes`; absent for what stands alone. */
  parent?: string;
  /** Unique within kind and parent. Without the schema where that is `public`. */
  name: string;
  /** All that may differ, by name, as text; what does not apply is absent. */
  facts: Record<string, string>;
}

/** The objects of a database that migrations make, ordered by parent, kind and name. */
export type Catalog = CatalogObject[];

/** Tells an object from every other of its catalogue. */
export const keyOf = ({ kind, parent = '', name }: CatalogObject): string => `${parent}\0${kind}\0${name}`;
