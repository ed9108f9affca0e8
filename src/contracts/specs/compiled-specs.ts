import { LRUCache } from 'lru-cache';
import { CompiledDocument } from './operations.js';
import type { OpenApiDocument } from './document/openapi-document.js';

/** Of the documents' texts; in memory they take some five times as much. */
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * The documents that were checked against lately, ready for the next check. By tenant and content: equal documents of two
 * tenants are two, so that nobody can tell from the time of an answer what others have.
 */
export class CompiledSpecs {
  private readonly documents = new LRUCache<string, CompiledDocument>({ maxSize: MAX_BYTES });

  get(tenantId: string, contentSha: string): CompiledDocument | undefined {
    return this.documents.get(`${tenantId} ${contentSha}`);
  }

  /** `bytes`: the length of its text. A document that is larger than all room is not kept. */
  add(tenantId: string, contentSha: string, document: OpenApiDocument, bytes: number): CompiledDocument {
    const compiled = new CompiledDocument(document);
    this.documents.set(`${tenantId} ${contentSha}`, compiled, { size: Math.max(1, bytes) });
    return compiled;
  }
}
