import { and, eq, isNull } from 'drizzle-orm';
import type { TenantDatabase } from '../../database/index.js';
import { catalogueProblems } from '../catalogue.problems.js';
import { serviceCategories } from './service-categories.schema.js';

export const isLiveCategory = (id: string) =>
  and(eq(serviceCategories.id, id), isNull(serviceCategories.deletedAt));

/** Keeps it from being deleted until the transaction ends. Throws `SERVICE_CATEGORY_NOT_FOUND`. */
export async function holdCategory(db: TenantDatabase, id: string): Promise<void> {
  const rows = await db
    .select({ id: serviceCategories.id })
    .from(serviceCategories)
    .where(isLiveCategory(id))
    .for('share');
  if (rows.length === 0) throw catalogueProblems.serviceCategoryNotFound();
}
