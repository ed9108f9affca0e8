import type { FolderContent, LintSettings } from '../folder/folder-content.js';
import type { Finding } from './rule.js';

/**
 * What a finding of the rule must say at least: `message` is a part of the text, all else is compared as it is.
 * No entry: the rule finds nothing.
 */
export type Expected = Partial<Pick<Finding, 'object' | 'message' | 'severity' | 'statement' | 'file'>> & {
  line?: number;
  column?: number;
};

interface AnyFixture {
  rule: string;
  /** What it shows, as a sentence without a full stop. */
  name: string;
  finds: Expected[];
}

/** A step, over a schema that earlier steps made. The first one that finds something is the page's bad example. */
export interface SqlFixture extends AnyFixture {
  sql: string;
  /** CREATE TABLE, TYPE and INDEX of what is there already; becomes the snapshot before. */
  before?: string;
  /** The same for the snapshot after the step; default: drizzle-kit wrote none. */
  after?: string;
  settings?: LintSettings;
}

/** A folder, changed from a sound one of three steps (`0000_customers`, `0001_orders`, `0002_notes`). */
export interface FolderFixture extends AnyFixture {
  change(folder: FolderContent): FolderContent;
  schemaDrift?: string[];
}

export type Fixture = SqlFixture | FolderFixture;
