import { Injectable } from '@nestjs/common';
import { and, desc, eq, getTableColumns, isNull, lt, sql } from 'drizzle-orm';
import { TenantDatabase, matchesMetadata, newId, rowVersion } from '../../src/database/index.js';
import { type Precondition, pageOf, positionOf, withETag } from '../../src/http/index.js';
import { AuditLog, TenantContext } from '../../src/tenancy/index.js';
import type { CreateNoteDto, ListNotesQuery, UpdateNoteDto } from './notes.dto.js';
import { notesProblems } from './notes.problems.js';
import { notes } from './notes.schema.js';

const VERSIONED = { ...getTableColumns(notes), etag: rowVersion(notes) };

@Injectable()
export class NotesService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
  ) {}

  async list(query: ListNotesQuery) {
    const after = positionOf('notes', query);
    const rows = await this.db
      .select()
      .from(notes)
      .where(
        and(
          isNull(notes.deletedAt),
          after === undefined ? undefined : lt(notes.id, after),
          matchesMetadata(notes.metadata, query.metadata),
        ),
      )
      .orderBy(desc(notes.id))
      .limit(query.limit + 1);
    return pageOf('notes', query, rows);
  }

  async get(id: string) {
    const [row] = await this.db.select(VERSIONED).from(notes).where(live(id));
    if (!row) throw notesProblems.noteNotFound();
    return withETag(row);
  }

  async create(dto: CreateNoteDto) {
    const { tenantId } = this.context.current;
    const id = newId();
    // Neither needs the other's answer, so both leave in one write.
    const [[row]] = await Promise.all([
      this.db
        .insert(notes)
        .values({ ...dto, tenantId, id })
        .returning(VERSIONED),
      this.record('create', id, { title: dto.title }),
    ]);
    return withETag(row!);
  }

  async update(id: string, dto: UpdateNoteDto, ifMatch: Precondition) {
    await this.lock(id, ifMatch);
    const [[row]] = await Promise.all([
      this.db
        .update(notes)
        .set({ ...dto, updatedAt: sql`now()` }) // Drizzle refuses to set nothing
        .where(live(id))
        .returning(VERSIONED),
      this.record('update', id, dto),
    ]);
    return withETag(row!);
  }

  async remove(id: string, ifMatch: Precondition) {
    await this.lock(id, ifMatch);
    await Promise.all([
      this.db
        .update(notes)
        .set({ deletedAt: sql`now()` })
        .where(live(id)),
      this.record('delete', id),
    ]);
  }

  private async lock(id: string, ifMatch: Precondition): Promise<void> {
    const [row] = await this.db
      .select({ etag: rowVersion(notes) })
      .from(notes)
      .where(live(id))
      .for('update');
    if (!row) throw notesProblems.noteNotFound();
    ifMatch.refuseStale(row);
  }

  private record(verb: string, entityId: string, values?: UpdateNoteDto): Promise<void> {
    const newValues = values && { newValues: { ...values } };
    return this.audit.record({ action: `notes.${verb}`, entityType: 'note', entityId, ...newValues });
  }
}

const live = (id: string) => and(eq(notes.id, id), isNull(notes.deletedAt));
