import { Injectable } from '@nestjs/common';
import { desc, eq, lt } from 'drizzle-orm';
import { TenantDatabase, newId } from '../../src/database/index.js';
import { type PageQuery, defineProblem, pageOf, positionOf } from '../../src/http/index.js';
import { AuditLog, TenantContext } from '../../src/tenancy/index.js';
import type { CreateNoteDto } from './notes.dto.js';
import { notes } from './notes.schema.js';

const noteNotFound = defineProblem(
  404,
  'NOTE_NOT_FOUND',
  'Note not found',
  () => 'This tenant has no such note.',
);

@Injectable()
export class NotesService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
  ) {}

  async list(query: PageQuery) {
    const after = positionOf('notes', query);
    const rows = await this.db
      .select()
      .from(notes)
      .where(after === undefined ? undefined : lt(notes.id, after))
      .orderBy(desc(notes.id))
      .limit(query.limit + 1);
    return pageOf('notes', query, rows);
  }

  async get(id: string) {
    const [row] = await this.db.select().from(notes).where(eq(notes.id, id));
    if (!row) throw noteNotFound();
    return row;
  }

  async create(dto: CreateNoteDto) {
    const { tenantId } = this.context.current;
    const id = newId();
    const [[row]] = await Promise.all([
      this.db
        .insert(notes)
        .values({ ...dto, tenantId, id })
        .returning(),
      this.audit.record({
        action: 'notes.create',
        entityType: 'note',
        entityId: id,
        newValues: { title: dto.title },
      }),
    ]);
    return row;
  }
}
