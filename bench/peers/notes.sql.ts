const COLUMNS = `tenant_id AS "tenantId", id, created_at AS "createdAt", updated_at AS "updatedAt",
  deleted_at AS "deletedAt", title, body, rank, is_done AS "isDone"`;

/** What one writes where the database guards nothing: every statement names the tenant, `$1`. */
export const bare = {
  list: `SELECT ${COLUMNS} FROM notes WHERE tenant_id = $1 AND deleted_at IS NULL ORDER BY id DESC LIMIT $2`,
  get: `SELECT ${COLUMNS} FROM notes WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL`,
  insert: `INSERT INTO notes (tenant_id, id, title, body) VALUES ($1, $2, $3, $4) RETURNING ${COLUMNS}`,
};

/** The same with row security, which adds the tenant to what is read. */
export const secured = {
  list: `SELECT ${COLUMNS} FROM notes WHERE deleted_at IS NULL ORDER BY id DESC LIMIT $1`,
  get: `SELECT ${COLUMNS} FROM notes WHERE id = $1 AND deleted_at IS NULL`,
  insert: bare.insert,
};
