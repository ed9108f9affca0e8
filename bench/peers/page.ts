interface Row {
  id: string;
}

export interface NewNote {
  title: string;
  body?: string;
}

export const PAGE_SIZE = 20;

/** The list's answer, alike in all variants: one row more than asked for tells that there is a next page. */
export function pageOf<T extends Row>(rows: T[]) {
  const data = rows.slice(0, PAGE_SIZE);
  return { data, page: { next: rows.length > PAGE_SIZE ? data.at(-1)!.id : null } };
}

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Who is asking is taken from a header: the peers have no authentication. */
export function tenantOf(headers: Record<string, unknown>): string {
  const tenant = headers['x-tenant-id'];
  if (typeof tenant !== 'string' || !UUID.test(tenant)) throw new Error('x-tenant-id must be a UUID');
  return tenant;
}

export const bodySchema = {
  type: 'object',
  additionalProperties: false,
  required: ['title'],
  properties: {
    title: { type: 'string', minLength: 1, maxLength: 200 },
    body: { type: 'string', maxLength: 10_000 },
  },
};
